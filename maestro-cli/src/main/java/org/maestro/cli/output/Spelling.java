package org.maestro.cli.output;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant by a name that isn't there. */
public final class Spelling {
  private static final int MOST_EDITS = 2;
  private static final int LONGEST = 256;

  private Spelling() {}

  /**
   * The known word that begins with what was written, or is at most two edits away, of which less
   * than half is different; null if there is none.
   */
  public static @Nullable String nearest(String word, Collection<String> known) {
    if (word.isEmpty() || word.length() > LONGEST) {
      return null;
    }
    var lower = word.toLowerCase(Locale.ROOT);
    var edited =
        known.stream()
            .filter(candidate -> Math.abs(candidate.length() - word.length()) <= MOST_EDITS)
            .filter(candidate ->
                edits(lower, candidate) * 2 <= Math.max(word.length(), candidate.length()))
            .filter(candidate -> edits(lower, candidate) <= MOST_EDITS)
            .min(
                Comparator.<String>comparingInt(candidate -> edits(lower, candidate))
                    .thenComparing(c -> c));
    return edited.orElseGet(() ->
        word.length() < 3
            ? null
            : known.stream()
                .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(lower))
                .min(Comparator.comparingInt(String::length))
                .orElse(null));
  }

  /** The edit distance, letter case aside; neighbours in the wrong order count as one edit. */
  private static int edits(String lower, String candidate) {
    var other = candidate.toLowerCase(Locale.ROOT);
    var distance = new int[lower.length() + 1][other.length() + 1];
    for (var i = 0; i <= lower.length(); i++) {
      distance[i][0] = i;
    }
    for (var j = 0; j <= other.length(); j++) {
      distance[0][j] = j;
    }
    for (var i = 1; i <= lower.length(); i++) {
      for (var j = 1; j <= other.length(); j++) {
        var same = lower.charAt(i - 1) == other.charAt(j - 1);
        var best =
            Math.min(
                distance[i - 1][j - 1] + (same ? 0 : 1),
                1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        if (i > 1
            && j > 1
            && lower.charAt(i - 1) == other.charAt(j - 2)
            && lower.charAt(i - 2) == other.charAt(j - 1)) {
          best = Math.min(best, distance[i - 2][j - 2] + 1);
        }
        distance[i][j] = best;
      }
    }
    return distance[lower.length()][other.length()];
  }
}

package org.maestro.sel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody may have meant by a word that isn't known. */
public final class Spelling {
  private static final int MOST_EDITS = 2;
  private static final int LONGEST = 256;
  private static final int SHORTEST_BEGINNING = 3;

  private Spelling() {}

  /** "did you mean x?", or null if nothing known is near the word. */
  static @Nullable String suggest(String word, Collection<String> known) {
    var nearest = nearest(word, known);
    return nearest == null ? null : "did you mean " + nearest + "?";
  }

  /**
   * The known word at most two slips away (edits, or neighbours that have changed places), of which
   * less than half is different; of equally near ones the first in the alphabet, so that a message
   * never varies. Null if there is none.
   */
  public static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= MOST_EDITS)
        .map(candidate -> new Candidate(candidate, slips(word, candidate)))
        .filter(candidate -> candidate.edits <= MOST_EDITS)
        .filter(
            candidate -> candidate.edits * 2 <= Math.max(word.length(), candidate.word.length()))
        .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::word))
        .map(Candidate::word)
        .orElse(null);
  }

  private record Candidate(String word, int edits) {}

  /** As {@link #nearest}, or else the shortest that begins with the word; null if there is none. */
  public static @Nullable String nearestOrBeginning(String word, Collection<String> known) {
    var nearest = nearest(word, known);
    if (nearest != null || word.length() < SHORTEST_BEGINNING || word.length() > LONGEST) {
      return nearest;
    }
    var lower = word.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(lower))
        .min(Comparator.comparingInt(String::length))
        .orElse(null);
  }

  /** As {@link #edits}, where two neighbours that have changed places count as one. */
  private static int slips(String one, String other) {
    var edits = edits(one, other);
    if (edits == 2 && one.length() == other.length()) {
      var first = 0;
      while (isSame(one, first, other, first)) {
        first++;
      }
      if (first + 1 < one.length()
          && isSame(one, first, other, first + 1)
          && isSame(one, first + 1, other, first)) {
        return 1;
      }
    }
    return edits;
  }

  private static boolean isSame(String one, int i, String other, int j) {
    return Character.toLowerCase(one.charAt(i)) == Character.toLowerCase(other.charAt(j));
  }

  /** Insertions, deletions and replacements between two words, letter case aside. */
  public static int edits(String one, String other) {
    var previous = new int[other.length() + 1];
    for (var j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= one.length(); i++) {
      var current = new int[other.length() + 1];
      current[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var same =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        current[j] =
            Math.min(previous[j - 1] + (same ? 0 : 1), 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}

package org.maestro.sel;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds what an author may have meant by a misspelt word. */
final class Spelling {
  private static final int LONGEST = 64;

  private Spelling() {}

  /** "did you mean x?", or null if nothing known is near the word. */
  static @Nullable String suggest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= Math.max(1, word.length() / 3))
        .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
            .thenComparing(Comparator.naturalOrder()))
        .map(nearest -> "did you mean " + nearest + "?")
        .orElse(null);
  }

  /** Insertions, deletions and replacements between two words, letter case aside. */
  private static int distance(String one, String other) {
    var previous = new int[other.length() + 1];
    for (var j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= one.length(); i++) {
      var current = new int[other.length() + 1];
      current[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var same = Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        current[j] =
            Math.min(previous[j - 1] + (same ? 0 : 1), 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}

package org.maestro.sel;

import java.util.Collection;
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
    var furthest = Math.max(1, word.length() / 3);
    String nearest = null;
    for (var candidate : known) {
      if (Math.abs(candidate.length() - word.length()) <= furthest) {
        var distance = distance(word, candidate);
        // Of equally near words the alphabet decides, so that a message never varies.
        if (distance < furthest
            || (distance == furthest && (nearest == null || candidate.compareTo(nearest) < 0))) {
          furthest = distance;
          nearest = candidate;
        }
      }
    }
    return nearest == null ? null : "did you mean " + nearest + "?";
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

package org.maestro.engine.definition;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What texts are found by: every three characters in a row, without regard to case. A text holds
 * another one only if it has all parts of it.
 */
final class TextParts {
  private static final int LENGTH = 3;

  private TextParts() {}

  /** In the order in which they come; none of a text that is shorter than a part. */
  static SequencedSet<String> of(@Nullable String... texts) {
    var parts = new LinkedHashSet<String>();
    for (var text : texts) {
      if (text != null) {
        var characters = text.toLowerCase(Locale.ROOT).codePoints().toArray();
        for (int i = 0; i + LENGTH <= characters.length; i++) {
          parts.add(new String(characters, i, LENGTH));
        }
      }
    }
    return parts;
  }
}

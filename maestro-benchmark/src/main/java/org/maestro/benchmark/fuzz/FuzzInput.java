package org.maestro.benchmark.fuzz;

import java.nio.charset.StandardCharsets;

/**
 * What one case feeds to a target.
 *
 * @param isBytes whether the characters, all below 256, stand for bytes as a file may hold them
 */
record FuzzInput(FuzzTarget target, String text, boolean isBytes) {

  static FuzzInput ofBytes(FuzzTarget target, byte[] bytes) {
    return new FuzzInput(target, new String(bytes, StandardCharsets.ISO_8859_1), true);
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  FuzzInput withText(String other) {
    return new FuzzInput(target, other, isBytes);
  }

  /** As a Java literal, so that it can be put into a test. */
  String literal() {
    var literal = new StringBuilder(isBytes ? "bytes \"" : "\"");
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '\n' -> literal.append("\\n");
        case '"', '\\' -> literal.append('\\').append(c);
        default -> {
          if (c >= ' ' && c < 127) {
            literal.append(c);
          } else {
            literal.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return literal.append('"').toString();
  }
}

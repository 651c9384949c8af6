package org.maestro.sel;

/**
 * A word of the source.
 *
 * @param text the word as written; for a string its value
 * @param offset characters before it
 * @param end characters before what follows it
 */
record Token(Kind kind, String text, int offset, int end) {

  enum Kind {
    IDENTIFIER,
    KEYWORD,
    WHOLE_NUMBER,
    REAL_NUMBER,
    STRING,
    SYMBOL,
    END
  }

  boolean is(String word) {
    return (kind == Kind.SYMBOL || kind == Kind.KEYWORD) && text.equals(word);
  }

  /** How a message names this token. */
  String shown() {
    return switch (kind) {
      case END -> "the end";
      case STRING -> "a string";
      case IDENTIFIER, KEYWORD, WHOLE_NUMBER, REAL_NUMBER, SYMBOL ->
          "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "'";
    };
  }
}

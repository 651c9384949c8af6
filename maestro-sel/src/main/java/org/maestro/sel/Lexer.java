package org.maestro.sel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts source text into tokens. Unlike Java it decodes unicode escapes inside strings only, so an
 * escape can never act as a quote, a comment or an operator.
 */
final class Lexer {
  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "else",
          "while",
          "for",
          "break",
          "continue",
          "return",
          "throw",
          "new",
          "import",
          "true",
          "false",
          "null");

  /** Longest first: the first one that matches is taken. */
  private static final List<String> SYMBOLS =
      List.of(
          "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "=", "<", ">", "+", "-",
          "*", "/", "%", "!", "?", ":", "(", ")", "[", "]", "{", "}", ",", ".", ";");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String source) {
    this.source = source;
  }

  /** All tokens of a source, the last one of kind END. */
  static List<Token> tokens(String source) {
    var lexer = new Lexer(source);
    lexer.skipBlanks();
    while (lexer.at < source.length()) {
      lexer.next();
      lexer.skipBlanks();
    }
    lexer.add(Token.Kind.END, "", source.length());
    return lexer.tokens;
  }

  private void next() {
    var start = at;
    var c = source.charAt(at);
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (isWordStart(source.codePointAt(at))) {
      while (at < source.length() && isWordPart(source.codePointAt(at))) {
        at += Character.charCount(source.codePointAt(at));
      }
      var word = source.substring(start, at);
      add(KEYWORDS.contains(word) ? Token.Kind.KEYWORD : Token.Kind.IDENTIFIER, word, start);
    } else {
      symbol();
    }
  }

  private void number() {
    var start = at;
    if (source.charAt(at) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at += 2;
      while (at < source.length() && Character.digit(source.charAt(at), 16) >= 0) {
        at++;
      }
      endOfWholeNumber(start);
      refuseWordAfterNumber();
      return;
    }
    skipDigits();
    var real = false;
    if (peek(0) == '.' && !isWordStart(peek(1))) {
      real = true;
      at++;
      skipDigits();
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      real = true;
      at++;
      if (peek(0) == '+' || peek(0) == '-') {
        at++;
      }
      if (!isDigit(peek(0))) {
        throw problem("expected digits after the exponent of a number", at);
      }
      skipDigits();
    }
    var suffix = Character.toLowerCase(peek(0));
    if (suffix == 'f' || suffix == 'd') {
      add(Token.Kind.REAL_NUMBER, source.substring(start, at), start);
      at++;
    } else if (real) {
      add(Token.Kind.REAL_NUMBER, source.substring(start, at), start);
    } else {
      endOfWholeNumber(start);
    }
    refuseWordAfterNumber();
  }

  private void endOfWholeNumber(int start) {
    add(Token.Kind.WHOLE_NUMBER, source.substring(start, at), start);
    if (peek(0) == 'L' || peek(0) == 'l') {
      at++;
    }
  }

  private void refuseWordAfterNumber() {
    if (at < source.length() && isWordPart(source.codePointAt(at))) {
      throw problem("expected a number to end here", at);
    }
  }

  private void string(char quote) {
    var start = at++;
    var text = new StringBuilder();
    while (true) {
      if (at >= source.length() || source.charAt(at) == '\n' || source.charAt(at) == '\r') {
        throw problem("expected a closing " + quote + " for this string", start);
      }
      var c = source.charAt(at++);
      if (c == quote) {
        break;
      }
      text.append(c == '\\' ? escape() : c);
    }
    add(Token.Kind.STRING, text.toString(), start);
  }

  /** The character of an escape whose backslash has been read. */
  private char escape() {
    var c = peek(0);
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '\\', '\'', '"' -> c;
      case 'u' -> unicodeEscape();
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octalEscape();
      default ->
          throw problem(
              "expected an escape of \\n \\t \\r \\b \\f \\\\ \\' \\\" \\0 or a \\u with four hexadecimal digits",
              at - 2);
    };
  }

  private char unicodeEscape() {
    var value = 0;
    for (var i = 0; i < 4; i++) {
      var digit = Character.digit(peek(0), 16);
      if (digit < 0) {
        throw problem("expected four hexadecimal digits after \\u", Math.min(at, source.length()));
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private char octalEscape() {
    at--;
    var most = peek(0) <= '3' ? 3 : 2;
    var value = 0;
    for (var i = 0; i < most && peek(0) >= '0' && peek(0) <= '7'; i++) {
      value = value * 8 + (peek(0) - '0');
      at++;
    }
    return (char) value;
  }

  private void symbol() {
    for (var symbol : SYMBOLS) {
      if (source.startsWith(symbol, at)) {
        at += symbol.length();
        add(Token.Kind.SYMBOL, symbol, at - symbol.length());
        return;
      }
    }
    var c = source.codePointAt(at);
    throw problem(
        "expected a word, a number, a string or an operator, found "
            + (c > ' ' && c < 127 ? "'" + (char) c + "'" : String.format("U+%04X", c)),
        at);
  }

  private void skipBlanks() {
    while (at < source.length()) {
      if (" \t\r\n\f".indexOf(source.charAt(at)) >= 0) {
        at++;
      } else if (source.startsWith("//", at)) {
        var end = source.indexOf('\n', at);
        at = end < 0 ? source.length() : end;
      } else if (source.startsWith("/*", at)) {
        var end = source.indexOf("*/", at + 2);
        if (end < 0) {
          throw problem("expected a closing */ for this comment", at);
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private void skipDigits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private void add(Token.Kind kind, String text, int start) {
    tokens.add(new Token(kind, text, start, at));
  }

  /** A character ahead, or NUL behind the end. */
  private char peek(int ahead) {
    return at + ahead < source.length() ? source.charAt(at + ahead) : '\0';
  }

  private SelException problem(String problem, int offset) {
    return new SelException(problem).at(source, offset);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordStart(int c) {
    return Character.isJavaIdentifierStart(c);
  }

  /** Java's rule, but without the invisible characters it ignores. */
  private static boolean isWordPart(int c) {
    return Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }
}

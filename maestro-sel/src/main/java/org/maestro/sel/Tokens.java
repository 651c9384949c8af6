package org.maestro.sel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a source and how far they have been taken; makes messages about them. */
final class Tokens {
  private final String source;
  private final List<Token> tokens;
  private int next;

  Tokens(String source) {
    this.source = source;
    this.tokens = Lexer.tokens(source);
  }

  /** The next token, not taken. */
  Token peek() {
    return tokens.get(next);
  }

  /** A token further ahead, or the end. */
  Token peek(int ahead) {
    return tokens.get(Math.min(next + ahead, tokens.size() - 1));
  }

  /** A token so many places before another one, or that one if there aren't so many. */
  Token before(Token token, int places) {
    var index = tokens.indexOf(token);
    return tokens.get(index >= places ? index - places : index);
  }

  /** Takes the next token; the end stays. */
  Token advance() {
    var token = peek();
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  /** Takes the next token if it is this symbol or keyword. */
  boolean accept(String word) {
    if (!peek().is(word)) {
      return false;
    }
    advance();
    return true;
  }

  /** Takes the next token, which must be this symbol or keyword. */
  Token expect(String word) {
    if (!peek().is(word)) {
      throw problem("expected '" + word + "', found " + peek().shown(), peek());
    }
    return advance();
  }

  /** Takes the next token, which must be a name. */
  Token identifier(String what) {
    if (peek().kind() != Token.Kind.IDENTIFIER) {
      throw problem("expected " + what + ", found " + peek().shown(), peek());
    }
    return advance();
  }

  SelException problem(String problem, Token token) {
    return problem(problem, null, token);
  }

  SelException problem(String problem, @Nullable String suggestion, Token token) {
    return new SelException(problem, suggestion).at(source, token.offset());
  }
}

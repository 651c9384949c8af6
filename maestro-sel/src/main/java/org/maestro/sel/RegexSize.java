package org.maestro.sel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression gets when its counted repetitions are written out, estimated from
 * its text and never too low. Needed before compiling: {@code ((a{100}){100}){100}} is 20
 * characters and a million instructions.
 */
final class RegexSize {
  private static final long ENOUGH = 1_000_000_000;

  private final String text;
  private final Deque<Long> outer = new ArrayDeque<>();
  private long sum;
  private long last;
  private int at;

  private RegexSize(String text) {
    this.text = text;
  }

  static long of(String text) {
    if (text.contains("\\Q")) {
      throw new SelException("expected a regular expression without \\Q", "escape with \\");
    }
    var size = new RegexSize(text);
    while (size.at < text.length()) {
      size.next();
    }
    // Groups that are never closed don't compile, but count until then.
    return size.outer.stream().mapToLong(Long::longValue).sum() + size.sum;
  }

  private void next() {
    var c = text.charAt(at++);
    switch (c) {
      case '\\' -> {
        at++;
        atom(2);
      }
      case '[' -> {
        skipClass();
        atom(2);
      }
      case '(' -> {
        outer.push(sum);
        sum = 0;
        last = 0;
      }
      case ')' -> {
        var group = sum + 2;
        sum = outer.isEmpty() ? 0 : outer.pop();
        atom(group);
      }
      case '{' -> repeat();
      default -> atom(2);
    }
  }

  private void atom(long size) {
    last = size;
    sum = Math.min(ENOUGH, sum + size);
  }

  /** Skips a class such as {@code [^]a-z[:digit:]\]]}, whose bracket has been read. */
  private void skipClass() {
    if (at < text.length() && text.charAt(at) == '^') {
      at++;
    }
    var first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
        at = text.indexOf(":]", at) + 1;
      }
      at++;
    }
    at++;
  }

  /** A repetition, whose brace has been read, multiplies what is before it. */
  private void repeat() {
    var count = 0L;
    var number = 0L;
    while (at < text.length() && "0123456789,".indexOf(text.charAt(at)) >= 0) {
      var c = text.charAt(at++);
      number = c == ',' ? 0 : Math.min(ENOUGH, number * 10 + (c - '0'));
      count = Math.max(count, number);
    }
    var repeated = Math.min(ENOUGH, last * Math.max(1, count));
    sum = Math.min(ENOUGH, sum - last + repeated);
    last = repeated;
  }
}

package org.maestro.sel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large and how deep a regular expression gets when its counted repetitions are written out,
 * estimated from its text and never too low. Needed before compiling: {@code ((a{100}){100}){100}}
 * is 20 characters and a million instructions, and compiling and matching both recurse.
 *
 * @param size instructions
 * @param nesting how deep its parts stand in each other
 * @param enter the longest way from its start to what reads a character, in instructions
 * @param leave the longest way from what reads a character to its end
 * @param through the longest way through it without reading a character; {@link #NO_WAY} if none
 * @param inner the longest way in it from one character to the next
 */
record RegexShape(long size, long nesting, long enter, long leave, long through, long inner) {
  private static final long ENOUGH = 1_000_000_000;
  private static final long NO_WAY = -1;
  private static final RegexShape EMPTY = new RegexShape(0, 0, 0, 0, 0, 0);
  private static final RegexShape CHARACTER = new RegexShape(2, 1, 1, 1, NO_WAY, 1);
  private static final RegexShape POSITION = new RegexShape(2, 1, 1, 1, 1, 1);

  RegexShape {
    size = Math.min(ENOUGH, size);
    nesting = Math.min(ENOUGH, nesting);
    enter = Math.min(ENOUGH, enter);
    leave = Math.min(ENOUGH, leave);
    through = Math.min(ENOUGH, through);
    inner = Math.min(ENOUGH, Math.max(inner, Math.max(enter, leave)));
  }

  /**
   * The shape of a whole expression.
   *
   * @throws SelException if it quotes with \Q
   */
  static RegexShape of(String text) {
    if (text.contains("\\Q")) {
      throw new SelException("expected a regular expression without \\Q", "escape with \\");
    }
    return new Reader(text).read();
  }

  /** How deep the recursion that compiles it or matches with it gets. */
  long depth() {
    return Math.max(nesting, Math.max(inner, through));
  }

  private boolean passable() {
    return through != NO_WAY;
  }

  private RegexShape then(RegexShape next) {
    return new RegexShape(
        size + next.size,
        Math.max(nesting, next.nesting),
        passable() ? Math.max(enter, through + next.enter) : enter,
        next.passable() ? Math.max(next.leave, leave + next.through) : next.leave,
        passable() && next.passable() ? through + next.through : NO_WAY,
        Math.max(Math.max(inner, next.inner), leave + next.enter));
  }

  private RegexShape group() {
    return new RegexShape(
        size + 2, nesting + 2, enter + 1, leave + 1, passable() ? through + 2 : NO_WAY, inner);
  }

  private RegexShape optional() {
    return new RegexShape(
        size + 2, nesting + 1, enter + 1, leave + 1, 1 + Math.max(1, through + 1), inner);
  }

  /** With a way from its end back to its start. */
  private RegexShape repeated(boolean atLeastOnce) {
    var body = Math.max(0, through);
    return new RegexShape(
        size + 2,
        nesting + 1,
        enter + body + 2,
        leave + body + 2,
        atLeastOnce && !passable() ? NO_WAY : body + 2,
        Math.max(inner, leave + body + 2 + enter));
  }

  /** So many copies that have to be there, and so many more, each within the one before it. */
  private RegexShape times(long required, long more) {
    if (required + more == 0) {
      return new RegexShape(size, nesting, 1, 1, 1, 1);
    }
    var all = required == 0 ? EMPTY : copies(required);
    if (more > 0) {
      var rest = passable() ? optional().copies(more) : upTo(more);
      all = required == 0 ? rest : all.then(rest);
    }
    return new RegexShape(
        all.size, nesting + more + 1, all.enter, all.leave, all.through, all.inner);
  }

  /** Of what reads characters; to leave one copy out is to leave out those within it. */
  private RegexShape upTo(long count) {
    return new RegexShape(
        (size + 2) * count, nesting, enter + 1, leave + 1, 2, Math.max(inner, leave + 1 + enter));
  }

  private RegexShape copies(long count) {
    var gone = passable() ? Math.min(ENOUGH, through * (count - 1)) : 0;
    return new RegexShape(
        size * count,
        nesting,
        enter + gone,
        leave + gone,
        passable() ? through * count : NO_WAY,
        Math.max(inner, leave + gone + enter));
  }

  /** Reads a text from left to right; what stands around a group waits until it is closed. */
  private static final class Reader {
    private final String text;
    private final Deque<Level> outer = new ArrayDeque<>();
    private Level level = new Level();
    private int at;

    Reader(String text) {
      this.text = text;
    }

    /** What has been read between two parentheses. */
    private static final class Level {
      private RegexShape before = EMPTY;
      private RegexShape last = EMPTY;
      private RegexShape alternatives = EMPTY;
      private long count;
      private long longest;

      void add(RegexShape next) {
        before = before.then(last);
        last = next;
      }

      /** Alternatives with a common start are taken apart, as deep as the shorter of both. */
      void alternative() {
        var read = before.then(last);
        var branch = read.size == 0 ? POSITION : read;
        before = EMPTY;
        last = EMPTY;
        longest = Math.max(longest, branch.size);
        alternatives =
            count++ == 0
                ? branch
                : new RegexShape(
                    alternatives.size + branch.size + 2,
                    Math.max(alternatives.nesting, branch.nesting),
                    Math.max(alternatives.enter, branch.enter) + 1,
                    Math.max(alternatives.leave, branch.leave),
                    alternatives.passable() || branch.passable()
                        ? Math.max(alternatives.through, branch.through) + 1
                        : NO_WAY,
                    Math.max(alternatives.inner, branch.inner));
      }

      RegexShape closed() {
        alternative();
        return new RegexShape(
            alternatives.size,
            alternatives.nesting + (count == 1 ? 1 : 2 * Math.min(count, longest / 2 + 1)),
            alternatives.enter,
            alternatives.leave,
            alternatives.through,
            alternatives.inner);
      }
    }

    RegexShape read() {
      while (at < text.length()) {
        next();
      }
      // Groups that are never closed don't compile, but count until then.
      while (!outer.isEmpty()) {
        close();
      }
      return level.closed();
    }

    private void next() {
      var c = text.charAt(at++);
      switch (c) {
        case '\\' -> escape();
        case '[' -> {
          skipClass();
          level.add(CHARACTER);
        }
        case '(' -> {
          outer.push(level);
          level = new Level();
          skipKindOfGroup();
        }
        case ')' -> close();
        case '|' -> level.alternative();
        case '^', '$' -> level.add(POSITION);
        case '?' -> level.last = level.last.optional();
        case '*' -> level.last = level.last.repeated(false).optional();
        case '+' -> level.last = level.last.repeated(true);
        case '{' -> repeat();
        default -> level.add(CHARACTER);
      }
    }

    private void escape() {
      var what = at < text.length() ? text.charAt(at) : '\\';
      at++;
      if ("xpP".indexOf(what) >= 0 && text.startsWith("{", at)) {
        at = text.indexOf('}', at) < 0 ? text.length() : text.indexOf('}', at) + 1;
      }
      level.add("AbBzZ".indexOf(what) >= 0 ? POSITION : CHARACTER);
    }

    private void close() {
      var group = level.closed().group();
      if (!outer.isEmpty()) {
        level = outer.pop();
      } else {
        level = new Level(); // one too many doesn't compile
      }
      level.add(group);
    }

    /** Skips {@code ?:}, {@code ?i:} and {@code ?P<name>} behind a parenthesis. */
    private void skipKindOfGroup() {
      if (at < text.length() && text.charAt(at) == '?') {
        while (at < text.length() && ":>)".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        if (at < text.length() && text.charAt(at) != ')') {
          at++;
        }
      }
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

    /** A repetition, whose brace has been read; else the brace is a character. */
    private void repeat() {
      var start = at;
      var least = number();
      var most = least;
      var open = false;
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
        open = at < text.length() && text.charAt(at) == '}';
        most = open ? least : number();
      }
      if (at >= text.length() || text.charAt(at) != '}') {
        at = start;
        level.add(CHARACTER);
        return;
      }
      at++;
      var last = level.last.times(least, Math.max(0, most - least));
      level.last = open ? last.then(level.last.repeated(false).optional()) : last;
    }

    private long number() {
      var number = 0L;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        number = Math.min(ENOUGH, number * 10 + Character.digit(text.charAt(at++), 10));
      }
      return number;
    }
  }
}

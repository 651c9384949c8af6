package org.maestro.sel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Regular expressions in time linear in the text. The size and depth of the compiled pattern are
 * bounded before it is compiled, and every character the matcher reads is paid for, so even a
 * search repeated from every position ends within the budget.
 */
final class Regex {
  private static final int LONGEST = 1_000;
  private static final long LARGEST = 5_000;

  /**
   * The compiler and the matcher recurse, by 0.5 to 1.1 KiB of stack a level as the JVM has
   * compiled them (RE2/J 1.8 on JDK 25): at most 330 KiB of the 512 that a thread has.
   */
  private static final long DEEPEST = 300;

  private final Pattern pattern;
  private final long costOfCharacter;
  private final Budget budget;

  private Regex(Pattern pattern, long size, Budget budget) {
    this.pattern = pattern;
    this.costOfCharacter = 2 + size / 8;
    this.budget = budget;
  }

  static Regex of(String text, Budget budget) {
    if (text.length() > LONGEST) {
      throw new SelException(
          "expected a regular expression of at most %d characters".formatted(LONGEST));
    }
    var shape = RegexShape.of(text);
    var size = shape.size();
    if (size > LARGEST) {
      throw new SelException(
          "expected a regular expression of at most %d parts, its repetitions written out"
              .formatted(LARGEST));
    }
    if (shape.depth() > DEEPEST) {
      throw new SelException(
          "expected a regular expression that nests, or may skip, at most %d of its parts, its repetitions written out; found about %d"
              .formatted(DEEPEST, shape.depth()),
          "repeat less, or leave out what may match nothing");
    }
    budget.work(size);
    try {
      return new Regex(Pattern.compile(text), size, budget);
    } catch (PatternSyntaxException e) {
      throw new SelException("expected a regular expression: " + e.getMessage());
    }
  }

  /** As Java's split: empty strings at the end are dropped unless a limit is given. */
  List<String> split(String text, int limit) {
    var pieces = new ArrayList<String>();
    var matcher = matcher(text);
    var start = 0;
    while ((limit <= 0 || pieces.size() < limit - 1) && matcher.find()) {
      // A match of nothing at the very start splits nothing off.
      if (matcher.end() > 0) {
        add(pieces, text.substring(start, matcher.start()));
        start = matcher.end();
      }
    }
    add(pieces, text.substring(start));
    while (limit == 0 && start > 0 && !pieces.isEmpty() && pieces.getLast().isEmpty()) {
      pieces.removeLast();
    }
    return pieces;
  }

  private void add(List<String> pieces, String piece) {
    budget.entry(pieces.size() + 1);
    budget.characters(piece.length());
    pieces.add(piece);
  }

  /** As Java's replaceAll, with $1 for groups; the growing result is paid for as it grows. */
  String replaceAll(String text, String replacement) {
    var matcher = matcher(text);
    var result = new StringBuilder();
    var paid = 0;
    try {
      while (matcher.find()) {
        checkReplacement(replacement);
        matcher.appendReplacement(result, replacement);
        budget.characters(result.length() - paid);
        paid = result.length();
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new SelException(
          "expected a replacement with groups of the pattern: " + e.getMessage());
    }
    matcher.appendTail(result);
    return result.toString();
  }

  /** The library takes a stray $ or \\ for itself; Java refuses it. */
  private static void checkReplacement(String replacement) {
    for (var i = 0; i < replacement.length(); i++) {
      var c = replacement.charAt(i);
      var next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : ' ';
      if (c == '$' && next != '{' && (next < '0' || next > '9')) {
        throw new IllegalArgumentException("a $ without the number of a group");
      }
      if (c == '\\' && ++i == replacement.length()) {
        throw new IllegalArgumentException("a \\ at the end");
      }
    }
  }

  private Matcher matcher(String text) {
    return pattern.matcher(new PaidText(text));
  }

  /** The text as the matcher sees it: every look at a character costs. */
  private final class PaidText implements CharSequence {
    private final String text;

    PaidText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      budget.work(costOfCharacter);
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}

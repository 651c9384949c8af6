package org.maestro.benchmark.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Damages texts. The same random numbers damage the same text in the same way. */
final class Mutator {
  private static final int LONGEST = 20_000;
  private static final int MOST_MUTATIONS = 8;
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private static final List<String> NUMBERS =
      List.of(
          ("0 -0 -1 010 20240230 99999999 253402300800000 2147483647 2147483648 -2147483649"
                  + " 9223372036854775807 -9223372036854775808 9223372036854775808 1e308 1e309"
                  + " -1e-400 1e2147483648 1e99999999 1e99999999999 0.1e-99999 0x7fffffffffffffff "
                  + "9".repeat(400))
              .split(" "));

  private static final List<String> ODD_TEXT =
      List.of(
          "\0",
          "\u0001",
          "\u0085",
          "\u00a0",
          "\u2028",
          "\u202e",
          "\ufeff",
          "\uffff",
          "\ud83d",
          "\ude00",
          "😀",
          "é",
          "ſ",
          "İ",
          "٣",
          "\t",
          "\r",
          "\r\n",
          "\n\n",
          "\\",
          "\\u0000",
          "\\ud83d",
          "\"",
          "'",
          "`",
          "\u0000".repeat(3));

  /** What opens and what closes; nested as deep as it comes. */
  private static final List<List<String>> BRACKETS =
      List.of(
          List.of("(", ")"),
          List.of("[", "]"),
          List.of("{", "}"),
          List.of("{a: ", "}"),
          List.of("{\"a\":", "}"),
          List.of("[{\"a\":", "}]"),
          List.of("- ", ""),
          List.of("? ", ""),
          List.of("-", ""),
          List.of("!", ""),
          List.of("if (true) ", ""),
          List.of("while (true) {", "}"),
          List.of("true ? ", " : 1"),
          List.of("Math.max(1, ", ")"),
          List.of("'${", "}'"),
          List.of("x[", "]"),
          List.of("(a|b)*", ""),
          List.of("((a*)*", ")"));

  private final List<String> corpus;
  private final List<String> words;
  private final RandomGenerator random;

  /**
   * @param corpus what texts are made of
   * @param words what means something in them
   */
  Mutator(List<String> corpus, List<String> words, RandomGenerator random) {
    this.corpus = corpus;
    this.words = words;
    this.random = random;
  }

  /** One of the corpus, damaged a few times. */
  String next() {
    var text = new StringBuilder(one(corpus));
    // Half of them stay close to something good, because that gets deepest.
    var times = random.nextBoolean() ? 1 : 1 + random.nextInt(MOST_MUTATIONS);
    for (var i = 0; i < times; i++) {
      mutate(text);
      if (text.length() > LONGEST) {
        text.setLength(LONGEST);
      }
    }
    return text.toString();
  }

  /** Its bytes in UTF-8, some of them damaged, so that they may be no text at all. */
  byte[] damagedBytes(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var i = 1 + random.nextInt(3); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private void mutate(StringBuilder text) {
    var at = random.nextInt(text.length() + 1);
    switch (random.nextInt(16)) {
      case 0 -> text.delete(at, endOf(text, at, 12));
      case 1 -> text.delete(at, endOf(text, at, 400));
      case 2 -> text.insert(at, one(words));
      case 3 -> text.insert(at, one(ODD_TEXT));
      case 4 -> text.insert(at, (char) (32 + random.nextInt(95)));
      case 5 -> text.insert(at, (char) random.nextInt(0x10000));
      case 6 -> flipBit(text, at);
      case 7 -> replaceMatch(text, at, NUMBER, one(NUMBERS));
      case 8 -> replaceMatch(text, at, WORD, one(words));
      case 9 -> repeat(text, at);
      case 10 -> nest(text, at);
      case 11 -> splice(text, at);
      case 12 -> moveLines(text, at, true);
      case 13 -> moveLines(text, at, false);
      case 14 -> reindent(text, at);
      default -> swapPieces(text, at);
    }
  }

  private void flipBit(StringBuilder text, int at) {
    if (at < text.length()) {
      text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
    }
  }

  /** Replaces the next number or word behind a place. */
  private static void replaceMatch(StringBuilder text, int at, Pattern what, String by) {
    var matcher = what.matcher(text);
    if (matcher.find(at)) {
      text.replace(matcher.start(), matcher.end(), by);
    }
  }

  private void repeat(StringBuilder text, int at) {
    var piece = text.substring(at, endOf(text, at, 40));
    text.insert(at, piece.repeat(1 + random.nextInt(random.nextInt(20) == 0 ? 500 : 4)));
  }

  private void nest(StringBuilder text, int at) {
    var bracket = one(BRACKETS);
    var depth = 1 + random.nextInt(random.nextInt(4) == 0 ? 2_000 : 40);
    var end = endOf(text, at, 40);
    if (random.nextInt(4) != 0) {
      text.insert(end, bracket.get(1).repeat(depth));
    }
    text.insert(at, bracket.get(0).repeat(depth));
  }

  /** Puts a piece of another text of the corpus in, over a piece of this one or in between. */
  private void splice(StringBuilder text, int at) {
    var other = one(corpus);
    var from = random.nextInt(other.length() + 1);
    var piece = other.substring(from, Math.min(other.length(), from + 1 + random.nextInt(300)));
    text.replace(at, random.nextBoolean() ? at : endOf(text, at, 100), piece);
  }

  /** Takes the line at a place, or copies it, to another place. */
  private void moveLines(StringBuilder text, int at, boolean copy) {
    var start = text.lastIndexOf("\n", at - 1) + 1;
    var end = text.indexOf("\n", start) < 0 ? text.length() : text.indexOf("\n", start) + 1;
    var line = text.substring(start, end);
    if (!copy) {
      text.delete(start, end);
    }
    var target = text.lastIndexOf("\n", random.nextInt(text.length() + 1)) + 1;
    text.insert(target, line);
  }

  private void reindent(StringBuilder text, int at) {
    var start = text.lastIndexOf("\n", at - 1) + 1;
    if (random.nextBoolean() || start == text.length() || text.charAt(start) != ' ') {
      text.insert(start, " ".repeat(1 + random.nextInt(6)));
    } else {
      text.deleteCharAt(start);
    }
  }

  private void swapPieces(StringBuilder text, int at) {
    var middle = endOf(text, at, 20);
    var end = endOf(text, middle, 20);
    var second = text.substring(middle, end);
    text.delete(middle, end).insert(at, second);
  }

  private int endOf(StringBuilder text, int at, int most) {
    return Math.min(text.length(), at + 1 + random.nextInt(most));
  }

  private <T> T one(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}

package org.maestro.sel;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text, an evaluation ends with a value or a {@link SelException}. The seed is part of
 * a failure; {@code -Dmaestro.sel.seed=…} replays it.
 */
class RandomInputTest {
  private static final int ROUNDS = 20_000;
  private static final SelLimits LIMITS =
      new SelLimits(10_000, 128, 50, 1_000, 20_000, 1_000_000, 10_000, Duration.ofSeconds(10));
  private static final List<String> WORDS =
      List.of(
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
          "null",
          "int",
          "long",
          "double",
          "boolean",
          "String",
          "Map",
          "HashMap",
          "DateTime",
          "DateTimeZone",
          "DateTimeFormat",
          "Util",
          "Math",
          "params",
          "a",
          "xs",
          "m",
          "name",
          "x",
          "i",
          "0",
          "1",
          "2",
          "7",
          "-1",
          "1.5",
          "1e3",
          "0x1F",
          "9223372036854775807",
          "'a'",
          "'%s%d'",
          "'(a|b)*'",
          "'yyyy-MM-dd'",
          "'2024-01-01'",
          "'UTC'",
          "\"b\"",
          "''",
          "+",
          "-",
          "*",
          "/",
          "%",
          "=",
          "==",
          "!=",
          "<",
          ">",
          "<=",
          ">=",
          "&&",
          "||",
          "!",
          "?",
          ":",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          ",",
          ".",
          ";",
          "+=",
          "-=",
          ".length",
          ".length()",
          ".get('k')",
          ".split(",
          ".replaceAll(",
          ".substring(",
          ".toString(",
          ".plusDays(",
          ".withMonthOfYear(",
          "new DateTime(",
          "new long[",
          "new long[]{",
          "Util.intsBetween(",
          "String.format(",
          "String.join(",
          "Arrays.asList(",
          "Util.toJson(",
          "DateTimeFormat.forPattern(",
          ".print(",
          ".parseDateTime(",
          "//",
          "/*",
          "*/",
          "\n",
          "\\",
          "\\u0041",
          "'",
          "\"",
          "$",
          "@",
          "é",
          "\u202e");

  private final long seed =
      Long.getLong("maestro.sel.seed", ThreadLocalRandom.current().nextLong());
  private final Random random = new Random(seed);

  @Test
  void randomCharactersAreRefusedCleanly() {
    for (var round = 0; round < ROUNDS; round++) {
      var text = new StringBuilder();
      for (var i = random.nextInt(60); i > 0; i--) {
        text.append(
            (char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : 9 + random.nextInt(118)));
      }
      evaluate(text.toString());
    }
  }

  @Test
  void randomWordsAreRefusedCleanlyOrEvaluated() {
    for (var round = 0; round < ROUNDS; round++) {
      var text = new StringBuilder();
      for (var i = random.nextInt(40); i > 0; i--) {
        text.append(WORDS.get(random.nextInt(WORDS.size())))
            .append(random.nextBoolean() ? " " : "");
      }
      evaluate(text.toString());
    }
  }

  @Test
  void mutationsOfGoodExpressionsAreRefusedCleanlyOrEvaluated() {
    var good = new ArrayList<String>();
    Table.read("language.tsv").forEach(row -> good.add(row.get(0)));
    Table.read("dates.tsv").forEach(row -> good.add(row.get(0)));
    Table.read("bombs.tsv").forEach(row -> good.add(row.get(1)));
    for (var round = 0; round < ROUNDS; round++) {
      var text = new StringBuilder(good.get(random.nextInt(good.size())));
      for (var i = 1 + random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
        var at = random.nextInt(text.length());
        switch (random.nextInt(4)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
          case 2 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
          default -> {
            var other = good.get(random.nextInt(good.size()));
            text.replace(at, Math.min(text.length(), at + random.nextInt(10)), other);
          }
        }
      }
      evaluate(text.toString());
    }
  }

  @Test
  void randomTextsInterpolateOrAreRefusedCleanly() {
    var pieces =
        List.of("$", "{", "}", "a", "name", "@", "_", "-", ".", "/", "9", " ", "é", "${a}");
    for (var round = 0; round < ROUNDS; round++) {
      var text = new StringBuilder();
      for (var i = random.nextInt(12); i > 0; i--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      var names = Interpolation.names(text.toString());
      Interpolation.interpolate(
          text.toString(), name -> names.contains(name) ? "v" : fail("seed " + seed + ": " + name));
    }
  }

  private void evaluate(String source) {
    try {
      Expression.compile(source).evaluate(Fixed.scope(), Fixed.runtime(LIMITS));
    } catch (SelException e) {
      render(source, e);
    } catch (RuntimeException | StackOverflowError e) {
      fail("seed " + seed + ", source: " + source, e);
    }
  }

  private void render(String source, SelException problem) {
    try {
      problem.render();
    } catch (RuntimeException e) {
      fail("seed " + seed + ", rendering a problem of: " + source, e);
    }
  }
}

package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Good texts with damage at random places. Replay one: {@code -Dmaestro.test.seed=…}. */
class DamagedTextTest {
  private static final long FIRST_SEED = Long.getLong("maestro.test.seed", 1);
  private static final String[] JUNK = {
    "", " ", "  ", "\n", "\t", ":", ": ", "-", "- ", "'", "\"", "{", "}", "[", "]", "#", "&a ",
    "*a", "!", "|", ">", "\\", "\0", "\r", "~", "?", "<<", "%", "@", "\uD83D", "é", "!!map ", "1e9",
    "$", ","
  };

  @Test
  void damagedYamlIsReportedAtAPlaceAndNeverThrown() {
    var refused = 0;
    var names = GoldenTest.names().toList();
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 600; seed++) {
      var random = new Random(seed);
      var text =
          damaged(GoldenTest.text(names.get(random.nextInt(names.size())) + ".yaml"), random);
      refused += check(seed, text, "w.yaml");
      assertThatCode(() -> YamlFormat.format(text, "w.yaml"))
          .as("seed " + seed + "\n" + text)
          .doesNotThrowAnyException();
    }
    assertThat(refused).isGreaterThan(200);
  }

  @Test
  void damagedJsonIsReportedAtAPlaceAndNeverThrown() {
    var refused = 0;
    var names = GoldenTest.names().toList();
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 200; seed++) {
      var random = new Random(seed);
      var text =
          damaged(GoldenTest.text(names.get(random.nextInt(names.size())) + ".json"), random);
      refused += check(seed, text, "w.json");
    }
    assertThat(refused).isGreaterThan(100);
  }

  private static int check(long seed, String text, String file) {
    assertThatCode(() -> Definitions.readAll(text, file))
        .as("seed " + seed + "\n" + text)
        .doesNotThrowAnyException();
    var reading = Definitions.readAll(text, file).getFirst();
    var lines = new SourceText(file, text).lines();
    assertThat(reading.problems())
        .as("seed " + seed)
        .allSatisfy(problem -> {
          assertThat(problem.line()).isBetween(1, lines);
          assertThat(problem.column()).isPositive();
          assertThat(problem.jsonPointer()).matches("(?s)(/.*)?");
          assertThat(problem.render()).contains(problem.code().id());
        });
    assertThat(reading.isGood() || !reading.problems().isEmpty()).as("seed " + seed).isTrue();
    return reading.isGood() ? 0 : 1;
  }

  private static String damaged(String text, Random random) {
    var damaged = text;
    for (var i = 0; i <= random.nextInt(3); i++) {
      var at = random.nextInt(damaged.length());
      var end = Math.min(damaged.length(), at + random.nextInt(4));
      damaged =
          damaged.substring(0, at) + JUNK[random.nextInt(JUNK.length)] + damaged.substring(end);
    }
    return damaged;
  }
}

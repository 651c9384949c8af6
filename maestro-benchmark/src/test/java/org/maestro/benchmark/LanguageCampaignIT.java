package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.benchmark.language.Comparison;

/**
 * An engine and the model of the language, side by side: first over programs on which they have
 * differed before, then over random ones. More of them are run by hand: {@link LanguageCampaign}.
 */
class LanguageCampaignIT {
  private static final List<Long> SEEDS = LongStream.rangeClosed(1, 2_000).boxed().toList();

  @TempDir static Path folder;

  private static Installation installation;
  private static Comparison comparison;

  @BeforeAll
  static void start() {
    installation =
        Installation.start(
            folder,
            Map.of(ServiceKind.ENGINE, 1),
            // It lives for three minutes, of which the better compiler would take half a minute.
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"),
            LanguageCampaign.SETTINGS);
    comparison =
        new Comparison(
            installation.engines().getFirst().base(), "it", Duration.ofSeconds(30), System.out);
  }

  @AfterAll
  static void stop() {
    comparison.close();
    installation.close();
  }

  @Test
  void programsOnWhichTheyDifferedOnceMeanTheSameToBoth() throws IOException, URISyntaxException {
    var differences = new TreeMap<String, String>();
    for (var file : kept()) {
      var difference = comparison.replay(Files.readString(file));
      if (difference != null) {
        differences.put(file.getFileName().toString(), difference);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static List<Path> kept() throws IOException, URISyntaxException {
    var resources = LanguageCampaignIT.class.getResource("/language");
    try (var files = Files.list(Path.of(resources.toURI()))) {
      return files.sorted().toList();
    }
  }

  @Test
  void randomProgramsMeanTheSameToBoth() {
    assertThat(comparison.run(SEEDS, 40, true)).isEmpty();
  }
}

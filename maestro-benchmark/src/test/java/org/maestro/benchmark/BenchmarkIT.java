package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark works; how fast the product is, it tells by hand on a quiet machine. */
class BenchmarkIT {
  @TempDir Path folder;

  @Test
  void aQuickBenchmarkMeasuresEveryWorkloadAndWritesItsFigures() throws Exception {
    var json = folder.resolve("figures.json");
    var markdown = folder.resolve("figures.md");
    var options =
        BenchmarkOptions.parse(
            List.of("--quick", "--json", json.toString(), "--markdown", markdown.toString()));
    var figures = new Benchmark(options, System.out).run();

    assertThat(figures.rounds()).hasSize(1);
    var round = figures.rounds().getFirst();
    assertThat(round.floor100()).isPositive();
    assertThat(round.floor500()).isPositive();
    assertThat(round.figures())
        .extracting(SpeedFigures.Figure::name)
        .containsExactlyElementsOf(
            SpeedWorkload.all(true).stream().map(SpeedWorkload::name).toList());
    assertThat(round.figures())
        .allSatisfy(figure -> {
          assertThat(figure.millisPerStep()).isPositive();
          assertThat(figure.walBytesPerStep()).isPositive();
          assertThat(figure.peakHeapBytes()).isGreaterThan(1_000_000);
        });
    assertThat(round.figures()).anyMatch(figure -> figure.cpuMillisPerStep() > 0);
    assertThat(figures.largestRows()).containsKeys("workflow_run", "step_attempt");
    assertThat(Files.readString(json)).contains("\"millisPerStep\"", "\"largestRows\"");
    assertThat(Files.readString(markdown)).contains("foreach of 1,000 NoOp", "times the floor");
  }
}

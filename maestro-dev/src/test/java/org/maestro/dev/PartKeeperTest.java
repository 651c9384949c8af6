package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.maestro.embedded.EmbeddedStartException;

class PartKeeperTest {
  private final List<String> said = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final ArrayDeque<Runnable> later = new ArrayDeque<>();
  private final PartKeeper keeper =
      new PartKeeper(
          (part, what) -> said.add(part + " " + what.replaceFirst("\\(.*\\)", "()")),
          pause -> {
            return task -> {
              pauses.add(pause);
              later.add(task);
            };
          });

  private CompletableFuture<Void> running = new CompletableFuture<>();
  private int failures;
  private int starts;

  private void restart() {
    starts++;
    if (failures-- > 0) {
      throw new EmbeddedStartException("no room");
    }
    running = new CompletableFuture<>();
  }

  private void runAll() {
    for (var task = later.poll(); task != null; task = later.poll()) {
      task.run();
    }
  }

  @Test
  void aPartThatDoesNotStartAtOnceIsTriedUntilItDoes() {
    keeper.keep("database", () -> running, this::restart);
    failures = 6;
    running.complete(null);
    runAll();
    assertThat(starts).isEqualTo(7);
    assertThat(pauses)
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 1L, 2L, 4L, 8L, 15L, 15L);
    assertThat(said)
        .containsExactly(
            "database has died and doesn't start, trying again: no room",
            "database had died and was started again ()");
    running.complete(null);
    runAll();
    assertThat(starts).as("it is kept for as long as it is wanted").isEqualTo(8);
  }

  @Test
  void whatIsStoppedStaysStopped() {
    keeper.keep("broker", () -> running, this::restart);
    keeper.stop();
    running.complete(null);
    runAll();
    assertThat(starts).isZero();
    assertThat(said).isEmpty();
  }
}

package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.model.instance.RunStatus;

/** How loops and their chunks are kept. */
class LoopRowsTest {
  private final RunJson json = new RunJson();

  private static LoopProgress begun(long maxFailures) {
    return LoopProgress.of(1_000, maxFailures).advance(3, false).progress();
  }

  private static Chunk failing(LoopProgress.Order order) {
    var chunk = new Chunk(0, 250);
    chunk.order(order);
    chunk.started(0, 1, 0, 0);
    chunk.ended(0, RunStatus.FAILED, Map.of(), 5, "s: boom", 5);
    return chunk;
  }

  @Test
  void aLoopOfWhichNoneMayFailHasNoFieldThatEarlierReleasesDoNotKnow() {
    var step = LoopProgress.of(1_000, 0).advance(3, false);
    var chunk = failing(step.orders().getFirst());
    var report = Objects.requireNonNull(chunk.report());
    for (var text :
        List.of(
            json.write(step.progress()),
            json.write(step.orders()),
            json.write(chunk.state()),
            json.write(report))) {
      assertThat(text).doesNotContain("allowed", "tolerance", "every", "failures\":1");
    }
  }

  @Test
  void whatMayFailAndWhatHasIsReadAsItWasWritten() {
    var step = LoopProgress.of(1_000, 40).advance(3, false);
    var order = step.orders().getFirst();
    assertThat(json.read(json.write(order), LoopProgress.Order.class)).isEqualTo(order);
    var chunk = failing(order);
    var report = Objects.requireNonNull(chunk.report());
    assertThat(json.read(json.write(report), Chunk.Report.class)).isEqualTo(report);
    var state = chunk.state();
    var read = json.read(json.write(state), Chunk.State.class);
    assertThat(new Chunk(read).state()).isEqualTo(state);
    var ended = new Chunk.Report(9, 0, 0, true, false, true, 2L);
    var progress = begun(40).reported(0, ended).reported(1, report);
    assertThat(json.read(json.write(progress), LoopProgress.class)).isEqualTo(progress);
  }

  @Test
  void aLoopThatAnEarlierReleaseHasKeptStopsAtItsFirstFailure() {
    var kept =
        """
        {"chunks":2,"next":1,"active":{"0":{"window":3,"held":3,"heard":1,"failed":true,"told":false}},
         "orders":1}
        """;
    assertThat(json.read(kept, LoopProgress.class).over()).isTrue();
  }
}

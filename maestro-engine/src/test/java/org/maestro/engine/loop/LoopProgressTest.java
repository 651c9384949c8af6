package org.maestro.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopProgressTest {
  private static final long CHUNK = InlineWorkflow.CHUNK;

  @Test
  void aLoopOfOneChunkHasItsWholeWidth() {
    var orders = LoopProgress.of(8).advance(3, false).orders();
    assertThat(orders).extracting(LoopProgress.Order::window).containsExactly(3L);
  }

  @Test
  void chunksShareTheWidth() {
    var orders = LoopProgress.of(2 * CHUNK).advance(6, false).orders();
    assertThat(orders).extracting(LoopProgress.Order::window).containsExactly(3L, 3L);
  }

  @Test
  void afterAFailureAChunkThatHasFinishedIsOpenedForWhatSomebodyAsksForAndNoOtherIs() {
    var begun = LoopProgress.of(9 * CHUNK).advance(2, false).progress();
    var finished = new Chunk.Report(1, 0, 0, false, false, true);
    var failed = new Chunk.Report(1, 0, 1, true, true, false);
    var drained = begun.reported(0, finished).reported(1, failed).advance(2, false).progress();
    var step = drained.again(IndexSet.range(3, 4), Map.of(), 2, false);
    assertThat(step.orders())
        .extracting(LoopProgress.Order::chunk, LoopProgress.Order::drain)
        .contains(org.assertj.core.api.Assertions.tuple(0L, true))
        .doesNotContain(org.assertj.core.api.Assertions.tuple(2L, false));
  }
}

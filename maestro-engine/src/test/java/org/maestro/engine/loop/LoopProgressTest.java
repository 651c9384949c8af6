package org.maestro.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopProgressTest {
  private static final long CHUNK = InlineWorkflow.CHUNK;

  @Test
  void aLoopOfOneChunkHasItsWholeWidth() {
    var orders = LoopProgress.of(8, 0).advance(3, false).orders();
    assertThat(orders).extracting(LoopProgress.Order::window).containsExactly(3L);
  }

  @Test
  void chunksShareTheWidth() {
    var orders = LoopProgress.of(2 * CHUNK, 0).advance(6, false).orders();
    assertThat(orders).extracting(LoopProgress.Order::window).containsExactly(3L, 3L);
  }

  @Test
  void afterAFailureAChunkThatHasFinishedIsOpenedForWhatSomebodyAsksForAndNoOtherIs() {
    var begun = LoopProgress.of(9 * CHUNK, 0).advance(2, false).progress();
    var finished = new Chunk.Report(1, 0, 0, false, false, true, null);
    var failed = new Chunk.Report(1, 0, 1, true, true, false, null);
    var drained = begun.reported(0, finished).reported(1, failed).advance(2, false).progress();
    var step = drained.again(IndexSet.range(3, 4), Map.of(), 2, false);
    assertThat(step.orders())
        .extracting(LoopProgress.Order::chunk, LoopProgress.Order::drain)
        .contains(tuple(0L, true))
        .doesNotContain(tuple(2L, false));
  }

  private static Chunk.Report failures(long number, long count, boolean finished) {
    return new Chunk.Report(number, 0, finished ? 0 : 1, count > 0, false, finished, count);
  }

  @Test
  void allIsDrainedOnceMoreHaveFailedThanMay() {
    var begun = LoopProgress.of(4 * CHUNK, 5).advance(2, false).progress();
    var some = begun.reported(0, failures(1, 3, true)).reported(1, failures(1, 2, false));
    assertThat(some.over()).isFalse();
    assertThat(some.advance(2, false).orders())
        .extracting(LoopProgress.Order::chunk, LoopProgress.Order::drain)
        .containsExactly(tuple(2L, false));
    var over = some.reported(1, failures(2, 3, false));
    assertThat(over.over()).isTrue();
    assertThat(over.advance(2, false).orders())
        .extracting(LoopProgress.Order::chunk, LoopProgress.Order::drain)
        .containsExactly(tuple(1L, true));
  }

  @Test
  void aChunkIsToldWhatTheOthersHaveLeftOver() {
    var begun = LoopProgress.of(4 * CHUNK, 5).advance(1, false).progress();
    var next = begun.reported(0, failures(1, 3, true)).advance(1, false);
    assertThat(next.orders())
        .extracting(LoopProgress.Order::tolerance)
        .containsExactly(new Chunk.Tolerance(2, 1));
  }

  @Test
  void chunksReportMoreOftenOnceLittleIsLeft() {
    var begun = LoopProgress.of(4 * CHUNK, 160).advance(2, false);
    assertThat(begun.orders())
        .extracting(LoopProgress.Order::tolerance)
        .containsExactly(new Chunk.Tolerance(160, 10), new Chunk.Tolerance(160, 10));
    var half = begun.progress().reported(0, failures(1, 80, false)).advance(2, false);
    assertThat(half.orders())
        .extracting(LoopProgress.Order::chunk, LoopProgress.Order::tolerance)
        .containsExactly(
            tuple(0L, new Chunk.Tolerance(160, 5)), tuple(1L, new Chunk.Tolerance(80, 5)));
    assertThat(half.progress().advance(2, false).orders()).isEmpty();
  }

  @Test
  void whatMayAllFailIsNeverDrained() {
    var begun = LoopProgress.of(2 * CHUNK, 2 * CHUNK).advance(2, false).progress();
    var ended = begun.reported(0, failures(1, CHUNK, true)).reported(1, failures(1, CHUNK, true));
    assertThat(ended.over()).isFalse();
    assertThat(ended.finished()).isTrue();
  }

  @Test
  void aChunkThatCannotSayHowManyFailedStopsTheLoop() {
    var begun = LoopProgress.of(4 * CHUNK, 4 * CHUNK).advance(1, false).progress();
    var broken = begun.reported(0, new Chunk.Report(1, 0, 0, true, true, true, null));
    assertThat(broken.over()).isTrue();
    assertThat(broken.advance(1, false).progress().finished()).isTrue();
  }

  @Test
  void failuresThatAreRunAgainCountNoMore() {
    var begun = LoopProgress.of(4 * CHUNK, 2).advance(1, false).progress();
    var over = begun.reported(0, failures(1, 3, true));
    assertThat(over.over()).isTrue();
    var again = over.again(null, Map.of(), 1, false);
    assertThat(again.progress().over()).isFalse();
    assertThat(again.orders())
        .extracting(LoopProgress.Order::allFailed, LoopProgress.Order::tolerance)
        .containsExactly(tuple(true, new Chunk.Tolerance(2, 1)));
  }
}

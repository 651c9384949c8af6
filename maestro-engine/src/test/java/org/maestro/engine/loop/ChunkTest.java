package org.maestro.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.instance.RunStatus;

class ChunkTest {
  private final Chunk chunk = new Chunk(0, 4);

  private void order(long number, IndexSet again, boolean drain) {
    chunk.order(
        new LoopProgress.Order(0, number, 3, number, again, false, Map.of(), drain, null, null));
  }

  private void start() {
    chunk.started(chunk.toStart(0), 1, 0, 0);
  }

  private void end(long index, RunStatus as) {
    chunk.ended(index, as, Map.of(), 1, null, 1);
  }

  private void runThreeOfWhichOneGoesOn(RunStatus first, RunStatus second) {
    order(1, IndexSet.NONE, false);
    start();
    start();
    start();
    end(0, first);
    end(1, second);
  }

  @Test
  void anIterationThatSucceededRunsAgainWhenAskedForAlthoughAnotherHasFailed() {
    runThreeOfWhichOneGoesOn(RunStatus.STOPPED, RunStatus.SUCCEEDED);
    order(2, IndexSet.range(1, 2), false);
    assertThat(chunk.toStart(0)).isEqualTo(1);
    start();
    assertThat(chunk.toStart(0)).as("one that nobody asked for").isEqualTo(-1);
  }

  @Test
  void oneOfTwoThatFailedRunsAgainWhenAskedFor() {
    runThreeOfWhichOneGoesOn(RunStatus.FAILED, RunStatus.FAILED);
    order(2, IndexSet.range(1, 2), false);
    assertThat(chunk.toStart(0)).isEqualTo(1);
    start();
    end(1, RunStatus.SUCCEEDED);
    assertThat(chunk.toStart(0)).as("one that nobody asked for").isEqualTo(-1);
    end(2, RunStatus.SUCCEEDED);
    assertThat(chunk.finished()).isTrue();
  }

  @Test
  void whatWasAskedForIsStartedByAChunkThatStartsNothingElse() {
    runThreeOfWhichOneGoesOn(RunStatus.FAILED, RunStatus.FAILED);
    end(2, RunStatus.SUCCEEDED);
    order(2, IndexSet.range(1, 2), true);
    assertThat(chunk.finished()).isFalse();
    var restored = new Chunk(chunk.state());
    assertThat(restored.toStart(0)).isEqualTo(1);
  }

  @Test
  void notEvenWhatWasAskedForBeginsWhereAFailureEndsEverything() {
    order(1, IndexSet.NONE, false);
    start();
    end(0, RunStatus.SUCCEEDED);
    start();
    order(2, IndexSet.range(0, 1), false);
    var endsAtOnce = new Chunk(chunk.state(), true);
    assertThat(endsAtOnce.toStart(0)).as("before anything failed").isZero();
    endsAtOnce.ended(1, RunStatus.FAILED, Map.of(), 1, null, 1);
    assertThat(endsAtOnce.toStart(0)).isEqualTo(-1);
    assertThat(endsAtOnce.finished()).isTrue();
    assertThat(endsAtOnce.report())
        .isNotNull()
        .extracting(Chunk.Report::failed, Chunk.Report::remaining)
        .containsExactly(true, true);
    assertThat(endsAtOnce.state().counts()).containsOnlyKeys(RunStatus.FAILED);
  }

  private void allow(long number, long failures, long every) {
    chunk.order(
        new LoopProgress.Order(
            0,
            number,
            1,
            0,
            IndexSet.NONE,
            false,
            Map.of(),
            false,
            null,
            new Chunk.Tolerance(failures, every)));
  }

  @Test
  void itGoesOnUntilMoreHaveFailedThanMay() {
    allow(1, 1, 1);
    start();
    end(0, RunStatus.FAILED);
    assertThat(chunk.toStart(0)).isEqualTo(1);
    start();
    end(1, RunStatus.TIMED_OUT);
    assertThat(chunk.toStart(0)).isEqualTo(-1);
    assertThat(chunk.finished()).isTrue();
    var restored = new Chunk(chunk.state());
    assertThat(restored.toStart(0)).as("after it was read again").isEqualTo(-1);
    assertThat(restored.report()).isNotNull().extracting(Chunk.Report::failures).isEqualTo(2L);
  }

  @Test
  void moreThatMayFailLetsItGoOn() {
    allow(1, 0, 1);
    start();
    end(0, RunStatus.FAILED);
    assertThat(chunk.toStart(0)).isEqualTo(-1);
    allow(2, 1, 1);
    assertThat(chunk.toStart(0)).isEqualTo(1);
  }

  @Test
  void itReportsTheFirstFailureThenEverySoManyAndAllOfThemAtItsEnd() {
    allow(1, 4, 2);
    start();
    chunk.report();
    end(0, RunStatus.FAILED);
    start();
    assertThat(chunk.report()).isNotNull().extracting(Chunk.Report::failures).isEqualTo(1L);
    end(1, RunStatus.FAILED);
    start();
    assertThat(chunk.report()).as("the second").isNull();
    end(2, RunStatus.FAILED);
    start();
    assertThat(chunk.report()).isNotNull().extracting(Chunk.Report::failures).isEqualTo(3L);
    end(3, RunStatus.FAILED);
    assertThat(chunk.report()).isNotNull().extracting(Chunk.Report::failures).isEqualTo(4L);
  }

  @Test
  void whatFailedInAnEarlierPassHoldsNothingBack() {
    allow(1, 0, 1);
    start();
    end(0, RunStatus.FAILED);
    var next = Chunk.after(chunk.state(), 1L, List.of());
    next.order(
        new LoopProgress.Order(
            0, 1, 1, 0, IndexSet.NONE, false, Map.of(), false, null, new Chunk.Tolerance(0, 1)));
    assertThat(next.toStart(0)).isEqualTo(1);
  }
}

package org.maestro.engine.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunJson;
import org.maestro.model.instance.RunStatus;

class BackfillProgressTest {
  private static final RunStatus[] ENDS = {
    RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.TIMED_OUT, RunStatus.STOPPED
  };

  @Test
  void onlyAsManyValuesAreClaimedAsThereIsRoomFor() {
    var first = BackfillProgress.NONE.claim(10, 3);
    assertThat(first.open()).isEqualTo(IndexSet.range(0, 3));
    assertThat(first.claim(10, 3)).isEqualTo(first);
    var one = first.saw(1, RunStatus.SUCCEEDED).claim(10, 3);
    assertThat(one.open().intervals()).hasToString("[0, [2, 3]]");
    assertThat(one.succeeded()).isEqualTo(1);
  }

  @Test
  void whatWasRefusedComesFirstThenWhatFailedThenTheNext() {
    var progress =
        BackfillProgress.NONE
            .claim(10, 4)
            .saw(0, RunStatus.FAILED)
            .refuse(IndexSet.range(2, 3), "no active version")
            .restartUnsuccessful();
    assertThat(progress.claim(10, 3).open()).isEqualTo(IndexSet.range(1, 4));
    var withRestart = progress.claim(10, 4);
    assertThat(withRestart.open()).isEqualTo(IndexSet.range(0, 4));
    assertThat(withRestart.restarts()).containsExactly(Map.entry(0L, 1L));
    assertThat(progress.claim(10, 5).next()).isEqualTo(5);
  }

  @Test
  void aRefusedRestartIsRestartedLater() {
    var progress =
        BackfillProgress.NONE
            .claim(1, 1)
            .saw(0, RunStatus.FAILED)
            .restartUnsuccessful()
            .claim(1, 1)
            .refuse(IndexSet.range(0, 1), "paused");
    assertThat(progress.again()).isEqualTo(IndexSet.range(0, 1));
    assertThat(progress.refused().isEmpty()).isTrue();
    assertThat(progress.restarts()).isEmpty();
  }

  @Test
  void failuresCountUntilSomebodyHasSeenToThem() {
    var failed =
        BackfillProgress.NONE.claim(3, 3).saw(0, RunStatus.FAILED).saw(1, RunStatus.TIMED_OUT);
    assertThat(failed.failures()).isEqualTo(2);
    var resumed = failed.cleared();
    assertThat(resumed.failures()).isZero();
    assertThat(resumed.saw(2, RunStatus.STOPPED).failures()).isEqualTo(1);
    var again = resumed.restartUnsuccessful().claim(3, 3).saw(0, RunStatus.FAILED);
    assertThat(again.failures()).as("what fails once more").isEqualTo(1);
  }

  @Test
  void aRunThatSomebodyRestartedCountsByItsNewEnd() {
    var failed = BackfillProgress.NONE.claim(1, 1).saw(0, RunStatus.FAILED);
    assertThat(failed.saw(0, RunStatus.IN_PROGRESS)).isEqualTo(failed);
    assertThat(failed.saw(0, RunStatus.SUCCEEDED).succeeded()).isEqualTo(1);
    assertThat(failed.saw(0, RunStatus.SUCCEEDED).failed().isEmpty()).isTrue();
  }

  @Test
  void aRunThatSucceededIsNeverCountedAgain() {
    var done = BackfillProgress.NONE.claim(2, 1).saw(0, RunStatus.SUCCEEDED);
    assertThat(done.saw(0, RunStatus.FAILED)).isEqualTo(done);
  }

  @Test
  void theRateIsMeasuredOverTheLastSamples() {
    var progress = BackfillProgress.NONE.sampled(0).claim(100, 50);
    for (long n = 0; n < 50; n++) {
      progress = progress.saw(n, RunStatus.SUCCEEDED);
    }
    assertThat(progress.rate(10_000)).isEqualTo(5.0);
    assertThat(progress.cleared().rate(10_000)).isZero();
    for (long at = 10_000; at < 1_000_000; at += 5_000) {
      progress = progress.sampled(at);
    }
    assertThat(progress.samples()).hasSize(12);
    assertThat(progress.rate(1_000_000)).isZero();
  }

  @RepeatedTest(50)
  void whateverHappensEveryValueIsCountedOnce(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var json = new RunJson();
    var total = 1 + random.nextInt(40);
    var progress = BackfillProgress.NONE;
    for (int step = 0; step < 400; step++) {
      progress =
          switch (random.nextInt(12)) {
            case 0 -> progress.restartUnsuccessful();
            case 1 -> progress.refuse(progress.open().within(0, random.nextInt(total + 1)), "no");
            case 2, 3, 4 -> progress.claim(total, 1 + random.nextInt(5));
            default -> progress.saw(random.nextInt(total), ENDS[random.nextInt(ENDS.length)]);
          };
      progress = json.read(json.write(progress), BackfillProgress.class);
      assertThat(progress.succeeded()).isNotNegative();
      assertThat(
              progress.succeeded()
                  + progress.unsuccessful().size()
                  + progress.open().size()
                  + progress.refused().size()
                  + progress.again().size())
          .isEqualTo(progress.next());
      assertThat(progress.open().size()).isLessThanOrEqualTo(5);
      assertThat(progress.restarts().keySet()).allMatch(progress.open()::contains);
    }
    for (int round = 0; !progress.isComplete(total); round++) {
      assertThat(round).isLessThan(1_000);
      progress = progress.claim(total, 5);
      progress = progress.saw(progress.open().first(), RunStatus.SUCCEEDED);
    }
    assertThat(progress.ended()).isEqualTo(total);
  }
}

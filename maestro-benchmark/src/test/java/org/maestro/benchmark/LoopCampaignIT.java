package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A loop of loops whose engine is killed. Large ones, and those with fifty kills, take minutes and
 * are run by hand: {@link LoopCampaign}.
 */
class LoopCampaignIT {
  @TempDir Path folder;

  @Test
  void everyIterationRunsOnceThoughTheEngineIsKilled() {
    var options =
        new LoopOptions(LoopOptions.Shape.NESTED, 10_000, 50, 0, 1, 1, 0, 42, "384m", folder);
    assertThat(new LoopCampaign(options, System.out).run()).isEmpty();
  }

  @Test
  void allMessagesLeaveAfterABrokerThatStoodStillAndAnEngineThatWasKilledMeanwhile() {
    var options =
        new LoopOptions(LoopOptions.Shape.FLAT, 20_000, 0, 0, 1, 1, 20, 42, "384m", folder);
    assertThat(new LoopCampaign(options, System.out).run()).isEmpty();
  }
}

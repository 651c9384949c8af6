package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of two engines, the database and the broker are killed under load, and one engine stands
 * still for a while. Longer campaigns are run by hand: {@link FaultCampaign}.
 */
class FaultCampaignIT {
  private static final long SEED = 42;

  @TempDir Path folder;

  @Test
  void nothingIsLostOrDoneTwiceWhenAProcessIsKilled() {
    var faults = EnumSet.of(FaultKind.ENGINE, FaultKind.POSTGRES, FaultKind.KAFKA, FaultKind.PAUSE);
    var options = new CampaignOptions(SEED, faults.size(), 40, 3, 2, faults, 1, folder);
    var report = new FaultCampaign(options, System.out).run();
    assertThat(report.outcomes())
        .extracting(outcome -> outcome.fault().kind())
        .containsExactlyInAnyOrderElementsOf(faults);
    assertThat(report.violations()).isEmpty();
  }
}

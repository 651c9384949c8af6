package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The only engine and the database are killed under load. Campaigns that also kill the broker, or
 * let one of two engines stand still, take minutes and are run by hand: {@link FaultCampaign}.
 */
class FaultCampaignIT {
  private static final long SEED = 42;

  @TempDir Path folder;

  @Test
  void nothingIsLostOrDoneTwiceWhenAProcessIsKilled() {
    var faults = EnumSet.of(FaultKind.ENGINE, FaultKind.POSTGRES);
    var options = new CampaignOptions(SEED, faults.size(), 40, 3, 1, faults, 1, folder);
    var report = new FaultCampaign(options, System.out).run();
    assertThat(report.outcomes())
        .extracting(outcome -> outcome.fault().kind())
        .containsExactlyInAnyOrderElementsOf(faults);
    assertThat(report.violations()).isEmpty();
  }
}

package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signals, over real processes of which some are killed. Ten thousand signals, and tens of
 * thousands of crons, take minutes and are run by hand: {@link TriggerCampaign}.
 */
class TriggerCampaignIT {
  @TempDir Path folder;

  @Test
  void whatSignalsStartIsWhatAnOracleSays() {
    var options = new TriggerOptions(TriggerOptions.Work.SIGNALS, 1_500, 2, 1, 42, "384m", folder);
    assertThat(new TriggerCampaign(options, System.out).run()).isEmpty();
  }
}

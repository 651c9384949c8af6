package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A small one, which shows that pages get what they ask for, not what that costs. */
class PageCampaignIT {
  @Test
  void pagesThatAreOpenAreAnsweredBesideABurstAndALoop() {
    var options =
        PageOptions.parse(
            List.of(
                "--rounds",
                "1",
                "--pages",
                "20",
                "--scrapers",
                "5",
                "--starts",
                "100",
                "--iterations",
                "1000"));
    var figures = new PageCampaign(options, System.out).run();
    assertThat(figures.answers()).isGreaterThan(100);
    assertThat(figures.refused()).isZero();
    assertThat(figures.alone().looped()).isPositive();
    assertThat(figures.beside().started()).isPositive();
  }
}

package org.maestro.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultTest {

  @Test
  void aSeedStandsForOnePlan() {
    assertThat(plan(7)).isEqualTo(plan(7)).isNotEqualTo(plan(8));
  }

  @Test
  void everyKindComesEquallyOften() {
    for (var kind : FaultKind.values()) {
      assertThat(plan(7)).filteredOn(fault -> fault.kind() == kind).hasSize(5);
    }
  }

  @Test
  void aSeedStandsForOneLoad() {
    assertThat(Workload.start(7, 3)).isEqualTo(Workload.start(7, 3));
    assertThat(Workload.start(7, 3).requestId()).isNotEqualTo(Workload.start(8, 3).requestId());
  }

  @Test
  void aCampaignSaysHowToRepeatIt() {
    var arguments =
        "--seed 9 --runs 4 --starts 50 --rate 3 --engines 2 --down 5 --faults engine,pause";
    assertThat(CampaignOptions.parse(List.of(arguments.split(" "))).repeat()).isEqualTo(arguments);
  }

  @Test
  void aPauseNeedsSomebodyWhoTakesOver() {
    assertThatThrownBy(() -> CampaignOptions.parse(List.of("--faults", "pause")))
        .hasMessageContaining("--engines 2");
  }

  private static List<Fault> plan(long seed) {
    var count = 5 * FaultKind.values().length;
    return Fault.plan(seed, count, 20 * count, 2, EnumSet.allOf(FaultKind.class), 2_000);
  }
}

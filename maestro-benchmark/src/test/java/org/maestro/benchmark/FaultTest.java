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

  @Test
  void aPartitionNeedsSomebodyWhoTakesOver() {
    for (var kind : List.of("partition", "partition_broker", "partition_database")) {
      assertThatThrownBy(() -> CampaignOptions.parse(List.of("--faults", kind)))
          .hasMessageContaining("--engines 2 for the fault " + kind);
    }
  }

  @Test
  void nobodysDiskIsFilledByMistake() {
    assertThatThrownBy(() -> CampaignOptions.parse(List.of("--faults", "disk_full")))
        .hasMessageContaining("mount -t tmpfs");
    assertThatThrownBy(
            () -> CampaignOptions.parse(List.of("--faults", "disk_full", "--folder", "/not-there")))
        .hasMessageContaining("a file system of its own")
        .hasMessageContaining("mount -t tmpfs");
  }

  @Test
  void allFaultsAreInTheOptions() {
    for (var kind : FaultKind.values()) {
      assertThat(CampaignOptions.USAGE).containsPattern("\\b" + kind.word() + "\\b");
    }
    for (var fault : TriggerFault.values()) {
      assertThat(TriggerOptions.USAGE).containsPattern("\\b" + fault.word() + "\\b");
    }
  }

  @Test
  void aCampaignOfTriggersSaysHowToRepeatIt() {
    var arguments =
        "--work signals --count 50 --replicas 2 --kills 0 --seed 3 --heap 384m"
            + " --faults signal,broker_pause,scheduler --down 7";
    var options = TriggerOptions.parse(List.of(arguments.split(" ")));
    assertThat(options.repeat()).isEqualTo(arguments);
    assertThat(options.processes(ServiceKind.SIGNAL)).isEqualTo(2);
    assertThat(options.processes(ServiceKind.SCHEDULER)).isEqualTo(1);
  }

  @Test
  void triggersAreEitherKilledOrHaveFaults() {
    assertThatThrownBy(() ->
            TriggerOptions.parse(
                List.of("--work", "signals", "--kills", "1", "--faults", "engine")))
        .hasMessageContaining("without --kills");
  }

  private static List<Fault> plan(long seed) {
    var count = 5 * FaultKind.values().length;
    return Fault.plan(seed, count, 20 * count, 2, EnumSet.allOf(FaultKind.class), 2_000);
  }
}

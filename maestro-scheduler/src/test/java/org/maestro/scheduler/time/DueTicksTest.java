package org.maestro.scheduler.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.TimeTrigger.CatchUp;

class DueTicksTest {
  private static final Instant NINE = Instant.parse("2026-03-10T09:00:00Z");
  private static final Instant TEN = Instant.parse("2026-03-10T10:00:00Z");
  private static final Instant ELEVEN = Instant.parse("2026-03-10T11:00:00Z");
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  @Test
  void nothingFiresBeforeItsTime() {
    assertThat(due(CatchUp.ALL, NINE, 0, NINE.minusMillis(1)))
        .isEqualTo(new DueTicks(List.of(), NINE, false));
  }

  @Test
  void aTickFiresAtItsTimePlusTheDelay() {
    assertThat(due(CatchUp.ALL, NINE, 5_000, NINE.plusMillis(4_999)).firing()).isEmpty();
    assertThat(due(CatchUp.ALL, NINE, 5_000, NINE.plusMillis(5_000)))
        .isEqualTo(new DueTicks(List.of(NINE), TEN, false));
  }

  @Test
  void allMissedTicksFireOldestFirst() {
    assertThat(due(CatchUp.ALL, NINE, 0, ELEVEN.plusSeconds(1_000)))
        .isEqualTo(new DueTicks(List.of(NINE, TEN, ELEVEN), NOON, false));
  }

  @Test
  void notMoreThanAllowedFireAtOnce() {
    assertThat(DueTicks.of(ticks(CatchUp.ALL), NINE, false, 0, NOON, 2))
        .isEqualTo(new DueTicks(List.of(NINE, TEN), ELEVEN, false));
  }

  @Test
  void latestFiresTheNewestOfTheMissed() {
    assertThat(due(CatchUp.LATEST, NINE, 0, ELEVEN.plusSeconds(1_000)))
        .isEqualTo(new DueTicks(List.of(ELEVEN), NOON, true));
  }

  @Test
  void noneFiresNothingThatWasMissed() {
    assertThat(due(CatchUp.NONE, NINE, 0, ELEVEN.plusSeconds(61)))
        .isEqualTo(new DueTicks(List.of(), NOON, true));
  }

  @Test
  void aTickThatIsMerelyLateFiresWhateverThePolicy() {
    assertThat(due(CatchUp.NONE, NINE, 0, ELEVEN.plusSeconds(60)))
        .isEqualTo(new DueTicks(List.of(ELEVEN), NOON, true));
    assertThat(due(CatchUp.NONE, ELEVEN, 7_000, ELEVEN.plusSeconds(67)))
        .isEqualTo(new DueTicks(List.of(ELEVEN), NOON, false));
  }

  @Test
  void afterTheLastTickThereIsNoNext() {
    var ends =
        TriggerTicks.of(
            new TimeTrigger(
                TimeTrigger.Type.CRON,
                "0 * * * *",
                null,
                null,
                null,
                "2026-03-10T10:00:01Z",
                null,
                null,
                null));
    assertThat(DueTicks.of(ends, NINE, false, 0, NOON, 100))
        .isEqualTo(new DueTicks(List.of(NINE, TEN), null, false));
  }

  private static DueTicks due(CatchUp catchUp, Instant next, long delay, Instant now) {
    return DueTicks.of(ticks(catchUp), next, false, delay, now, 100);
  }

  private static TriggerTicks ticks(CatchUp catchUp) {
    return TriggerTicks.of(
        new TimeTrigger(
            TimeTrigger.Type.CRON, "0 * * * *", null, null, null, null, catchUp, null, null));
  }

  @Test
  void aTickThatNewZoneRulesPutIntoThePastWasNotMissed() {
    assertThat(DueTicks.of(ticks(CatchUp.NONE), ELEVEN, true, 0, NOON.minusSeconds(600), 100))
        .isEqualTo(new DueTicks(List.of(ELEVEN), NOON, false));
    assertThat(DueTicks.of(ticks(CatchUp.NONE), ELEVEN, false, 0, NOON.minusSeconds(600), 100))
        .isEqualTo(new DueTicks(List.of(), NOON, true));
  }
}

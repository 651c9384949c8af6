package org.maestro.scheduler.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.model.definition.TimeTrigger;

class TriggerTicksTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

  @Test
  void aCronTicksInItsZone() {
    var ticks = cron("0 6 * * *", "Europe/Berlin", null, null);
    assertThat(ticks.next(NOON, 2))
        .containsExactly(at("2026-03-11T05:00:00Z"), at("2026-03-12T05:00:00Z"));
  }

  @Test
  void predefinedExpressionsAreCrons() {
    var weekly =
        TriggerTicks.of(
            new TimeTrigger(
                TimeTrigger.Type.PREDEFINED, null, "@weekly", null, null, null, null, null, null));
    assertThat(weekly.next(NOON, 2))
        .containsExactly(at("2026-03-15T00:00:00Z"), at("2026-03-22T00:00:00Z"));
  }

  @Test
  void anIntervalCountsFromItsStart() {
    var ticks = interval("90min", "2026-03-10T11:59:00Z", "2026-03-10T15:00:00Z");
    assertThat(ticks.next(Instant.EPOCH, 9))
        .containsExactly(
            at("2026-03-10T11:59:00Z"), at("2026-03-10T13:29:00Z"), at("2026-03-10T14:59:00Z"));
    assertThat(ticks.next(at("2026-03-10T13:29:00Z"), 1))
        .containsExactly(at("2026-03-10T14:59:00Z"));
  }

  @Test
  void anIntervalWithoutAStartDoesNotDependOnWhenItIsRead() {
    assertThat(interval("6h", null, null).next(NOON, 2))
        .containsExactly(at("2026-03-10T18:00:00Z"), at("2026-03-11T00:00:00Z"));
  }

  @Test
  void anIntervalIgnoresChangesOfTheClock() {
    var ticks =
        TriggerTicks.of(
            new TimeTrigger(
                TimeTrigger.Type.INTERVAL,
                null,
                null,
                "24h",
                "2026-03-28T12:00",
                null,
                null,
                "Europe/Berlin",
                null));
    assertThat(ticks.next(Instant.EPOCH, 2))
        .containsExactly(at("2026-03-28T11:00:00Z"), at("2026-03-29T11:00:00Z"));
  }

  @Test
  void theStartTicksAndTheEndDoesNot() {
    var ticks = cron("0 * * * *", null, "2026-03-10T14:00:00Z", "2026-03-10T16:00:00Z");
    assertThat(ticks.next(NOON, 9))
        .containsExactly(at("2026-03-10T14:00:00Z"), at("2026-03-10T15:00:00Z"));
  }

  @Test
  void startAndEndWithoutAnOffsetAreReadInTheZone() {
    var ticks = cron("0 0 * * *", "Asia/Tokyo", "2026-03-12", "2026-03-14T00:00");
    assertThat(ticks.next(NOON, 9))
        .containsExactly(at("2026-03-11T15:00:00Z"), at("2026-03-12T15:00:00Z"));
  }

  @Test
  void theNewestTickIsTheLastOfAllThatWereMissed() {
    var random = new Random(7);
    for (var cron :
        new String[] {"*/2 * * * *", "*/2 0-6 * 1 *", "0 9 * * 1-5", "30 2 29 2 *", "0 0 1 * *"}) {
      var ticks = cron(cron, "America/New_York", null, null);
      for (var i = 0; i < 50; i++) {
        var from = NOON.plusSeconds(random.nextInt(40_000_000));
        var until = from.plusSeconds(random.nextInt(1_000_000));
        assertThat(ticks.newest(from, until))
            .as("%s from %s to %s", cron, from, until)
            .isEqualTo(lastByWalking(ticks, from, until));
      }
    }
  }

  private static @Nullable Instant lastByWalking(TriggerTicks ticks, Instant from, Instant until) {
    Instant last = null;
    for (var tick = ticks.next(from);
        tick != null && !tick.isAfter(until);
        tick = ticks.next(tick)) {
      last = tick;
    }
    return last;
  }

  @Test
  void aWorkflowHasItsOwnDelayBelowTheLimitEveryTime() {
    var ticks =
        TriggerTicks.of(
            new TimeTrigger(
                TimeTrigger.Type.CRON, "0 0 * * *", null, null, null, null, null, null, "10min"));
    var limit = Duration.ofMinutes(10).toMillis();
    var delays =
        java.util.stream.IntStream.range(0, 1_000)
            .mapToObj(i -> ticks.delayMillis("workflow-" + i))
            .toList();
    assertThat(delays).allMatch(delay -> delay >= 0 && delay < limit);
    assertThat(delays.stream().distinct().count()).isGreaterThan(900);
    assertThat(ticks.delayMillis("workflow-7")).isEqualTo(delays.get(7));
  }

  @Test
  void requestIdsTellWorkflowTriggerAndTickApartAndNothingElse() {
    var ticks = cron("0 0 * * *", null, null, null);
    var id = ticks.requestId("w", 1, NOON);
    assertThat(cron("0 0 * * *", null, null, null).requestId("w", 1, NOON)).isEqualTo(id);
    assertThat(ticks.requestId("w2", 1, NOON)).isNotEqualTo(id);
    assertThat(ticks.requestId("w", 2, NOON)).isNotEqualTo(id);
    assertThat(ticks.requestId("w", 1, NOON.plusSeconds(1))).isNotEqualTo(id);
    assertThat(cron("0 0 * * *", "Asia/Tokyo", null, null).requestId("w", 1, NOON))
        .isNotEqualTo(id);
    assertThat(cron("0 1 * * *", null, null, null).requestId("w", 1, NOON)).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0 0 * *", "61 * * * *"})
  void whatIsNoCronIsRefused(String cron) {
    assertThatIllegalArgumentException().isThrownBy(() -> cron(cron, null, null, null));
  }

  @Test
  void anEnormousIntervalEndsInsteadOfOverflowing() {
    var ticks = interval("9000000000000000s", "2026-03-10T12:00:00Z", null);
    assertThat(ticks.next(NOON)).isNull();
    assertThat(ticks.next(NOON.minusSeconds(1))).isEqualTo(NOON);
  }

  static TriggerTicks cron(
      String cron, @Nullable String zone, @Nullable String start, @Nullable String end) {
    return TriggerTicks.of(
        new TimeTrigger(TimeTrigger.Type.CRON, cron, null, null, start, end, null, zone, null));
  }

  private static TriggerTicks interval(
      String interval, @Nullable String start, @Nullable String end) {
    return TriggerTicks.of(
        new TimeTrigger(
            TimeTrigger.Type.INTERVAL, null, null, interval, start, end, null, null, null));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}

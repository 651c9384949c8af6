package org.maestro.dsl.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Their offsets of 1970 were others than today's, or had daylight saving, or odd seconds. */
  @ParameterizedTest
  @CsvSource({
    "Europe/London, 2026-12-11T00:00:00Z",
    "Europe/Dublin, 2026-12-11T00:00:00Z",
    "Europe/Lisbon, 2026-12-11T00:00:00Z",
    "Africa/Monrovia, 2026-12-11T00:00:00Z",
    "Asia/Kathmandu, 2026-12-10T18:15:00Z",
    "Asia/Kolkata, 2026-12-10T18:30:00Z",
    "Asia/Pyongyang, 2026-12-10T15:00:00Z",
    "Pacific/Apia, 2026-12-10T11:00:00Z",
    "Pacific/Chatham, 2026-12-10T11:15:00Z",
    "Australia/Lord_Howe, 2026-12-10T13:30:00Z",
    "America/Caracas, 2026-12-10T04:00:00Z",
    "America/Vancouver, 2026-12-10T07:00:00Z",
    "America/Winnipeg, 2026-12-10T05:00:00Z",
    "America/Guyana, 2026-12-10T04:00:00Z",
  })
  void anIntervalOfDaysCountsMidnightsOfTheZonesPresentStandardTime(String zone, String tick) {
    var first = at("2026-12-10T03:30:00Z");
    var day = days("1d", zone).next(first, 20);
    assertThat(day).contains(at(tick));
    for (var i = 1; i < day.size(); i++) {
      assertThat(Duration.between(day.get(i - 1), day.get(i))).isEqualTo(Duration.ofDays(1));
    }
    assertThat(days("12h", zone).next(first, 40)).containsAll(day);
    assertThat(days("90min", zone).next(first, 16 * 20)).containsAll(day.subList(0, 19));
  }

  @Test
  void anIntervalOfDaysFollowsItsZoneToAnotherStandardTime() {
    // Vancouver stays on what was its summer time from 1 November 2026 on.
    assertThat(days("1d", "America/Vancouver").next(at("2026-10-31T08:00:00Z"), 3))
        .containsExactly(
            at("2026-11-01T08:00:00Z"), at("2026-11-02T07:00:00Z"), at("2026-11-03T07:00:00Z"));
  }

  private static TriggerTicks days(String interval, String zone) {
    return TriggerTicks.of(
        new TimeTrigger(
            TimeTrigger.Type.INTERVAL, null, null, interval, null, null, null, zone, null));
  }

  @Test
  void aCronOfFixedHoursKeepsItsTimeOnTheClockUnderNewRules() {
    // Found when Vancouver was to be on -08:00 in winter.
    var daily = cron("0 8 * * *", "America/Vancouver", null, null);
    assertThat(daily.replacing(at("2026-12-15T16:00:00Z"), -8 * 3_600, at("2026-12-14T16:00:00Z")))
        .isEqualTo(at("2026-12-15T15:00:00Z"));
    assertThat(daily.replacing(at("2026-07-15T15:00:00Z"), -7 * 3_600, null))
        .isEqualTo(at("2026-07-15T15:00:00Z"));
    // The other way around: 08:00 has been fired and is not fired again an hour later.
    assertThat(daily.replacing(at("2026-12-15T14:00:00Z"), -6 * 3_600, at("2026-12-14T14:00:00Z")))
        .isEqualTo(at("2026-12-15T15:00:00Z"));
  }

  @Test
  void whatCountsOnWithTimeGoesOnAfterTheLastTickUnderNewRules() {
    var hourly = cron("0 * * * *", "America/Vancouver", null, null);
    assertThat(hourly.replacing(at("2026-12-15T16:00:00Z"), -8 * 3_600, at("2026-12-15T15:00:00Z")))
        .isEqualTo(at("2026-12-15T16:00:00Z"));
    var everyOther = cron("0 */2 * * *", "America/Vancouver", null, null);
    assertThat(
            everyOther.replacing(
                at("2026-12-15T16:00:00Z"), -8 * 3_600, at("2026-12-15T14:00:00Z")))
        .isEqualTo(at("2026-12-15T15:00:00Z"));
  }

  @Test
  void aTimeThatWasToBeSkippedFiresAtItselfUnderRulesThatDontSkipIt() {
    // 02:30 in a gap from 02:00 to 03:00 was to fire at 03:00 -07:00.
    var night = cron("30 2 * * *", "America/Vancouver", null, null);
    assertThat(night.replacing(at("2027-03-14T10:00:00Z"), -7 * 3_600, null))
        .isEqualTo(at("2027-03-14T09:30:00Z"));
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
        IntStream.range(0, 1_000).mapToObj(i -> ticks.delayMillis("workflow-" + i)).toList();
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

  @Test
  void nothingTicksBeyondTheYear9999() {
    var max = Long.toString(Long.MAX_VALUE);
    assertThat(cron("0 0 * * *", null, max, null).next(NOON)).isNull();
    assertThat(cron("0 0 * * *", null, "+1000000000-12-31T23:59:59.999999999Z", null).next(NOON))
        .isNull();
    assertThat(cron("0 0 * * *", null, null, max).next(at("9999-12-29T23:00:00Z"), 5))
        .containsExactly(at("9999-12-30T00:00:00Z"));
  }

  private static TriggerTicks cron(
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

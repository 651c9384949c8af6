package org.maestro.dsl.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** From 2026-01-01 (a Thursday), the first firings in UTC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */20 * * * *          | 2026-01-01T00:20:00Z | 2026-01-01T00:40:00Z | 2026-01-01T01:00:00Z
          30 6 * * 1-5          | 2026-01-01T06:30:00Z | 2026-01-02T06:30:00Z | 2026-01-05T06:30:00Z
          0 0 * * 0             | 2026-01-04T00:00:00Z | 2026-01-11T00:00:00Z | 2026-01-18T00:00:00Z
          0 0 * * 7             | 2026-01-04T00:00:00Z | 2026-01-11T00:00:00Z | 2026-01-18T00:00:00Z
          0 0 * * 5-7           | 2026-01-02T00:00:00Z | 2026-01-03T00:00:00Z | 2026-01-04T00:00:00Z
          0 0 * * SAT           | 2026-01-03T00:00:00Z | 2026-01-10T00:00:00Z | 2026-01-17T00:00:00Z
          0 0 13 * 5            | 2026-01-02T00:00:00Z | 2026-01-09T00:00:00Z | 2026-01-13T00:00:00Z
          0 0 */5 * 5           | 2026-01-16T00:00:00Z | 2026-02-06T00:00:00Z | 2026-03-06T00:00:00Z
          0 9 29 2 *            | 2028-02-29T09:00:00Z | 2032-02-29T09:00:00Z | 2036-02-29T09:00:00Z
          0 0 31 * *            | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z | 2026-05-31T00:00:00Z
          5,50 8-9 1 JAN,jul *  | 2026-01-01T08:05:00Z | 2026-01-01T08:50:00Z | 2026-01-01T09:05:00Z
          0 0 12 1/1 * ? *      | 2026-01-01T12:00:00Z | 2026-01-02T12:00:00Z | 2026-01-03T12:00:00Z
          15 0 12 ? * MON       | 2026-01-05T12:00:15Z | 2026-01-12T12:00:15Z | 2026-01-19T12:00:15Z
          0 0 12 ? * SAT-MON    | 2026-01-03T12:00:00Z | 2026-01-04T12:00:00Z | 2026-01-05T12:00:00Z
          0 0 22-1 1 * ?        | 2026-01-01T01:00:00Z | 2026-01-01T22:00:00Z | 2026-01-01T23:00:00Z
          0 0 12 L * ?          | 2026-01-31T12:00:00Z | 2026-02-28T12:00:00Z | 2026-03-31T12:00:00Z
          0 0 12 L-2 * ?        | 2026-01-29T12:00:00Z | 2026-02-26T12:00:00Z | 2026-03-29T12:00:00Z
          0 0 12 LW * ?         | 2026-01-30T12:00:00Z | 2026-02-27T12:00:00Z | 2026-03-31T12:00:00Z
          0 0 12 1W * ?         | 2026-01-01T12:00:00Z | 2026-02-02T12:00:00Z | 2026-03-02T12:00:00Z
          0 0 12 15W * ?        | 2026-01-15T12:00:00Z | 2026-02-16T12:00:00Z | 2026-03-16T12:00:00Z
          0 0 12 ? * 6L         | 2026-01-30T12:00:00Z | 2026-02-27T12:00:00Z | 2026-03-27T12:00:00Z
          0 0 12 ? * L          | 2026-01-03T12:00:00Z | 2026-01-10T12:00:00Z | 2026-01-17T12:00:00Z
          0 0 12 ? * 2#2        | 2026-01-12T12:00:00Z | 2026-02-09T12:00:00Z | 2026-03-09T12:00:00Z
          0 0 12 ? * MON#5      | 2026-03-30T12:00:00Z | 2026-06-29T12:00:00Z | 2026-08-31T12:00:00Z
          0 0 12 1 1 ? 2030/4   | 2030-01-01T12:00:00Z | 2034-01-01T12:00:00Z | 2038-01-01T12:00:00Z
          """)
  void firesWhenItsFieldsSay(String cron, Instant first, Instant second, Instant third) {
    assertThat(firings(cron, ZoneOffset.UTC, "2026-01-01T00:00:00Z", 3))
        .containsExactly(first, second, third);
  }

  @Test
  void fixedHoursFireOncePerDayWhenTheClockIsPutForward() {
    assertThat(firings("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
        .as("02:30 doesn't exist on the 29th, the gap ends at 03:00")
        .containsExactly(at("2026-03-29T01:00:00Z"), at("2026-03-30T00:30:00Z"));
    assertThat(firings("*/10 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
        .as("six times that don't exist fire together")
        .containsExactly(at("2026-03-29T01:00:00Z"), at("2026-03-30T00:00:00Z"));
    assertThat(firings("0 2,3 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
        .as("03:00 and the end of the gap are the same instant")
        .containsExactly(at("2026-03-29T01:00:00Z"), at("2026-03-30T00:00:00Z"));
  }

  @Test
  void fixedHoursFireOncePerDayWhenTheClockIsPutBack() {
    assertThat(firings("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly(at("2026-10-25T00:30:00Z"), at("2026-10-26T01:30:00Z"));
    assertThat(firings("30 2 * * *", BERLIN, "2026-10-25T01:00:00Z", 1))
        .as("asked within the second pass")
        .containsExactly(at("2026-10-26T01:30:00Z"));
  }

  @Test
  void hourlyOnesKeepTheirPace() {
    assertThat(firings("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 3))
        .containsExactly(
            at("2026-03-29T00:30:00Z"), at("2026-03-29T01:30:00Z"), at("2026-03-29T02:30:00Z"));
    assertThat(firings("30 * * * *", BERLIN, "2026-10-25T00:00:00Z", 3))
        .containsExactly(
            at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"), at("2026-10-25T02:30:00Z"));
  }

  @Test
  void everyFewHoursCatchesUpTheGapAndCountsOnThroughTheOverlap() {
    assertThat(firings("0 */2 * * *", BERLIN, "2026-03-28T23:30:00Z", 2))
        .containsExactly(at("2026-03-29T01:00:00Z"), at("2026-03-29T02:00:00Z"));
    assertThat(firings("0 */2 * * *", BERLIN, "2026-10-24T22:30:00Z", 3))
        .containsExactly(
            at("2026-10-25T00:00:00Z"), at("2026-10-25T01:00:00Z"), at("2026-10-25T03:00:00Z"));
  }

  @Test
  void theEndOfAGapIsFoundFromTheMomentBeforeIt() {
    assertThat(
            CronSchedule.parse("30 2 * * *")
                .next(at("2026-03-29T01:00:00Z").minusMillis(1), BERLIN))
        .isEqualTo(at("2026-03-29T01:00:00Z"));
    assertThat(CronSchedule.parse("30 2 * * *").next(at("2026-03-29T01:00:00Z"), BERLIN))
        .isEqualTo(at("2026-03-30T00:30:00Z"));
  }

  @Test
  void aStepThatNamesOneHourIsADailyTime() {
    var havana = ZoneId.of("America/Havana");
    assertThat(firings("0 0-1/2 * * *", havana, "2025-11-01T12:00:00Z", 2))
        .as("midnight comes twice on the 2nd")
        .containsExactly(at("2025-11-02T04:00:00Z"), at("2025-11-03T05:00:00Z"));
  }

  @Test
  void midnightThatDoesNotExistFiresAtTheFirstInstantOfTheDay() {
    assertThat(firings("0 0 * * *", ZoneId.of("America/Santiago"), "2026-09-05T12:00:00Z", 1))
        .containsExactly(at("2026-09-06T04:00:00Z"));
  }

  @Test
  void aCronOfPastYearsNeverFiresAgain() {
    assertThat(CronSchedule.parse("0 0 12 1 1 ? 2020").next(at("2026-01-01T00:00:00Z"), BERLIN))
        .isNull();
    assertThat(CronSchedule.parse("0 0 30 2 *").next(at("2026-01-01T00:00:00Z"), BERLIN)).isNull();
    assertThat(CronSchedule.parse("0 0 30 2 *").firesEver()).isFalse();
    assertThat(CronSchedule.parse("0 0 29 2 *").firesEver()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */2 * * * *            | 120
          */7 * * * *            | 240
          */59 * * * *           | 60
          0,59 0,23 * * *        | 60
          0,59 0,23 5 * *        | 3540
          0 0,1 * * *            | 3600
          0 0 0/12 * * ?         | 43200
          1,2 0 0 * * ?          | 1
          """)
  void knowsItsNearestFirings(String cron, int seconds) {
    var nearest = CronSchedule.parse(cron).nearestNeighbours();
    assertThat(nearest).isNotNull();
    assertThat(nearest.seconds()).isEqualTo(seconds);
  }

  @Test
  void oneTimeOfDayOnSingleDaysHasNoNeighbours() {
    assertThat(CronSchedule.parse("0 0 1 * *").nearestNeighbours()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "x * * * *",
        "0 0 L * *",
        "*/0 * * * *",
        "0 0 12 * * *",
        "0 0 12 32 * ?",
        "0 0 12 ? * 8",
        "0 0 12 W * ?",
        "5-1 * * * *"
      })
  void anythingElseIsRefusedWithAReason(String cron) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CronSchedule.parse(cron))
        .withMessageContaining("expected a");
  }

  static List<Instant> firings(String cron, ZoneId zone, String after, int count) {
    var schedule = CronSchedule.parse(cron);
    var found = new ArrayList<Instant>();
    for (var next = schedule.next(at(after), zone);
        next != null && found.size() < count;
        next = schedule.next(next, zone)) {
      found.add(next);
    }
    return found;
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}

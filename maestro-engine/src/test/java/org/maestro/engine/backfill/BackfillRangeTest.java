package org.maestro.engine.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.engine.backfill.BackfillRange.Value;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunJson;

class BackfillRangeTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> texts(BackfillRange range) {
    return range.expand().stream().map(Value::text).toList();
  }

  private static BackfillRange.Days days(String from, String to, long step) {
    return new BackfillRange.Days(LocalDate.parse(from), LocalDate.parse(to), step, UTC);
  }

  @Test
  void aRangeOfDaysHasBothItsEnds() {
    var year = texts(days("2021-01-01", "2022-01-01", 1));
    assertThat(year).hasSize(366).startsWith("20210101", "20210102").endsWith("20220101");
    assertThat(texts(days("2021-01-30", "2021-02-06", 7))).containsExactly("20210130", "20210206");
    assertThat(texts(days("2021-01-30", "2021-01-30", 1))).containsExactly("20210130");
  }

  @Test
  void aDayIsTheTimeAtWhichItBeginsInItsZone() {
    var day = new BackfillRange.Days(LocalDate.of(2021, 7, 1), LocalDate.of(2021, 7, 1), 1, BERLIN);
    assertThat(day.expand())
        .containsExactly(
            new Value("20210701", Instant.parse("2021-06-30T22:00:00Z").toEpochMilli()));
  }

  @Test
  void anHourThatTheClockShowsTwiceIsTwoValues() {
    var night =
        new BackfillRange.Hours(
            LocalDateTime.parse("2021-10-31T01:00"),
            LocalDateTime.parse("2021-10-31T04:00"),
            1,
            BERLIN);
    assertThat(texts(night))
        .containsExactly("2021103101", "2021103102", "2021103102", "2021103103", "2021103104");
    assertThat(night.expand().stream().map(Value::identity)).doesNotHaveDuplicates();
  }

  @Test
  void aCronGivesTheTimesAtWhichItFires() {
    var workdays =
        new BackfillRange.Cron(
            "30 6 * * 1-5",
            LocalDateTime.parse("2021-01-01T00:00"),
            LocalDateTime.parse("2021-01-05T23:59:59"),
            UTC);
    assertThat(texts(workdays))
        .containsExactly("2021-01-01T06:30", "2021-01-04T06:30", "2021-01-05T06:30");
  }

  @Test
  void aCronThatFiresAtTheEndsOfItsRangeFiresThere() {
    var daily =
        new BackfillRange.Cron(
            "0 0 * * *",
            LocalDateTime.parse("2021-01-01T00:00"),
            LocalDateTime.parse("2021-01-02T00:00"),
            UTC);
    assertThat(texts(daily)).containsExactly("2021-01-01T00:00", "2021-01-02T00:00");
  }

  @Test
  void rangesWithTooManyValuesOrNoneAreRefused() {
    assertThatThrownBy(() -> days("1000-01-01", "2021-01-01", 1).expand())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100,000");
    assertThatThrownBy(() -> new BackfillRange.Listed(List.of()).expand())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newestFirstTurnsTheOrderAroundAndSkippedValuesAreLeftOut() {
    var spec =
        new BackfillSpec(
            "active",
            days("2021-01-01", "2021-01-05", 1),
            "date",
            BackfillSpec.Order.NEWEST_FIRST,
            1,
            java.util.Map.of(),
            IndexSet.range(1, 3));
    assertThat(spec.values().stream().map(Value::text))
        .containsExactly("20210105", "20210104", "20210101");
  }

  @Test
  void everyKindOfRangeIsReadAsItWasWritten() {
    var json = new RunJson();
    var at = LocalDateTime.parse("2021-01-01T06:00");
    for (var range :
        List.of(
            days("2021-01-01", "2021-01-05", 2),
            new BackfillRange.Hours(at, at.plusDays(1), 3, BERLIN),
            new BackfillRange.Cron("0 6 * * *", at, at.plusDays(1), BERLIN),
            new BackfillRange.Listed(List.of("a", "b")))) {
      assertThat(json.read(json.write(range), BackfillRange.class)).isEqualTo(range);
    }
  }
}

package org.maestro.engine.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.engine.backfill.RangeValues.Value;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunJson;
import org.maestro.model.backfill.BackfillOrder;
import org.maestro.model.backfill.BackfillRange;

class RangeValuesTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static List<String> texts(BackfillRange range) {
    return RangeValues.of(range).stream().map(Value::text).toList();
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
    assertThat(RangeValues.of(day))
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
    assertThat(RangeValues.of(night).stream().map(Value::identity)).doesNotHaveDuplicates();
  }

  private static BackfillRange.Hours hours(String from, String to, ZoneId zone) {
    return new BackfillRange.Hours(LocalDateTime.parse(from), LocalDateTime.parse(to), 1, zone);
  }

  @Test
  void aDayThatItsZoneNeverHadIsNoValue() {
    var apia =
        new BackfillRange.Days(
            LocalDate.of(2011, 12, 29), LocalDate.of(2012, 1, 1), 1, ZoneId.of("Pacific/Apia"));
    assertThat(texts(apia)).containsExactly("20111229", "20111231", "20120101");
    assertThat(texts(hours("2011-12-29T23:00", "2011-12-31T00:00", ZoneId.of("Pacific/Apia"))))
        .containsExactly("2011122923", "2011123100");
  }

  @Test
  void aDayWithoutMidnightIsAValueThatBeginsLater() {
    var beirut =
        new BackfillRange.Days(
            LocalDate.of(2026, 3, 28), LocalDate.of(2026, 3, 30), 1, ZoneId.of("Asia/Beirut"));
    assertThat(texts(beirut)).containsExactly("20260328", "20260329", "20260330");
    assertThat(RangeValues.of(beirut).get(1).at())
        .isEqualTo(Instant.parse("2026-03-28T22:00:00Z").toEpochMilli());
  }

  @Test
  void anHourThatTheClockSkipsIsNoValueAtEitherEnd() {
    assertThat(texts(hours("2021-03-28T01:00", "2021-03-28T02:00", BERLIN)))
        .containsExactly("2021032801");
    assertThat(texts(hours("2021-03-28T02:00", "2021-03-28T04:00", BERLIN)))
        .containsExactly("2021032803", "2021032804");
    assertThatThrownBy(() -> RangeValues.of(hours("2021-03-28T02:00", "2021-03-28T02:00", BERLIN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anHourThatComesTwiceDoesSoAtTheEndsOfARange() {
    assertThat(RangeValues.of(hours("2021-10-31T02:00", "2021-10-31T02:00", BERLIN)))
        .extracting(Value::at)
        .containsExactly(
            Instant.parse("2021-10-31T00:00:00Z").toEpochMilli(),
            Instant.parse("2021-10-31T01:00:00Z").toEpochMilli());
  }

  @Test
  void hoursStayWholeWhereTheClockChangesByHalfAnHour() {
    var lordHowe = ZoneId.of("Australia/Lord_Howe");
    assertThat(RangeValues.of(hours("2026-04-05T00:00", "2026-04-05T03:00", lordHowe)))
        .extracting(Value::at)
        .containsExactly(
            Instant.parse("2026-04-04T13:00:00Z").toEpochMilli(),
            Instant.parse("2026-04-04T14:00:00Z").toEpochMilli(),
            Instant.parse("2026-04-04T15:30:00Z").toEpochMilli(),
            Instant.parse("2026-04-04T16:30:00Z").toEpochMilli());
    assertThat(texts(hours("2026-10-04T01:00", "2026-10-04T03:00", lordHowe)))
        .containsExactly("2026100401", "2026100402", "2026100403");
  }

  @Test
  void aCronFiresAtTheEndsOfARangeThatTheClockSkipsOrShowsTwice() {
    var skipped = LocalDateTime.parse("2021-03-28T02:30");
    assertThat(RangeValues.of(new BackfillRange.Cron("30 2 * * *", skipped, skipped, BERLIN)))
        .extracting(Value::at)
        .containsExactly(Instant.parse("2021-03-28T01:00:00Z").toEpochMilli());
    var twice = LocalDateTime.parse("2021-10-31T02:30");
    assertThat(RangeValues.of(new BackfillRange.Cron("30 * * * *", twice, twice, BERLIN)))
        .extracting(Value::at)
        .containsExactly(
            Instant.parse("2021-10-31T00:30:00Z").toEpochMilli(),
            Instant.parse("2021-10-31T01:30:00Z").toEpochMilli());
  }

  @Test
  void ofAnHourThatComesTwiceOnlyTheOneThatRanIsSkipped() {
    var night = hours("2021-10-31T02:00", "2021-10-31T02:00", BERLIN);
    var second = new BackfillHistory.Positions(night);
    second.see(Instant.parse("2021-10-31T01:20:00Z").toEpochMilli(), true);
    assertThat(second.succeeded()).isEqualTo(IndexSet.range(1, 2));
    var first = new BackfillHistory.Positions(night);
    first.see(Instant.parse("2021-10-31T00:00:00Z").toEpochMilli(), false);
    assertThat(first.started()).isEqualTo(IndexSet.range(0, 1));
    assertThat(first.succeeded().isEmpty()).isTrue();
    var text = new BackfillHistory.Positions(night);
    text.see("2021103102", true);
    assertThat(text.succeeded().size()).isEqualTo(1);
    text.see("2021103102", true);
    assertThat(text.succeeded().size()).isEqualTo(2);
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
    assertThatThrownBy(() -> RangeValues.of(days("1000-01-01", "2021-01-01", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100,000");
    assertThatThrownBy(() -> RangeValues.of(new BackfillRange.Listed(List.of())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void newestFirstTurnsTheOrderAroundAndSkippedValuesAreLeftOut() {
    var spec =
        new BackfillSpec(
            "active",
            days("2021-01-01", "2021-01-05", 1),
            "date",
            BackfillOrder.NEWEST_FIRST,
            1,
            Map.of(),
            IndexSet.range(1, 3),
            null);
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

package org.maestro.dsl.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.text.ParseException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/** What the table in docs/time-triggers.md and the warnings say of other tools, asked of them. */
class CronDialectsTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** The first date on which each fires; none where it refuses the cron. */
  @ParameterizedTest
  @CsvSource({
    // cron, with seconds for Quartz, ours, Quartz, Spring, cron-utils
    "0 0 13 * 5,    0 0 0 13 * 5,  2026-01-02, none,       2026-02-13, 2026-01-02",
    "0 0 */2 * 1,   0 0 0 */2 * 1, 2026-01-05, none,       2026-01-05, 2026-01-03",
    "0 0 * * 1,     0 0 0 ? * 1,   2026-01-05, 2026-01-04, 2026-01-05, 2026-01-05",
    "0 0 * * 7,     0 0 0 ? * 7,   2026-01-04, 2026-01-03, 2026-01-04, 2026-01-04",
    "0 0 * * */2,   0 0 0 ? * */2, 2026-01-03, 2026-01-03, 2026-01-02, 2026-01-03",
    "0 0 * * MON,   0 0 0 ? * MON, 2026-01-05, 2026-01-05, 2026-01-05, 2026-01-05",
    "0 0 L * *,     0 0 0 L * ?,   none,       2026-01-31, 2026-01-31, none",
    "*/90 * * * *,  0 */90 * * * ?, none,      none,       2026-01-01, none",
    "0 22-2 * * *,  0 0 22-2 * * ?, none,      2026-01-01, none,       none",
    "0 0 12 ? * 1,  0 0 12 ? * 1,  2026-01-04, 2026-01-04, 2026-01-05, none",
    "0 0 12 ? * 6L, 0 0 12 ? * 6L, 2026-01-30, 2026-01-30, 2026-01-31, none",
    "0 0 12 ? * L,  0 0 12 ? * L,  2026-01-03, 2026-01-03, none,       none",
  })
  void toolsReadACronAsTheTableSays(
      String cron, String withSeconds, String ours, String quartz, String spring, String utils) {
    var withSecond = cron.split(" ").length == 5 ? "0 " + cron : cron;
    assertThat(date(ours(cron, ZoneOffset.UTC, NEW_YEAR))).isEqualTo(ours);
    assertThat(date(quartz(withSeconds, ZoneOffset.UTC, NEW_YEAR))).isEqualTo(quartz);
    assertThat(date(spring(withSecond, ZoneOffset.UTC, NEW_YEAR))).isEqualTo(spring);
    assertThat(date(cronUtils(cron, ZoneOffset.UTC, NEW_YEAR))).isEqualTo(utils);
  }

  private static String date(@Nullable Instant at) {
    return at == null ? "none" : LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
  }

  @Test
  void othersLeaveOutWhatTheClockSkips() {
    var before = Instant.parse("2026-03-28T12:00:00Z");
    assertThat(ours("30 2 * * *", BERLIN, before)).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(quartz("0 30 2 * * ?", BERLIN, before)).isEqualTo("2026-03-30T00:30:00Z");
    assertThat(spring("0 30 2 * * *", BERLIN, before)).isEqualTo("2026-03-30T00:30:00Z");
    assertThat(cronUtils("30 2 * * *", BERLIN, before)).isEqualTo("2026-03-30T00:30:00Z");
  }

  @Test
  void ofTwoEqualTimesQuartzTakesTheSecondAndSpringBoth() {
    var before = Instant.parse("2026-10-24T12:00:00Z");
    var first = Instant.parse("2026-10-25T00:30:00Z");
    var second = Instant.parse("2026-10-25T01:30:00Z");
    assertThat(ours("30 2 * * *", BERLIN, before)).isEqualTo(first);
    assertThat(cronUtils("30 2 * * *", BERLIN, before)).isEqualTo(first);
    assertThat(quartz("0 30 2 * * ?", BERLIN, before)).isEqualTo(second);
    assertThat(spring("0 30 2 * * *", BERLIN, before)).isEqualTo(first);
    assertThat(spring("0 30 2 * * *", BERLIN, first)).isEqualTo(second);
  }

  private static @Nullable Instant ours(String cron, ZoneId zone, Instant after) {
    try {
      return CronSchedule.parse(cron).next(after, zone);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable Instant quartz(String cron, ZoneId zone, Instant after) {
    try {
      var expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone(zone));
      return expression.getNextValidTimeAfter(Date.from(after)).toInstant();
    } catch (ParseException _) {
      return null;
    }
  }

  private static @Nullable Instant spring(String cron, ZoneId zone, Instant after) {
    try {
      var next =
          org.springframework.scheduling.support.CronExpression.parse(cron)
              .next(after.atZone(zone));
      return next == null ? null : next.toInstant();
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static @Nullable Instant cronUtils(String cron, ZoneId zone, Instant after) {
    try {
      var unix = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
      return ExecutionTime.forCron(unix.parse(cron))
          .nextExecution(after.atZone(zone))
          .map(ZonedDateTime::toInstant)
          .orElse(null);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 13 * 5       | Spring and APScheduler want both",
        "0 0 */2 * 1      | both must fit",
        "0 0 * * 7        | in Quartz 7 is Saturday",
        "0 0 * * 5-7      | in Quartz 7 is Saturday",
        "0 0 * * 0,6      | in Quartz 7 is Saturday",
        "0 0 * * */2      | counted from Sunday",
        "0 0 12 ? * 1     | 1 is Sunday here",
        "0 0 12 ? * 5#2   | 1 is Sunday here",
        "0 0 12 ? * 2-6   | 1 is Sunday here",
        "0 0 12 ? * L     | L alone is Saturday",
        "0 0 12 15W * ?   | EventBridge begins with the minutes",
        "30 2 * * *       | skips the time between 02:00 and 03:00",
        "0 1,2 * * *      | fires once, at 03:00",
        "30 2 * * 1-5     | twice once a year",
      })
  void whereToolsDisagreeAWarningSaysHow(String cron, String warning) {
    assertThat(CronDialects.warnings(cron, BERLIN))
        .anySatisfy(found -> assertThat(found).contains(warning));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30 6 * * *",
        "30 6 * * 1-5",
        "0 0 1 * *",
        "*/15 * * * *",
        "30 6 * * MON",
        "0 */2 * * *",
        "0 0 6 ? * MON-FRI 2027"
      })
  void whereTheyAgreeThereIsNone(String cron) {
    assertThat(CronDialects.warnings(cron, ZoneOffset.UTC)).isEmpty();
  }

  @Test
  void zonesWithoutMidnightOnceAYearAreWarnedOf() {
    for (var zone : new String[] {"Africa/Cairo", "Asia/Beirut", "America/Santiago"}) {
      assertThat(CronDialects.warnings("0 0 * * *", ZoneId.of(zone)))
          .anySatisfy(
              found -> assertThat(found).contains("skips the time between 00:00 and 01:00"));
    }
    assertThat(CronDialects.warnings("0 0 * * *", BERLIN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cron(0 12 * * ? *)         | \"0 0 12 * * ? *\"",
        "0 12 * * ? *               | \"0 0 12 * * ? *\"",
        "0 9 ? * MON-FRI *          | \"0 0 9 ? * MON-FRI *\"",
        "0/5 8-17 ? * MON-FRI *     | \"0 0/5 8-17 ? * MON-FRI *\"",
        "rate(5 minutes)            | \"interval\": \"5min\"",
        "rate(1 hour)               | \"interval\": \"1h\"",
        "at(2026-01-01T00:00:00)    | start the workflow then",
        "@daily                     | \"expression\": \"@daily\"",
        "@midnight                  | \"expression\": \"@daily\"",
        "@annually                  | \"expression\": \"@yearly\"",
        "@every 90m                 | \"interval\": \"90m\"",
        "@reboot                    | write a time",
        "CRON_TZ=Asia/Tokyo 0 6 * * * | \"timezone\": \"Asia/Tokyo\"",
        "TZ=UTC 0 6 * * *           | \"cron\": \"0 6 * * *\"",
        "0 12 * * ?                 | \"0 12 * * *\"",
        "0 0 L * *                  | \"0 0 0 L * ?\"",
        "0 0 * * 5#2                | \"0 0 0 ? * 5#2\"",
        "H H * * *                  | fuzzy_max_delay",
      })
  void aCronOfAnotherToolIsRefusedWithWhatToWrite(String cron, String instead) {
    assertThatThrownBy(() -> CronSchedule.parse(cron))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(cron)
        .hasMessageContaining(instead);
  }

  @Test
  void whatIsToBeWrittenForACronOfEventBridgeCanBeRead() {
    assertThat(ours("0 0 9 ? * MON-FRI *", ZoneOffset.UTC, NEW_YEAR))
        .isEqualTo("2026-01-01T09:00:00Z");
    assertThat(ours("0 0 12 * * ? *", ZoneOffset.UTC, NEW_YEAR)).isEqualTo("2026-01-01T12:00:00Z");
  }
}

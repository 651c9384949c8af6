package org.maestro.engine.backfill;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.cron.CronSchedule;

/** What a back-fill goes over. Both ends of a range belong to it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BackfillRange.Days.class, name = "days"),
  @JsonSubTypes.Type(value = BackfillRange.Hours.class, name = "hours"),
  @JsonSubTypes.Type(value = BackfillRange.Cron.class, name = "cron"),
  @JsonSubTypes.Type(value = BackfillRange.Listed.class, name = "values"),
})
public sealed interface BackfillRange {
  /** How many values a back-fill has at most. */
  int MOST = 100_000;

  DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
  DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMddHH");

  /**
   * One value.
   *
   * @param text as people read it, and as the run gets it unless its param is of another type
   * @param at the time that it stands for, in epoch milliseconds; null if it stands for none
   */
  record Value(String text, @Nullable Long at) {
    /** Tells it from all others of its back-fill: an hour that the clock shows twice is two. */
    String identity() {
      return at == null ? text : String.valueOf(at);
    }
  }

  /** Every {@code step}th day. */
  record Days(LocalDate from, LocalDate to, long step, ZoneId zone) implements BackfillRange {}

  /** Every {@code step}th hour as time passes, whatever the clock is changed to meanwhile. */
  record Hours(LocalDateTime from, LocalDateTime to, long step, ZoneId zone)
      implements BackfillRange {}

  /** The times at which a cron fires. */
  record Cron(String expression, LocalDateTime from, LocalDateTime to, ZoneId zone)
      implements BackfillRange {}

  /** Values that somebody has written down. */
  record Listed(List<String> values) implements BackfillRange {
    public Listed {
      values = List.copyOf(values);
    }
  }

  /** The zone of its clock; null if it has none. */
  default @Nullable ZoneId clockZone() {
    return switch (this) {
      case Days days -> days.zone();
      case Hours hours -> hours.zone();
      case Cron cron -> cron.zone();
      case Listed _ -> null;
    };
  }

  /** How a value for this time would read; for a list, the milliseconds. */
  default String textOf(long at) {
    return switch (this) {
      case Days days -> DAY.format(Instant.ofEpochMilli(at).atZone(days.zone()));
      case Hours hours -> HOUR.format(Instant.ofEpochMilli(at).atZone(hours.zone()));
      case Cron cron -> Instant.ofEpochMilli(at).atZone(cron.zone()).toLocalDateTime().toString();
      case Listed _ -> String.valueOf(at);
    };
  }

  /**
   * All values, oldest first or as listed.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST}, or none
   */
  default List<Value> expand() {
    var values =
        switch (this) {
          case Days days -> daysOf(days);
          case Hours hours -> hoursOf(hours);
          case Cron cron -> ticksOf(cron);
          case Listed listed ->
              listed.values().stream().map(text -> new Value(text, null)).toList();
        };
    if (values.isEmpty()) {
      throw new IllegalArgumentException("expected a range with at least one value, found none");
    }
    return values;
  }

  private List<Value> daysOf(Days days) {
    var values = new ArrayList<Value>();
    for (var day = days.from(); !day.isAfter(days.to()); day = day.plusDays(days.step())) {
      add(values, day.atStartOfDay(days.zone()).toInstant());
    }
    return values;
  }

  private List<Value> hoursOf(Hours hours) {
    var values = new ArrayList<Value>();
    var to = hours.to().atZone(hours.zone()).toInstant();
    for (var hour = hours.from().atZone(hours.zone());
        !hour.toInstant().isAfter(to);
        hour = hour.plusHours(hours.step())) {
      add(values, hour.toInstant());
    }
    return values;
  }

  private List<Value> ticksOf(Cron cron) {
    var values = new ArrayList<Value>();
    var schedule = CronSchedule.parse(cron.expression());
    var to = cron.to().atZone(cron.zone()).toInstant();
    var before = cron.from().atZone(cron.zone()).toInstant().minusMillis(1);
    for (var tick = schedule.next(before, cron.zone());
        tick != null && !tick.isAfter(to);
        tick = schedule.next(tick, cron.zone())) {
      add(values, tick);
    }
    return values;
  }

  private void add(List<Value> values, Instant at) {
    if (values.size() == MOST) {
      throw new IllegalArgumentException(
          "expected a range of at most %,d values, found more".formatted(MOST));
    }
    values.add(new Value(textOf(at.toEpochMilli()), at.toEpochMilli()));
  }
}

package org.maestro.engine.backfill;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
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

  /** How many hours a range spans at most, whatever its step. */
  int LONGEST_HOURS = 2_000_000;

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

  /**
   * Every {@code step}th hour that its clock shows, as time passes: one that it shows twice is two,
   * one that it skips is none.
   */
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

  /** The days that its zone has had: Samoa had no 30 December 2011. */
  private List<Value> daysOf(Days days) {
    var values = new ArrayList<Value>();
    for (var day = days.from(); !day.isAfter(days.to()); day = day.plusDays(days.step())) {
      var begin = day.atStartOfDay(days.zone());
      if (begin.toLocalDate().equals(day)) {
        add(values, begin.toInstant());
      }
    }
    return values;
  }

  private List<Value> hoursOf(Hours hours) {
    if (ChronoUnit.HOURS.between(hours.from(), hours.to()) > LONGEST_HOURS) {
      throw new IllegalArgumentException(
          "expected a range of at most %,d hours, found more".formatted(LONGEST_HOURS));
    }
    var begins = new ArrayList<Instant>();
    for (var hour = hours.from(); !hour.isAfter(hours.to()); hour = hour.plusHours(1)) {
      begins.addAll(beginsOf(hour, hours.zone().getRules()));
    }
    // Where the clock goes back by more than an hour, some hours come again after others.
    Collections.sort(begins);
    var values = new ArrayList<Value>();
    for (var i = 0L; i < begins.size(); i += hours.step()) {
      add(values, begins.get((int) i));
    }
    return values;
  }

  /** When an hour of the clock begins: once, twice, or never. */
  private static List<Instant> beginsOf(LocalDateTime hour, ZoneRules rules) {
    var offsets = rules.getValidOffsets(hour);
    if (!offsets.isEmpty()) {
      return offsets.stream().map(hour::toInstant).toList();
    }
    // In a gap: what is left of the hour, if any, begins at its end.
    var gap = rules.getTransition(hour);
    return gap.getDateTimeAfter().isBefore(hour.plusHours(1))
        ? List.of(gap.getInstant())
        : List.of();
  }

  private List<Value> ticksOf(Cron cron) {
    var values = new ArrayList<Value>();
    var schedule = CronSchedule.parse(cron.expression());
    var to = momentOf(cron.to(), cron.zone(), true);
    var before = momentOf(cron.from(), cron.zone(), false).minusMillis(1);
    for (var tick = schedule.next(before, cron.zone());
        tick != null && !tick.isAfter(to);
        tick = schedule.next(tick, cron.zone())) {
      add(values, tick);
    }
    return values;
  }

  /**
   * When the clock shows a time. One that it skips is the end of the gap, which is when a cron
   * fires that names it; of a time that it shows twice, the one that makes the range longer.
   */
  private static Instant momentOf(LocalDateTime time, ZoneId zone, boolean last) {
    var offsets = zone.getRules().getValidOffsets(time);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(time).getInstant()
        : time.toInstant(last ? offsets.getLast() : offsets.getFirst());
  }

  private void add(List<Value> values, Instant at) {
    if (values.size() == MOST) {
      throw new IllegalArgumentException(
          "expected a range of at most %,d values, found more".formatted(MOST));
    }
    values.add(new Value(textOf(at.toEpochMilli()), at.toEpochMilli()));
  }
}

package org.maestro.engine.backfill;

import java.time.Instant;
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
import org.maestro.model.backfill.BackfillRange;
import org.maestro.model.backfill.BackfillRange.Cron;
import org.maestro.model.backfill.BackfillRange.Days;
import org.maestro.model.backfill.BackfillRange.Hours;
import org.maestro.model.backfill.BackfillRange.Listed;
import org.maestro.model.document.Limit;

/** The values of a range, as its clock has them. Pure. */
final class RangeValues {
  /** How many values a back-fill has at most. */
  @Limit("runs of a back-fill")
  static final int MOST = 100_000;

  /** How many hours a range spans at most, whatever its step. */
  private static final int LONGEST_HOURS = 2_000_000;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMddHH");

  private RangeValues() {}

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

  /** The zone of its clock; null if it has none. */
  static @Nullable ZoneId clockZone(BackfillRange range) {
    return switch (range) {
      case Days days -> days.zone();
      case Hours hours -> hours.zone();
      case Cron cron -> cron.zone();
      case Listed _ -> null;
    };
  }

  /** How a value for this time would read; for a list, the milliseconds. */
  static String textOf(BackfillRange range, long at) {
    return switch (range) {
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
  static List<Value> of(BackfillRange range) {
    var values =
        switch (range) {
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
  private static List<Value> daysOf(Days days) {
    var values = new ArrayList<Value>();
    for (var day = days.from(); !day.isAfter(days.to()); day = day.plusDays(days.step())) {
      var begin = day.atStartOfDay(days.zone());
      if (begin.toLocalDate().equals(day)) {
        add(values, days, begin.toInstant());
      }
    }
    return values;
  }

  private static List<Value> hoursOf(Hours hours) {
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
      add(values, hours, begins.get((int) i));
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

  private static List<Value> ticksOf(Cron cron) {
    var values = new ArrayList<Value>();
    var schedule = CronSchedule.parse(cron.expression());
    var to = momentOf(cron.to(), cron.zone(), true);
    var before = momentOf(cron.from(), cron.zone(), false).minusMillis(1);
    for (var tick = schedule.next(before, cron.zone());
        tick != null && !tick.isAfter(to);
        tick = schedule.next(tick, cron.zone())) {
      add(values, cron, tick);
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

  private static void add(List<Value> values, BackfillRange range, Instant at) {
    if (values.size() == MOST) {
      throw new IllegalArgumentException(
          "expected a range of at most %,d values, found more".formatted(MOST));
    }
    values.add(new Value(textOf(range, at.toEpochMilli()), at.toEpochMilli()));
  }
}

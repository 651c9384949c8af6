package org.maestro.scheduler.time;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DurationText;
import org.maestro.dsl.MomentText;
import org.maestro.dsl.cron.CronSchedule;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.TimeTrigger.CatchUp;

/**
 * The logical times of a time trigger. A tick is never before the trigger's start and always before
 * its end. What a workflow's delay adds to a tick is when it fires; the tick itself, which the run
 * gets to see, stays.
 *
 * <p>A CRON or PREDEFINED trigger ticks as {@link CronSchedule} says. An INTERVAL ticks at its
 * start and then whenever exactly the interval has passed, whatever clocks do; without a start it
 * counts from the midnight that began 1970 in its zone. Instances are immutable.
 */
public final class TriggerTicks {
  /** What the ticks follow. */
  private sealed interface Rule {
    record Cron(CronSchedule schedule, ZoneId zone) implements Rule {}

    record Interval(Instant first, long millis) implements Rule {}
  }

  private static final Instant LAST_MOMENT = Instant.parse("9999-12-31T00:00:00Z");

  private final Rule rule;
  private final String text;
  private final ZoneId zone;
  private final Instant start;
  private final Instant end;
  private final CatchUp catchUp;
  private final long maxDelayMillis;

  private TriggerTicks(
      Rule rule,
      String text,
      ZoneId zone,
      Instant start,
      Instant end,
      CatchUp catchUp,
      long maxDelayMillis) {
    this.rule = rule;
    this.text = text;
    this.zone = zone;
    this.start = start;
    this.end = end;
    this.catchUp = catchUp;
    this.maxDelayMillis = maxDelayMillis;
  }

  /**
   * The ticks of a trigger.
   *
   * @throws IllegalArgumentException if the trigger says nothing that ticks; its message is meant
   *     for the author
   */
  public static TriggerTicks of(TimeTrigger trigger) {
    var zone = zone(trigger);
    var start = trigger.start() == null ? null : MomentText.instant(trigger.start(), zone);
    var end = trigger.end() == null ? LAST_MOMENT : MomentText.instant(trigger.end(), zone);
    var delay = trigger.fuzzyMaxDelay() == null ? 0 : DurationText.millis(trigger.fuzzyMaxDelay());
    return new TriggerTicks(
        rule(trigger, zone, start),
        text(trigger),
        zone,
        start == null ? Instant.EPOCH : start,
        end,
        trigger.catchUp() == null ? CatchUp.ALL : trigger.catchUp(),
        delay);
  }

  private static ZoneId zone(TimeTrigger trigger) {
    try {
      return trigger.timezone() == null ? ZoneOffset.UTC : ZoneId.of(trigger.timezone());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected a time zone, found \"" + trigger.timezone() + "\"", e);
    }
  }

  private static Rule rule(TimeTrigger trigger, ZoneId zone, @Nullable Instant start) {
    return switch (trigger.type()) {
      case CRON -> new Rule.Cron(CronSchedule.parse(required(trigger.cron(), "cron")), zone);
      case PREDEFINED ->
          new Rule.Cron(predefined(required(trigger.expression(), "expression")), zone);
      case INTERVAL -> {
        var millis = DurationText.millis(required(trigger.interval(), "interval"));
        if (millis < 1_000) {
          throw new IllegalArgumentException("expected an interval of a second or more");
        }
        yield new Rule.Interval(
            start == null ? LocalDate.EPOCH.atStartOfDay(zone).toInstant() : start, millis);
      }
    };
  }

  private static CronSchedule predefined(String expression) {
    for (var known : CronSchedule.Predefined.values()) {
      if (expression.equalsIgnoreCase("@" + known.name())) {
        return CronSchedule.parse(known.cron());
      }
    }
    throw new IllegalArgumentException(
        "expected an expression such as @daily, found " + expression);
  }

  private static String text(TimeTrigger trigger) {
    return switch (trigger.type()) {
      case CRON -> String.valueOf(trigger.cron());
      case PREDEFINED -> String.valueOf(trigger.expression());
      case INTERVAL -> trigger.interval() + " from " + trigger.start();
    };
  }

  private static String required(@Nullable String value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("expected the field \"" + name + "\"");
    }
    return value;
  }

  /** The first tick after a moment; null if there is none. */
  public @Nullable Instant next(Instant after) {
    var from = after.isBefore(start) ? start.minusMillis(1) : after;
    var next =
        switch (rule) {
          case Rule.Cron cron -> cron.schedule().next(from, cron.zone());
          case Rule.Interval interval -> next(interval, from);
        };
    return next == null || next.isBefore(start) || !next.isBefore(end) ? null : next;
  }

  private static @Nullable Instant next(Rule.Interval interval, Instant after) {
    try {
      var passed = Math.subtractExact(after.toEpochMilli(), interval.first().toEpochMilli());
      var count = passed < 0 ? 0 : passed / interval.millis() + 1;
      return interval.first().plusMillis(Math.multiplyExact(count, interval.millis()));
    } catch (ArithmeticException | DateTimeException _) {
      return null; // beyond all times
    }
  }

  /** The first ticks after a moment, fewer if there are no more. */
  public List<Instant> next(Instant after, int count) {
    var ticks = new ArrayList<Instant>();
    for (var tick = next(after); tick != null && ticks.size() < count; tick = next(tick)) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** The last tick after one moment and not after another; null if there is none. */
  public @Nullable Instant newest(Instant after, Instant until) {
    var newest = next(after);
    if (newest == null || newest.isAfter(until)) {
      return null;
    }
    // Nothing ticks after `empty`; between it and the newest known tick the distance halves.
    var empty = until;
    for (var next = next(newest); next != null && !next.isAfter(until); next = next(newest)) {
      newest = next;
      var middle = newest.plusMillis((empty.toEpochMilli() - newest.toEpochMilli()) / 2);
      var later = next(middle);
      if (later == null || later.isAfter(until)) {
        empty = middle;
      } else {
        newest = later;
      }
    }
    return newest;
  }

  /** How long after its ticks a workflow's trigger fires, in milliseconds: the same every time. */
  public long delayMillis(String workflowId) {
    return maxDelayMillis == 0 ? 0 : Math.floorMod(hash("delay:" + workflowId), maxDelayMillis);
  }

  private static long hash(String text) {
    var id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
  }

  /**
   * The id of the request of a tick. It depends on what the trigger says, not on the version that
   * says it: when a version with the same trigger takes over at the very moment, a tick that both
   * ask for starts one instance. The same trigger written twice starts one instance, too.
   */
  public String requestId(String workflowId, long internalId, Instant tick) {
    var name =
        String.join(
            "\n",
            workflowId,
            Long.toString(internalId),
            text,
            zone.getId(),
            Long.toString(tick.getEpochSecond()));
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  public CatchUp catchUp() {
    return catchUp;
  }

  public ZoneId zone() {
    return zone;
  }
}

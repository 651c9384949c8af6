package org.maestro.dsl.time;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
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
import org.maestro.zones.Zones;

/**
 * The logical times of a time trigger. A tick is never before the trigger's start and always before
 * its end. What a workflow's delay adds to a tick is when it fires; the tick itself, which the run
 * gets to see, stays.
 *
 * <p>A CRON or PREDEFINED trigger ticks as {@link CronSchedule} says. An INTERVAL ticks at its
 * start and then whenever exactly the interval has passed, whatever clocks do; without a start it
 * counts from the midnight that began 1970 on a clock of the zone's present standard time, so that
 * days begin at midnight when no daylight saving is on. Instances are immutable.
 */
public final class TriggerTicks {
  /** What the ticks follow. */
  private sealed interface Rule {
    record Cron(CronSchedule schedule, ZoneId zone) implements Rule {}

    /** {@code first} is null for one that counts midnights of its zone's standard time. */
    record Interval(@Nullable Instant first, long millis, ZoneId zone) implements Rule {}
  }

  /** Nothing ticks from here on, so that no arithmetic on ticks overflows. */
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
        end.isAfter(LAST_MOMENT) ? LAST_MOMENT : end,
        trigger.catchUp() == null ? CatchUp.ALL : trigger.catchUp(),
        delay);
  }

  private static ZoneId zone(TimeTrigger trigger) {
    return trigger.timezone() == null ? ZoneOffset.UTC : Zones.of(trigger.timezone());
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
        yield new Rule.Interval(start, millis, zone);
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
    if (!start.isBefore(end) || !after.isBefore(end)) {
      return null;
    }
    var from = after.isBefore(start) ? start.minusMillis(1) : after;
    var next =
        switch (rule) {
          case Rule.Cron cron -> cron.schedule().next(from, cron.zone());
          case Rule.Interval interval -> next(interval, from);
        };
    return next == null || next.isBefore(start) || !next.isBefore(end) ? null : next;
  }

  private static @Nullable Instant next(Rule.Interval interval, Instant after) {
    if (interval.first() != null) {
      return next(interval.first(), interval.millis(), after);
    }
    var next = next(midnight(interval, after), interval.millis(), after);
    // The zone's standard time may change in between: then midnight is another moment.
    return next == null || midnight(interval, next).equals(midnight(interval, after))
        ? next
        : next(midnight(interval, next), interval.millis(), after);
  }

  private static Instant midnight(Rule.Interval interval, Instant at) {
    return LocalDate.EPOCH
        .atStartOfDay()
        .toInstant(interval.zone().getRules().getStandardOffset(at));
  }

  private static @Nullable Instant next(Instant first, long millis, Instant after) {
    try {
      var passed = Math.subtractExact(after.toEpochMilli(), first.toEpochMilli());
      var count = passed < 0 ? 0 : passed / millis + 1;
      return first.plusMillis(Math.multiplyExact(count, millis));
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

  /**
   * The tick that takes the place of one that was found with other zone rules. Nothing fires twice
   * for that, and nothing not at all: a cron of fixed hours goes on with the time on the clock that
   * it waits for, whatever moment that is now; what counts on with the time that passes goes on
   * after the last tick that was fired.
   *
   * @param tick the one that was found
   * @param offset what those rules said of it, in seconds east of UTC
   * @param fired the last one that was fired; null if none was
   * @return it may be in the past; null if there are no more
   */
  public @Nullable Instant replacing(Instant tick, long offset, @Nullable Instant fired) {
    if (offset == offset(tick) && tick.equals(next(tick.minusMillis(1)))) {
      return tick;
    }
    if (fired != null && !isOfFixedHours()) {
      return next(fired);
    }
    var shown =
        LocalDateTime.ofEpochSecond(
            tick.getEpochSecond(), 0, ZoneOffset.ofTotalSeconds(Math.toIntExact(offset)));
    var waitedFor = rule instanceof Rule.Cron cron ? cron.schedule().lastNamed(shown) : shown;
    var again = next(firstMoment(waitedFor == null ? shown : waitedFor).minusMillis(1));
    return again != null && fired != null && !again.isAfter(fired) ? next(fired) : again;
  }

  private boolean isOfFixedHours() {
    return rule instanceof Rule.Cron cron && !cron.schedule().countsOn();
  }

  /** When the clock first shows a time; the end of the gap for one that it skips. */
  private Instant firstMoment(LocalDateTime time) {
    var offsets = zone.getRules().getValidOffsets(time);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(time).getInstant()
        : time.toInstant(offsets.getFirst());
  }

  /** What the zone's clock is at a moment, in seconds east of UTC. */
  public long offset(Instant at) {
    return zone.getRules().getOffset(at).getTotalSeconds();
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

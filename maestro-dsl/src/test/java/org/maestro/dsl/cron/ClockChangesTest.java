package org.maestro.dsl.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Crons against a slow oracle that walks minute by minute around every change of the clock of every
 * zone from 2020 to 2035. Zones with the same rules are walked once.
 */
class ClockChangesTest {
  private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
  private static final Instant TO = Instant.parse("2036-01-01T00:00:00Z");
  private static final Duration AROUND = Duration.ofHours(4);

  /** What the policy says of a cron, decided by hand. */
  private enum Gap {
    FIRES_AT_ITS_END,
    IS_SKIPPED
  }

  private enum Overlap {
    FIRST_PASS,
    BOTH_PASSES
  }

  private record Shape(String cron, Predicate<LocalDateTime> matches, Gap gap, Overlap overlap) {}

  private static final List<Shape> SHAPES =
      List.of(
          new Shape(
              "30 2 * * *",
              time -> time.getHour() == 2 && time.getMinute() == 30,
              Gap.FIRES_AT_ITS_END,
              Overlap.FIRST_PASS),
          new Shape(
              "0 0 * * *",
              time -> time.getHour() == 0 && time.getMinute() == 0,
              Gap.FIRES_AT_ITS_END,
              Overlap.FIRST_PASS),
          new Shape(
              "*/20 0-3 * * *",
              time -> time.getHour() <= 3 && time.getMinute() % 20 == 0,
              Gap.FIRES_AT_ITS_END,
              Overlap.FIRST_PASS),
          new Shape(
              "0 * * * *", time -> time.getMinute() == 0, Gap.IS_SKIPPED, Overlap.BOTH_PASSES),
          new Shape(
              "*/15 * * * *",
              time -> time.getMinute() % 15 == 0,
              Gap.IS_SKIPPED,
              Overlap.BOTH_PASSES),
          new Shape(
              "10,50 0-23 * * *",
              time -> time.getMinute() == 10 || time.getMinute() == 50,
              Gap.IS_SKIPPED,
              Overlap.BOTH_PASSES),
          new Shape(
              "15 */2 * * *",
              time -> time.getHour() % 2 == 0 && time.getMinute() == 15,
              Gap.FIRES_AT_ITS_END,
              Overlap.BOTH_PASSES));

  @Test
  void everyZoneFiresAsThePolicySays() {
    var rules = new TreeMap<String, ZoneId>();
    ZoneId.getAvailableZoneIds().stream()
        .sorted()
        .map(ZoneId::of)
        .forEach(zone -> {
          if (rules.values().stream()
              .noneMatch(known -> known.getRules().equals(zone.getRules()))) {
            rules.put(zone.getId(), zone);
          }
        });
    var gaps = 0;
    var overlaps = 0;
    for (var zone : rules.values()) {
      for (var change = zone.getRules().nextTransition(FROM);
          change != null && change.getInstant().isBefore(TO);
          change = zone.getRules().nextTransition(change.getInstant())) {
        for (var shape : SHAPES) {
          checkAround(change, shape, zone);
        }
        checkAround(change, insideOf(change), zone);
        gaps += change.isGap() ? 1 : 0;
        overlaps += change.isOverlap() ? 1 : 0;
      }
    }
    assertThat(gaps).isGreaterThan(500);
    assertThat(overlaps).isGreaterThan(500);
  }

  /** A fixed time in the middle of what doesn't exist or comes twice. */
  private static Shape insideOf(ZoneOffsetTransition change) {
    var first = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
    var time = first.plus(change.getDuration().abs().dividedBy(2));
    return new Shape(
        time.getMinute() + " " + time.getHour() + " * * *",
        other -> other.getHour() == time.getHour() && other.getMinute() == time.getMinute(),
        Gap.FIRES_AT_ITS_END,
        Overlap.FIRST_PASS);
  }

  private static void checkAround(ZoneOffsetTransition change, Shape shape, ZoneId zone) {
    var from = change.getInstant().minus(AROUND);
    var to = change.getInstant().plus(AROUND);
    assertThat(firings(CronSchedule.parse(shape.cron()), zone, from, to))
        .as("%s in %s around %s", shape.cron(), zone, change)
        .isEqualTo(oracle(shape, zone.getRules(), from, to));
  }

  private static List<Instant> firings(CronSchedule cron, ZoneId zone, Instant from, Instant to) {
    var firings = new ArrayList<Instant>();
    for (var next = cron.next(from, zone);
        next != null && next.isBefore(to);
        next = cron.next(next, zone)) {
      firings.add(next);
    }
    return firings;
  }

  private static List<Instant> oracle(Shape shape, ZoneRules rules, Instant from, Instant to) {
    var firings = new ArrayList<Instant>();
    for (var now = from.plusSeconds(60); now.isBefore(to); now = now.plusSeconds(60)) {
      var clock = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, rules.getOffset(now));
      var offsets = rules.getValidOffsets(clock);
      var firstPass = offsets.getFirst().equals(rules.getOffset(now));
      var named =
          shape.matches().test(clock) && (firstPass || shape.overlap() == Overlap.BOTH_PASSES);
      if (named
          || (shape.gap() == Gap.FIRES_AT_ITS_END && endsGapWithATime(now, clock, rules, shape))) {
        firings.add(now);
      }
    }
    return firings;
  }

  /** Walks back over the minutes that the clock has just jumped over. */
  private static boolean endsGapWithATime(
      Instant now, LocalDateTime clock, ZoneRules rules, Shape shape) {
    for (var missing = clock.minusMinutes(1);
        rules.getValidOffsets(missing).isEmpty();
        missing = missing.minusMinutes(1)) {
      if (rules.getTransition(missing).getInstant().equals(now) && shape.matches().test(missing)) {
        return true;
      }
    }
    return false;
  }
}

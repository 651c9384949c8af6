package org.maestro.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final AtomicLong nanos = new AtomicLong(-7_000_000_000L);
  private final DatabaseClock clock = new DatabaseClock(() -> NOON, nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** An answer that takes some time, half of it on the way there. */
  private void hear(Instant time, Duration took) {
    long asked = nanos.get();
    pass(took);
    clock.heard(
        time.minus(took.dividedBy(2)).getEpochSecond() * 1_000_000
            + time.minus(took.dividedBy(2)).getNano() / 1_000,
        asked,
        nanos.get());
  }

  @Test
  void theMachinesTimeCountsUntilTheDatabaseIsHeard() {
    assertThat(clock.instant()).isEqualTo(NOON);
    pass(Duration.ofMillis(1_500));
    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1_500));
    assertThat(clock.millis()).isEqualTo(NOON.plusMillis(1_500).toEpochMilli());
  }

  @Test
  void theDatabasesTimeCountsAsSoonAsItIsHeard() {
    hear(NOON.plusSeconds(7_200), Duration.ofMillis(4));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7_200));
    pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(7_201));
  }

  @Test
  void differencesWithinTheTimeOfTheAnswerAreNone() {
    hear(NOON, Duration.ZERO);
    pass(Duration.ofSeconds(1));
    hear(NOON.plusMillis(1_013), Duration.ofMillis(10));
    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1_010));
    hear(NOON.plusMillis(1_026), Duration.ofMillis(10));
    assertThat(clock.instant()).isEqualTo(NOON.plusMillis(1_026));
  }

  @Test
  void slowAnswersAreNotBelieved() {
    hear(NOON.plusSeconds(60), DatabaseClock.SLOW.plusMillis(1));
    assertThat(clock.instant()).isEqualTo(NOON.plus(DatabaseClock.SLOW).plusMillis(1));
  }

  @Test
  void timeStandsStillRatherThanGoBackALittle() {
    assertThat(clock.instant()).isEqualTo(NOON);
    hear(NOON.minusSeconds(5), Duration.ZERO);
    assertThat(clock.instant()).isEqualTo(NOON);
    pass(Duration.ofSeconds(4));
    assertThat(clock.instant()).isEqualTo(NOON);
    pass(Duration.ofSeconds(2));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void timeFollowsADatabaseThatIsSetBackFar() {
    assertThat(clock.instant()).isEqualTo(NOON);
    hear(NOON.minusSeconds(3_600), Duration.ZERO);
    assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(3_600));
  }

  @Test
  void manyReadersNeverSeeItGoBack() {
    var last = clock.instant();
    for (int i = 0; i < 1_000; i++) {
      pass(Duration.ofMillis(1));
      hear(NOON.plusMillis(i + (i * 7919L) % 40 - 20), Duration.ofNanos(i % 3));
      var now = clock.instant();
      assertThat(now).isAfterOrEqualTo(last);
      last = now;
    }
  }
}

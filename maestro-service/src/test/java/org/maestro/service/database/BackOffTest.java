package org.maestro.service.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMillis(50), Duration.ofMillis(500));

  @Test
  void eachFailureDoublesThePauseUpToTheLongest() {
    assertThat(IntStream.rangeClosed(1, 6).mapToObj(BACK_OFF::millis))
        .containsExactly(50L, 100L, 200L, 400L, 500L, 500L);
  }

  @Test
  void noNumberOfFailuresIsTooMany() {
    assertThat(BACK_OFF.millis(0)).isEqualTo(50);
    assertThat(BACK_OFF.millis(Integer.MAX_VALUE)).isEqualTo(500);
    assertThat(new BackOff(Duration.ofSeconds(5), Duration.ofDays(1)).millis(64))
        .isEqualTo(Duration.ofDays(1).toMillis());
  }
}

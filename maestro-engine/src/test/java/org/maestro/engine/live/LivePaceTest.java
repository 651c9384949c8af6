package org.maestro.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LivePaceTest {
  private double load;
  private int pages;
  private final LivePace pace = new LivePace(() -> load, () -> pages);

  private long least(double newLoad, int newPages) {
    load = newLoad;
    pages = newPages;
    pace.tick();
    return pace.least();
  }

  @Test
  void pagesAskAtOnceWhileThereIsLittleToDo() {
    assertThat(least(0.4, 200)).isZero();
    assertThat(least(-1, 200)).isZero();
    assertThat(least(1, 0)).isZero();
  }

  @Test
  void theMorePagesThereAreTheRarerEachOfThemAsksABusyServer() {
    assertThat(least(0.9, 1)).isEqualTo(1_000);
    assertThat(least(0.9, 60)).isEqualTo(3_000);
    assertThat(least(0.9, 10_000)).isEqualTo(10_000);
  }

  @Test
  void aServerStaysBusyUntilItIsCalm() {
    assertThat(least(0.7, 10)).isZero();
    assertThat(least(0.8, 10)).isEqualTo(1_000);
    assertThat(least(0.6, 10)).isEqualTo(1_000);
    assertThat(least(0.4, 10)).isZero();
    assertThat(least(0.6, 10)).isZero();
  }

  @Test
  void pagesOfABusyServerAreToldAsOftenAsTheyMayAskAndAtOnceWhenThatTurns() {
    assertThat(told(0, 0.4)).isTrue();
    assertThat(told(500, 0.4)).isTrue();
    assertThat(told(1_000, 0.9)).as("it turned busy").isTrue();
    assertThat(told(1_500, 0.9)).isFalse();
    assertThat(told(3_500, 0.9)).isFalse();
    assertThat(told(3_990, 0.9)).as("three seconds for 60 pages").isTrue();
    assertThat(told(4_500, 0.9)).isFalse();
    assertThat(told(5_000, 0.4)).as("it turned calm").isTrue();
    assertThat(told(5_500, 0.4)).isTrue();
  }

  private boolean told(long millis, double newLoad) {
    var _ = least(newLoad, 60);
    return pace.isTimeToTell(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}

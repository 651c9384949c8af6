package org.maestro.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

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
}

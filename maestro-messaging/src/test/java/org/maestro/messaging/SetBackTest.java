package org.maestro.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SetBackTest {
  private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  private final SetBack clock = new SetBack(millis::get, nanos::get);

  private void pass(long time) {
    millis.addAndGet(time);
    nanos.addAndGet(time * 1_000_000);
  }

  @Test
  void timeThatPassesIsNoStep() {
    pass(3_600_000);
    assertThat(clock.noticed()).isFalse();
  }

  @Test
  void aStepBackIsNoticedOnce() {
    pass(1_000);
    millis.addAndGet(-3_600_000);
    assertThat(clock.noticed()).isTrue();
    pass(1_000);
    assertThat(clock.noticed()).isFalse();
  }

  @Test
  void aStepForwardIsNoticedWhenItIsTakenBack() {
    millis.addAndGet(3_600_000);
    assertThat(clock.noticed()).isFalse();
    pass(1_000);
    millis.addAndGet(-3_600_000);
    assertThat(clock.noticed()).isTrue();
  }

  @Test
  void smallStepsAreWaitedOut() {
    millis.addAndGet(-SetBack.WAITED_OUT_MILLIS);
    assertThat(clock.noticed()).isFalse();
  }
}

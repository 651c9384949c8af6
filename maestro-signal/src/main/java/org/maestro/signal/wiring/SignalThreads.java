package org.maestro.signal.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of the signal service: one per loop, and a few for what recurs. */
final class SignalThreads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SignalThreads.class);

  private final List<Thread> loops = new ArrayList<>();
  private final ScheduledExecutorService recurring =
      Executors.newScheduledThreadPool(
          3, Thread.ofVirtual().name("maestro-signal-recurring").factory());

  void start(String name, Runnable loop) {
    loops.add(Thread.ofVirtual().name(name).start(loop));
  }

  void every(Duration period, Runnable task) {
    var _ =
        recurring.scheduleWithFixedDelay(
            () -> quietly(task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.warn("A recurring task failed and will be run again: {}", e.toString());
    }
  }

  @Override
  public void close() {
    recurring.shutdownNow();
    loops.forEach(Thread::interrupt);
  }
}

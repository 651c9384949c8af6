package org.maestro.benchmark;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts workflows at a steady pace, whatever happens to the installation, until told to stop. */
final class Load implements AutoCloseable {
  private static final int MOST_UNANSWERED = 400;
  private static final Duration DRAIN_TIMEOUT = Duration.ofMinutes(5);

  private final StartClient client;
  private final long seed;
  private final int rate;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger settled = new AtomicInteger();
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param rate starts per second
   */
  Load(StartClient client, long seed, int rate) {
    this.client = client;
    this.seed = seed;
    this.rate = rate;
  }

  void begin() {
    var _ = pace.scheduleAtFixedRate(this::next, 0, 1_000_000 / rate, TimeUnit.MICROSECONDS);
  }

  private void next() {
    if (sent.get() - settled.get() < MOST_UNANSWERED) {
      var start = Workload.start(seed, sent.getAndIncrement());
      requests.execute(() -> {
        try {
          client.start(start);
        } finally {
          settled.incrementAndGet();
        }
      });
    }
  }

  /** How many starts have been sent, acknowledged or not. */
  int sent() {
    return sent.get();
  }

  void awaitSent(int count) {
    Patience.await(
        count + " starts have been sent",
        Duration.ofSeconds(60 + 2L * count / rate),
        () -> sent.get() >= count);
  }

  /** Sends no more, and returns when every start has been acknowledged or given up. */
  void end() {
    pace.shutdown();
    Patience.await(
        "all starts are acknowledged",
        DRAIN_TIMEOUT,
        () -> pace.isTerminated() && settled.get() == sent.get());
  }

  @Override
  public void close() {
    pace.shutdownNow();
    requests.shutdownNow();
    requests.close();
  }
}

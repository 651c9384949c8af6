package org.maestro.dev;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Starts a part again whenever it ends although nobody has stopped it, however often that takes.
 */
final class PartKeeper {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final BiConsumer<String, String> say;
  private final Function<Duration, Executor> after;

  /** Read by starts, which may go on beside each other; written by the stop. */
  private final ReentrantReadWriteLock starts = new ReentrantReadWriteLock();

  private boolean stopping;

  /**
   * @param say is told of a part and what happened to it
   * @param after runs something a while later
   */
  PartKeeper(BiConsumer<String, String> say, Function<Duration, Executor> after) {
    this.say = say;
    this.after = after;
  }

  /**
   * Watches over a part that runs.
   *
   * @param ended completes when what runs now has ended
   * @param restart brings it back, or fails
   */
  void keep(String part, Supplier<CompletableFuture<Void>> ended, Runnable restart) {
    var _ =
        ended
            .get()
            .thenRunAsync(
                () -> startAgain(part, ended, restart, System.nanoTime(), FIRST_PAUSE),
                after.apply(Duration.ZERO));
  }

  private void startAgain(
      String part,
      Supplier<CompletableFuture<Void>> ended,
      Runnable restart,
      long died,
      Duration pause) {
    switch (tryOnce(part, restart, died, pause)) {
      case RUNS -> keep(part, ended, restart);
      case DOES_NOT -> {
        var doubled = pause.multipliedBy(2);
        var next = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        after.apply(pause).execute(() -> startAgain(part, ended, restart, died, next));
      }
      case NOT_WANTED -> {}
    }
  }

  private enum Outcome {
    RUNS,
    DOES_NOT,
    NOT_WANTED
  }

  private Outcome tryOnce(String part, Runnable restart, long died, Duration pause) {
    starts.readLock().lock();
    try {
      return stopping ? Outcome.NOT_WANTED : start(part, restart, died, pause);
    } finally {
      starts.readLock().unlock();
    }
  }

  private Outcome start(String part, Runnable restart, long died, Duration pause) {
    try {
      restart.run();
      say.accept(
          part,
          "had died and was started again (%.1f s)"
              .formatted(Duration.ofNanos(System.nanoTime() - died).toMillis() / 1000.0));
      return Outcome.RUNS;
    } catch (RuntimeException e) {
      if (pause.equals(FIRST_PAUSE)) {
        say.accept(part, "has died and doesn't start, trying again: " + e.getMessage());
      }
      return Outcome.DOES_NOT;
    }
  }

  /** From now on what ends stays ended. Waits for starts that are under way. */
  void stop() {
    starts.writeLock().lock();
    try {
      stopping = true;
    } finally {
      starts.writeLock().unlock();
    }
  }
}

package org.maestro.engine.notification.send;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one channel is sent on this node: at most so much at a time, and nobody else waits for it.
 * Takes from the table only what it can send at once, so nothing piles up in memory.
 */
final class Lane<T> {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final String name;
  private final int width;
  private final IntFunction<List<T>> claim;
  private final Consumer<T> send;
  private final Executor executor;
  private final AtomicInteger underWay = new AtomicInteger();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean taking = new AtomicBoolean();

  /** Whether there may be more than was taken last. */
  private volatile boolean more;

  private volatile boolean closed;

  /**
   * @param width how much is sent at a time
   * @param claim takes at most so many that are due
   * @param send sends one, whatever comes of it
   */
  Lane(String name, int width, IntFunction<List<T>> claim, Consumer<T> send, Executor executor) {
    this.name = name;
    this.width = width;
    this.claim = claim;
    this.send = send;
    this.executor = executor;
  }

  /** Nothing is taken any more. */
  void close() {
    closed = true;
  }

  /** There may be something due. */
  void wake() {
    if (closed) {
      return;
    }
    wanted.set(true);
    if (taking.compareAndSet(false, true)) {
      try {
        executor.execute(this::take);
      } catch (RejectedExecutionException _) {
        taking.set(false); // the process ends
      }
    }
  }

  private void take() {
    do {
      try {
        while (wanted.getAndSet(false)) {
          takeWhatFits();
        }
      } catch (RuntimeException e) {
        log.warn("What is to be sent by {} is looked for again later: {}", name, e.toString());
      } finally {
        taking.set(false);
      }
    } while (wanted.get() && taking.compareAndSet(false, true));
  }

  private void takeWhatFits() {
    for (var free = width - underWay.get(); free > 0 && !closed; free = width - underWay.get()) {
      var taken = claim.apply(free);
      more = taken.size() == free;
      underWay.addAndGet(taken.size());
      taken.forEach(one -> executor.execute(() -> sendOne(one)));
      if (!more) {
        return;
      }
    }
    more = true;
  }

  private void sendOne(T one) {
    try {
      send.accept(one);
    } catch (RuntimeException e) {
      log.warn("What came of a notification by {} is not known: {}", name, e.toString());
    } finally {
      underWay.decrementAndGet();
      if (more) {
        wake();
      }
    }
  }
}

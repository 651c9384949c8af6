package org.maestro.scheduler.trigger;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Patience with news. Whoever has pushed a workflow may ask for its triggers before the message
 * that tells of them has come: what isn't known is looked for again whenever this node has heard
 * news, and a few times a second since another node may be the one that hears it.
 */
public final class NewsOnItsWay {
  private static final long PAUSE_MILLIS = 100;

  private final Duration patience;
  private long heard;

  public NewsOnItsWay(Duration patience) {
    this.patience = patience;
  }

  /** Says that news has been taken up. */
  synchronized void heard() {
    heard++;
    notifyAll();
  }

  private synchronized long count() {
    return heard;
  }

  /** Returns when news has come that wasn't counted, or after a moment. */
  private synchronized void await(long counted) throws InterruptedException {
    var until = System.nanoTime() + PAUSE_MILLIS * 1_000_000;
    var left = PAUSE_MILLIS;
    while (heard == counted && left > 0) {
      wait(left);
      left = (until - System.nanoTime() + 999_999) / 1_000_000;
    }
  }

  /** What is found, at once or as soon as news of it is here; empty if none comes in time. */
  <T> Optional<T> await(Supplier<Optional<T>> look) {
    var start = System.nanoTime();
    while (true) {
      var before = count();
      var found = look.get();
      if (found.isPresent() || System.nanoTime() - start >= patience.toNanos()) {
        return found;
      }
      try {
        await(before);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return found;
      }
    }
  }
}

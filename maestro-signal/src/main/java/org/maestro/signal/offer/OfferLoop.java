package org.maestro.signal.offer;

import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.maestro.signal.announce.Announcer.Arrivals;
import org.maestro.signal.announce.SignalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers what has been announced here to triggers and gates, as soon as it is committed; names that
 * come meanwhile go together. That a name waits is in the database: what a node that stopped left
 * behind is found by whichever node looks first, and two that offer the same name take turns on its
 * row.
 */
public final class OfferLoop implements Arrivals, Runnable {
  private static final Logger log = LoggerFactory.getLogger(OfferLoop.class);
  private static final int LOOKED_FOR = 1_000;
  private static final int TOGETHER = 50;

  private final NewSignals offers;
  private final SignalStore signals;
  private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();

  /** What is in the queue. */
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  private volatile int behind;

  public OfferLoop(NewSignals offers, SignalStore signals) {
    this.offers = offers;
    this.signals = signals;
  }

  @Override
  public void of(String name) {
    if (waiting.add(name)) {
      queue.add(name);
    }
  }

  /** Offers everything that waits, wherever it was announced. */
  public void ofAllBehind() {
    var names = signals.behind(LOOKED_FOR);
    behind = names.size();
    names.forEach(this::of);
  }

  /** How many names had waiting signals when it was last looked, up to 1,000. */
  public int behind() {
    return behind;
  }

  /** Offers until its thread is interrupted. */
  @Override
  public void run() {
    var names = new ArrayList<String>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        names.add(queue.take());
        queue.drainTo(names, TOGETHER - 1);
        names.forEach(waiting::remove); // first, so that what is announced from now on comes again
        offers.offerAll(names);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.warn("New signals wait until names are looked for again: {}", e.toString());
      }
      names.clear();
    }
  }
}

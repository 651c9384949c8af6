package org.maestro.engine.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunKey;

/**
 * What has changed on this node, gathered between two ticks: however often an entity changes, its
 * readers hear of it once per tick, and of a loop once for all of its iterations. For any number of
 * threads; costs nothing while nobody listens.
 */
final class LiveFeed {
  /** More than that at once, and everything may have changed. */
  private static final int MOST_KEYS = 500;

  /** So many ticks with changes can be resumed from, and fewer if many entities changed. */
  private static final int KEPT = 240;

  /**
   * So many changes are kept, for all ticks together: each names a workflow, in 128 characters at
   * most.
   */
  private static final int KEPT_CHANGES = 10_000;

  private final String node;
  private final Set<Key> pending = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<Changes> kept = new ArrayDeque<>();

  /** How many changes they are together. */
  private int keptChanges;

  private long number;
  private final AtomicInteger listeners = new AtomicInteger();

  /**
   * @param node makes the ids of this process's events its own
   */
  LiveFeed(String node) {
    this.node = node;
  }

  private record Key(String type, String key) {}

  /**
   * An entity that has changed.
   *
   * @param type {@code instance}, {@code loop} for all iterations of one, or {@code all}
   * @param key {@code workflow#instance}, the id of the iterations' workflow, or nothing
   * @param version grows with each change that is told
   */
  record Change(String type, String key, long version) {}

  /** What one tick told. */
  record Changes(String id, List<Change> changes) {}

  /** A run has changed, and that is committed. */
  void changed(RunKey run) {
    if (listeners.get() > 0 && pending.size() <= MOST_KEYS) {
      pending.add(
          InlineWorkflow.isInline(run.workflowId())
              ? new Key("loop", run.workflowId())
              : new Key("instance", run.workflowId() + "#" + run.instanceId()));
    }
  }

  /** Tells what has changed since the last tick. */
  void tick() {
    if (pending.isEmpty()) {
      return;
    }
    // Removed first and told later: what changes meanwhile is told again.
    var keys = new ArrayList<Key>();
    pending.removeIf(keys::add);
    lock.lock();
    try {
      number++;
      var changes =
          keys.size() > MOST_KEYS
              ? List.of(everything())
              : keys.stream().map(key -> new Change(key.type, key.key, number)).toList();
      kept.addLast(new Changes(id(), changes));
      keptChanges += changes.size();
      while (kept.size() > KEPT || keptChanges > KEPT_CHANGES) {
        keptChanges -= kept.removeFirst().changes().size();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A reader of its own, from behind an event or from now on. */
  final class Reader implements AutoCloseable {
    private long behind;
    private boolean lostItsPlace;
    private boolean woken;

    private Reader(@Nullable String lastEventId) {
      var isKnown =
          lastEventId != null && kept.stream().anyMatch(told -> told.id.equals(lastEventId));
      behind = lastEventId != null && isKnown ? numberOf(lastEventId) : number;
      lostItsPlace = !isKnown;
    }

    /**
     * What has changed since it was asked last; empty if nothing has for so long, or it was woken.
     * The first answer to a reader whose place isn't known is that everything may have changed.
     */
    List<Changes> next(Duration patience) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        if (lostItsPlace) {
          lostItsPlace = false;
          return List.of(new Changes(id(), List.of(everything())));
        }
        var left = patience.toNanos();
        while (behind == number && !woken && left > 0) {
          left = news.awaitNanos(left);
        }
        // What is kept is numbered without gaps, up to the last number.
        var missed = number - behind;
        behind = number;
        return missed > kept.size()
            ? List.of(new Changes(id(), List.of(everything())))
            : kept.stream().skip(kept.size() - missed).toList();
      } finally {
        lock.unlock();
      }
    }

    /** Ends the wait. */
    void wake() {
      lock.lock();
      try {
        woken = true;
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (listeners.decrementAndGet() == 0) {
          // What changes from now on is not heard, so nobody may resume from before.
          kept.clear();
          keptChanges = 0;
          pending.clear();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Whoever opens it closes it. */
  Reader open(@Nullable String lastEventId) {
    lock.lock();
    try {
      listeners.incrementAndGet();
      return new Reader(lastEventId);
    } finally {
      lock.unlock();
    }
  }

  private Change everything() {
    return new Change("all", "", number);
  }

  private String id() {
    return node + "-" + number;
  }

  private static long numberOf(String id) {
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }
}

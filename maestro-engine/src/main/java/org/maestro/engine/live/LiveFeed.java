package org.maestro.engine.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunKey;
import tools.jackson.databind.json.JsonMapper;

/**
 * What has changed on this node, gathered between two ticks: however often an entity changes, its
 * readers hear of it once per tick, and of a loop once for all of its iterations. For any number of
 * threads; costs nothing while nobody listens.
 */
final class LiveFeed {
  /** More of one workflow at once are told as the workflow. */
  private static final int MOST_OF_ONE = 50;

  /** More than that at once, and everything may have changed. */
  private static final int MOST_KEYS = 500;

  /** What is gathered between two ticks, at most. */
  private static final int MOST_PENDING = 10_000;

  /** So many ticks with changes can be resumed from, and fewer if many entities changed. */
  private static final int KEPT = 240;

  /**
   * So many changes are kept, for all ticks together: each names a workflow, in 128 characters at
   * most.
   */
  private static final int KEPT_CHANGES = 10_000;

  private final String node;
  private final JsonMapper json;

  /** What has changed, and whether it has ended. */
  private final Map<Key, Boolean> pending = new ConcurrentHashMap<>();

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
  LiveFeed(String node, JsonMapper json) {
    this.node = node;
    this.json = json;
  }

  /** How many listen. */
  int listeners() {
    return listeners.get();
  }

  private record Key(String type, String key) {
    boolean isInstance() {
      return type.equals("instance");
    }

    /** Of an instance. */
    String workflow() {
      return key.substring(0, key.lastIndexOf('#'));
    }
  }

  /**
   * An entity that has changed.
   *
   * @param type {@code instance}, {@code workflow} for many of its instances, {@code loop} for all
   *     iterations of one, or {@code all}
   * @param key {@code workflow#instance}, the id of the workflow, or nothing
   * @param version grows with each change that is told
   * @param ended whether it is an instance whose run has ended
   */
  record Change(
      String type,
      String key,
      long version,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean ended) {}

  /**
   * What one tick told.
   *
   * @param text the changes as JSON: written once for all who are told
   */
  record Changes(String id, List<Change> changes, String text) {}

  /** A run has changed, and that is committed. */
  void changed(RunKey run, boolean ended) {
    if (listeners.get() > 0 && pending.size() <= MOST_PENDING) {
      if (InlineWorkflow.isInline(run.workflowId())) {
        pending.put(new Key("loop", run.workflowId()), false);
      } else {
        pending.merge(
            new Key("instance", run.workflowId() + "#" + run.instanceId()),
            ended,
            Boolean::logicalOr);
      }
    }
  }

  /** Tells what has changed since the last tick. */
  void tick() {
    if (pending.isEmpty()) {
      return;
    }
    // Removed first and told later: what changes meanwhile is told again.
    var keys = new LinkedHashMap<Key, Boolean>();
    pending.entrySet().removeIf(entry -> keys.put(entry.getKey(), entry.getValue()) == null);
    var overflown = keys.size() > MOST_PENDING;
    var fewer = overflown ? Map.<Key, Boolean>of() : gathered(keys);
    lock.lock();
    try {
      number++;
      var changes =
          overflown || fewer.size() > MOST_KEYS
              ? List.of(everything())
              : fewer.entrySet().stream()
                  .map(entry ->
                      new Change(entry.getKey().type, entry.getKey().key, number, entry.getValue()))
                  .toList();
      kept.addLast(told(changes));
      keptChanges += changes.size();
      while (kept.size() > KEPT || keptChanges > KEPT_CHANGES) {
        keptChanges -= kept.removeFirst().changes().size();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The same with the instances of each workflow of which there are many as one. */
  private static Map<Key, Boolean> gathered(Map<Key, Boolean> keys) {
    var ofOne = new HashMap<String, Integer>();
    keys.keySet().stream()
        .filter(Key::isInstance)
        .forEach(key -> ofOne.merge(key.workflow(), 1, Integer::sum));
    var fewer = new LinkedHashMap<Key, Boolean>();
    keys.forEach((key, ended) -> {
      if (key.isInstance() && ofOne.getOrDefault(key.workflow(), 0) > MOST_OF_ONE) {
        fewer.put(new Key("workflow", key.workflow()), false);
      } else {
        fewer.put(key, ended);
      }
    });
    return fewer;
  }

  private Changes told(List<Change> changes) {
    return new Changes(id(), changes, json.writeValueAsString(changes));
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
          return List.of(told(List.of(everything())));
        }
        var left = patience.toNanos();
        while (behind == number && !woken && left > 0) {
          left = news.awaitNanos(left);
        }
        // What is kept is numbered without gaps, up to the last number.
        var missed = number - behind;
        behind = number;
        return missed > kept.size()
            ? List.of(told(List.of(everything())))
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
    return new Change("all", "", number, false);
  }

  private String id() {
    return node + "-" + number;
  }

  private static long numberOf(String id) {
    return Long.parseLong(id.substring(id.lastIndexOf('-') + 1));
  }
}

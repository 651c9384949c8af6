package org.maestro.engine.run.shard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.maestro.engine.run.RunKey;

/** Tells those who wait on this node that a run has changed. For any number of threads. */
public final class ChangeFeed {
  private final ConcurrentHashMap<RunKey, CopyOnWriteArrayList<Runnable>> listeners =
      new ConcurrentHashMap<>();

  private final CopyOnWriteArrayList<Listener> listenersToAll = new CopyOnWriteArrayList<>();

  /** Hears of every run that changes. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A run has changed, and that is committed.
     *
     * @param ended whether it has ended
     */
    void changed(RunKey run, boolean ended);
  }

  void changed(RunKey run, boolean ended) {
    listenersToAll.forEach(listener -> listener.changed(run, ended));
    if (listeners.isEmpty()) {
      return;
    }
    var heard = listeners.get(run);
    if (heard != null) {
      heard.forEach(Runnable::run);
    }
  }

  /** Calls {@code listener}, which must not block, after each commit that changed the run. */
  public Subscription listen(RunKey run, Runnable listener) {
    listeners.computeIfAbsent(run, _ -> new CopyOnWriteArrayList<>()).add(listener);
    return () ->
        listeners.computeIfPresent(
            run,
            (_, heard) -> {
              heard.remove(listener);
              return heard.isEmpty() ? null : heard;
            });
  }

  /** Calls {@code listener}, which must not block, after each commit with every run it changed. */
  public void listenToAll(Listener listener) {
    listenersToAll.add(listener);
  }

  /** Ends a subscription. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}

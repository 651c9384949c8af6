package org.maestro.engine.run.shard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.maestro.engine.run.RunKey;

/** Tells those who wait on this node that a run has changed. For any number of threads. */
public final class ChangeFeed {
  private final ConcurrentHashMap<RunKey, CopyOnWriteArrayList<Runnable>> listeners =
      new ConcurrentHashMap<>();

  void changed(RunKey run) {
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

  /** Ends a subscription. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}

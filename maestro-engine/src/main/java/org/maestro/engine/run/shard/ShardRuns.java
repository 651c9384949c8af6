package org.maestro.engine.run.shard;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.turn.Run;
import org.maestro.engine.run.turn.RunSource;
import org.maestro.param.JsonLength;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The runs of one shard that are in memory, and what they weigh there. Used by the shard's thread;
 * only {@link #inserted} and {@link #dropInserted} may be called by others.
 */
final class ShardRuns {
  private static final Logger log = LoggerFactory.getLogger(ShardRuns.class);

  /** Idle ones beyond so many leave. */
  private static final int MOST = 2_000;

  private final RunSource source;
  private final RunMemory memory;
  private final LinkedHashMap<RunKey, Run> runs = new LinkedHashMap<>(64, 0.75f, true);

  /** What the runs in memory have been counted with. */
  private final Map<RunKey, Long> counted = new HashMap<>();

  /** New runs that nobody has touched since they were inserted; each is taken once. */
  private final ConcurrentHashMap<RunKey, Fresh> fresh = new ConcurrentHashMap<>();

  /** A new run as it was inserted, and how much it has. */
  private record Fresh(RunRow row, long size) {}

  ShardRuns(RunSource source, RunMemory memory) {
    this.source = source;
    this.memory = memory;
  }

  /** A run has just been inserted: it need not be read when somebody comes to it. */
  void inserted(RunRow row) {
    var size = JsonLength.of(row.facts().params());
    if (!memory.isFull()) { // else it is read when it is come to
      memory.keep(size);
      fresh.put(row.key(), new Fresh(row, size));
    }
  }

  /** Nobody will come to those that have just been inserted. */
  void dropInserted() {
    List.copyOf(fresh.keySet()).forEach(this::takeInserted);
  }

  private @Nullable RunRow takeInserted(RunKey key) {
    var inserted = fresh.remove(key);
    if (inserted == null) {
      return null;
    }
    memory.keep(-inserted.size());
    return inserted.row();
  }

  /** Whether a run can be had without reading it. */
  boolean isHere(RunKey key) {
    return runs.containsKey(key) || fresh.containsKey(key);
  }

  /** A run, read if it isn't here; null if there is none. */
  @Nullable Run get(RunKey key) {
    var run = runs.get(key);
    if (run == null) {
      runs.putAll(source.load(Set.of(key)));
      run = runs.get(key);
    }
    return run;
  }

  void put(Run run) {
    runs.put(run.key(), run);
  }

  void remove(RunKey key) {
    runs.remove(key);
  }

  /** Brings runs into memory; those that can't be read are named with the reason. */
  Map<RunKey, RuntimeException> load(Collection<RunKey> keys) {
    var missing = new HashSet<RunKey>();
    for (var key : keys) {
      // Only the first to touch a run may take it as it was inserted.
      var inserted = takeInserted(key);
      if (!runs.containsKey(key)) {
        if (inserted == null) {
          missing.add(key);
        } else {
          runs.put(key, source.made(inserted));
        }
      }
    }
    if (missing.isEmpty()) {
      return Map.of();
    }
    try {
      runs.putAll(source.load(missing));
      missing.forEach(this::count);
      return Map.of();
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException _) {
      return loadOneByOne(missing); // one that can't be read holds back no other
    }
  }

  private Map<RunKey, RuntimeException> loadOneByOne(Set<RunKey> missing) {
    var unreadable = new HashMap<RunKey, RuntimeException>();
    for (var key : missing) {
      try {
        runs.putAll(source.load(Set.of(key)));
      } catch (DataAccessException | TransactionException e) {
        throw e;
      } catch (RuntimeException e) {
        log.error("Run {} can't be read", key, e);
        unreadable.put(key, e);
      }
    }
    return unreadable;
  }

  /** After a commit: ended runs go at once, idle ones when memory fills up. */
  void forget(Batch committed) {
    for (var changes : committed.runs()) {
      var row = changes.row();
      if (changes.quarantined() != null || (row != null && row.status().isTerminal())) {
        runs.remove(changes.key());
      }
    }
    for (var changes : committed.runs()) {
      var run = runs.get(changes.key());
      if (run != null) {
        run.committed();
      }
      count(changes.key());
    }
    var oldest = runs.entrySet().iterator();
    while ((runs.size() > MOST || memory.isFull()) && oldest.hasNext()) {
      var key = oldest.next().getKey();
      oldest.remove();
      count(key);
    }
  }

  /** Counts what a run has in memory; nothing, if it isn't there. */
  private void count(RunKey key) {
    var run = runs.get(key);
    var before = run == null ? counted.remove(key) : counted.put(key, run.size());
    memory.keep((run == null ? 0 : run.size()) - (before == null ? 0 : before));
  }

  /** What is here can't be relied on any more. */
  void clear() {
    runs.clear();
    counted.values().forEach(size -> memory.keep(-size));
    counted.clear();
  }
}

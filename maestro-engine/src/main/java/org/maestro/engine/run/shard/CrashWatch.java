package org.maestro.engine.run.shard;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.SuspectStore;
import org.maestro.engine.run.store.SuspectStore.Deaths;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one owner of a shard knows of runs that may end the whole process, such as one that needs
 * more memory than there is. Costs nothing while processes end as they should. After one that ended
 * without a word, everything is kept before it is worked at, for a while; what was under way when a
 * process ended is worked at again one after the other on the whole node. What ended two processes
 * that way is set aside until the node has survived everything else, and then tried once more,
 * since processes that are killed from outside may meet the same run again and again; what ends a
 * third one is touched no more. Used by the shard's thread only.
 */
public final class CrashWatch {
  private static final Logger log = LoggerFactory.getLogger(CrashWatch.class);

  /** So many processes that ended at work on a run alone are a reason to let it wait. */
  private static final Deaths DOUBT = new Deaths(2, 10);

  /** So many are proof. */
  private static final Deaths PROOF = new Deaths(3, 11);

  private final SuspectStore store;
  private final int shard;
  private final long epoch;
  private final ReentrantLock alone;
  private final Map<RunKey, Deaths> deaths;
  private final long patience;
  private Stage stage;
  private long until;

  private CrashWatch(
      Node node, int shard, long epoch, Map<RunKey, Deaths> deaths, Stage stage, long until) {
    this.store = node.store();
    this.shard = shard;
    this.epoch = epoch;
    this.alone = node.alone();
    this.deaths = deaths;
    this.patience = node.patience().toMillis();
    this.stage = stage;
    this.until = until;
  }

  /** How far an owner has come after a process that ended without a word. */
  private enum Stage {
    /** Everything is kept before it is worked at, and what is in doubt waits. */
    CAREFUL,
    /** The node has survived all else: what is in doubt is tried. */
    TRYING,
    /** Nothing is suspected any more. */
    CALM
  }

  /** The process ended while it was at work on this, more than once. */
  static final class EndedProcessException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EndedProcessException(Deaths deaths) {
      super(
          deaths.inAll()
              + " processes ended while they were at work on it alone, for want of memory perhaps",
          null,
          false,
          false);
    }
  }

  /**
   * What the shards of a node share.
   *
   * @param alone the turn of whoever is suspected
   * @param patience after so long the node has survived what it took over
   */
  public record Node(SuspectStore store, ReentrantLock alone, Duration patience) {

    /** To be called before the shard's owner touches any run. */
    public CrashWatch begin(int shard, long epoch, InstantSource clock) {
      var found = store.begin(shard, epoch);
      var careful =
          found.ended() || found.deaths().values().stream().anyMatch(deaths -> !isProof(deaths));
      var watch =
          new CrashWatch(
              this,
              shard,
              epoch,
              found.deaths(),
              careful ? Stage.CAREFUL : Stage.CALM,
              clock.millis() + patience.toMillis());
      found
          .deaths()
          .forEach((key, deaths) -> {
            if (watch.isSetAside(key)) {
              log.warn(
                  "{} processes ended while they were at work on {} alone;"
                      + " it is tried again when this one has lived for {} s",
                  deaths.inAll(),
                  key,
                  patience.toSeconds());
            }
          });
      return watch;
    }
  }

  private static boolean isProof(Deaths deaths) {
    return reaches(deaths, PROOF);
  }

  private static boolean reaches(Deaths deaths, Deaths limit) {
    return deaths.stuck() >= limit.stuck() || deaths.inAll() >= limit.inAll();
  }

  /** Whether what is worked at has to be kept before. */
  public boolean isCareful(long now) {
    if (stage == Stage.CAREFUL && now > until) {
      forgetBelow(DOUBT);
      stage = hasSuspects() ? Stage.TRYING : Stage.CALM;
      until = now + patience;
    }
    if (stage == Stage.TRYING && now > until) {
      forgetBelow(PROOF);
      stage = Stage.CALM;
    }
    return stage == Stage.CAREFUL;
  }

  private void forgetBelow(Deaths limit) {
    store.clearBelow(shard, limit);
    deaths.values().removeIf(found -> !reaches(found, limit));
  }

  /** Milliseconds until what is set aside may be tried. */
  public long untilTrying(long now) {
    return stage == Stage.CAREFUL ? Math.max(0, until - now + 1) : 0;
  }

  /** Whether anything is suspected and may be tried again, now or later. */
  public boolean hasSuspects() {
    return deaths.values().stream().anyMatch(found -> !isProof(found));
  }

  /** Whether it has to wait until the node has survived everything else. */
  public boolean isSetAside(RunKey key) {
    var found = deaths.get(key);
    return stage == Stage.CAREFUL && found != null && reaches(found, DOUBT) && !isProof(found);
  }

  /** Whether it was under way when a process ended, and may be tried again. */
  public boolean isSuspect(RunKey key) {
    var found = deaths.get(key);
    return found != null && !isProof(found);
  }

  /** Why it must not be touched, now or ever; null if it may. */
  public @Nullable EndedProcessException banned(RunKey key) {
    var found = deaths.get(key);
    return found != null && (isProof(found) || isSetAside(key))
        ? new EndedProcessException(found)
        : null;
  }

  /** Everything that is suspected of something, or banned. */
  public Collection<RunKey> suspects() {
    return List.copyOf(deaths.keySet());
  }

  /** These don't exist any more, or have ended. */
  public void forget(Collection<RunKey> gone) {
    if (!gone.isEmpty()) {
      store.clear(shard, gone);
      deaths.keySet().removeAll(gone);
    }
  }

  /** Keeps that these are about to be worked at. */
  public void mark(Collection<RunKey> keys) {
    if (!keys.isEmpty()) {
      store.mark(shard, epoch, keys, false);
    }
  }

  /** Work that may end in an exception of its commit. */
  public interface Work {
    void run() throws InterruptedException, java.util.concurrent.ExecutionException;
  }

  /** Does the work on a suspect while the node does none on any other. */
  public void alone(RunKey suspect, Work work)
      throws InterruptedException, java.util.concurrent.ExecutionException {
    alone.lockInterruptibly();
    try {
      store.mark(shard, epoch, List.of(suspect), true);
      work.run();
    } finally {
      alone.unlock();
    }
  }

  /** The process lives, and this batch holds what the work on it came to. */
  public void survived(RunKey key, Batch batch) {
    if (isSuspect(key)) {
      if (!isSetAside(key)) {
        batch.survivedAlone(key);
      }
    } else if (stage == Stage.CAREFUL && banned(key) == null) {
      batch.clear(key);
    }
  }

  /** A banned run has been ended without being touched. */
  public void ended(RunKey key, Batch batch) {
    if (banned(key) != null) {
      batch.clear(key);
    }
  }

  /** What a batch said of suspects is kept. */
  public void committed(Batch batch) {
    for (var key : batch.survivedAlone()) {
      if (batch.hasWorkOn(key)) {
        deaths.computeIfPresent(key, (_, found) -> new Deaths(0, found.inAll()));
      }
    }
    if (!batch.cleared().isEmpty()) {
      deaths.keySet().removeAll(batch.cleared());
    }
  }
}

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

/**
 * What one owner of a shard knows of runs that may end the whole process, such as one that needs
 * more memory than there is. Costs nothing while processes end as they should. After one that ended
 * without a word, everything is kept before it is worked at, for a while; what was under way when a
 * process ended is worked at again one after the other on the whole node, and what ended two
 * processes that way is touched no more. Used by the shard's thread only.
 */
public final class CrashWatch {
  /**
   * How often processes have to end at work on the same thing alone. Those that are killed from
   * outside meet the same run again, which goes on in between; what ends them stays where it is,
   * but for harmless work that each take-over may bring.
   */
  private static final Deaths PROOF = new Deaths(2, 10);

  /** After so long the node has survived what it took over. */
  public static final Duration CAREFUL_FOR = Duration.ofSeconds(60);

  private final SuspectStore store;
  private final int shard;
  private final long epoch;
  private final ReentrantLock alone;
  private final Map<RunKey, Deaths> deaths;
  private final long carefulUntil;
  private boolean careful;

  private CrashWatch(
      SuspectStore store,
      int shard,
      long epoch,
      ReentrantLock alone,
      Map<RunKey, Deaths> deaths,
      long carefulUntil,
      boolean careful) {
    this.store = store;
    this.shard = shard;
    this.epoch = epoch;
    this.alone = alone;
    this.deaths = deaths;
    this.carefulUntil = carefulUntil;
    this.careful = careful;
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

  /** What the shards of a node share: their store, and the turn of whoever is suspected. */
  public record Node(SuspectStore store, ReentrantLock alone) {

    /** To be called before the shard's owner touches any run. */
    public CrashWatch begin(int shard, long epoch, InstantSource clock) {
      var found = store.begin(shard, epoch);
      var careful =
          found.ended() || found.deaths().values().stream().anyMatch(deaths -> !isProof(deaths));
      return new CrashWatch(
          store,
          shard,
          epoch,
          alone,
          found.deaths(),
          clock.millis() + CAREFUL_FOR.toMillis(),
          careful);
    }
  }

  private static boolean isProof(Deaths deaths) {
    return deaths.stuck() >= PROOF.stuck() || deaths.inAll() >= PROOF.inAll();
  }

  /** Whether what is worked at has to be kept before. */
  public boolean isCareful(long now) {
    if (careful && now > carefulUntil) {
      store.clearBelow(shard, PROOF);
      deaths.values().removeIf(found -> !isProof(found));
      careful = false;
    }
    return careful;
  }

  /** Whether it was under way when a process ended, and may be tried again. */
  public boolean isSuspect(RunKey key) {
    var found = deaths.get(key);
    return found != null && !isProof(found);
  }

  /** Why it must not be touched; null if it may. */
  public @Nullable EndedProcessException banned(RunKey key) {
    var found = deaths.get(key);
    return found != null && isProof(found) ? new EndedProcessException(found) : null;
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
      batch.survivedAlone(key);
    } else if (careful && banned(key) == null) {
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
    if (!batch.cleared().isEmpty()) {
      deaths.keySet().removeAll(batch.cleared());
    }
  }
}

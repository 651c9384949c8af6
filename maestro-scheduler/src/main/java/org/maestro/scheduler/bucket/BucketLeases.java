package org.maestro.scheduler.bucket;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This scheduler's share of the buckets. {@link #renew} is to be called several times per lease;
 * when it isn't, because this process stands still or the database is away, others take the buckets
 * over once the lease has ended, and from then on {@link #owned} is empty here.
 */
public final class BucketLeases {
  private static final Logger log = LoggerFactory.getLogger(BucketLeases.class);

  private final Transactions transactions;
  private final BucketStore store;
  private final String node;
  private final Duration length;
  private final LongSupplier nanoClock;
  private final Waker waker;
  private volatile Holding holding;

  /** What is ours until a moment of the nano clock. */
  private record Holding(Map<Long, Lease> leases, long untilNanos) {}

  /**
   * @param node a name that no other scheduler has or will have
   * @param length how long a lease lasts
   * @param nanoClock {@link System#nanoTime}
   * @param waker woken when buckets came or something in them has changed
   */
  public BucketLeases(
      Transactions transactions,
      BucketStore store,
      String node,
      Duration length,
      LongSupplier nanoClock,
      Waker waker) {
    this.transactions = transactions;
    this.store = store;
    this.node = node;
    this.length = length;
    this.nanoClock = nanoClock;
    this.waker = waker;
    this.holding = new Holding(Map.of(), nanoClock.getAsLong());
  }

  /** Makes the buckets if there are none yet. */
  public void prepare() {
    transactions.runIdempotent(store::addBuckets);
  }

  /** Keeps this scheduler's share: renews, takes what is free, gives back what is too much. */
  public synchronized void renew() {
    // The lease counts from before the database was asked, so it ends here before it ends there.
    var until = nanoClock.getAsLong() + length.toNanos();
    var leases = transactions.runIdempotent(this::share);
    var before = holding.leases();
    holding = new Holding(leases, until);
    if (!leases.keySet().equals(before.keySet())) {
      log.info("This scheduler has {} of {} buckets", leases.size(), Buckets.COUNT);
    }
    if (leases.values().stream().anyMatch(lease -> !lease.equals(before.get(lease.bucket())))) {
      waker.wake();
    }
  }

  private Map<Long, Lease> share() {
    store.stayAlive(node, length.toMillis());
    var leases = byBucket(store.renew(node, length.toMillis()));
    var nodes = Math.max(1, store.alive());
    var share = (Buckets.COUNT + nodes - 1) / nodes;
    if (leases.size() < share) {
      leases.putAll(byBucket(store.take(node, length.toMillis(), share - leases.size())));
    } else if (leases.size() > share) {
      var surplus = leases.keySet().stream().sorted().skip(share).toList();
      store.giveBack(node, surplus);
      leases.keySet().removeAll(surplus);
    }
    return leases;
  }

  private static Map<Long, Lease> byBucket(List<Lease> leases) {
    return leases.stream()
        .collect(Collectors.toMap(Lease::bucket, lease -> lease, (one, _) -> one, HashMap::new));
  }

  /** The buckets that are this scheduler's alone right now. */
  public List<Lease> owned() {
    var current = holding;
    return nanoClock.getAsLong() - current.untilNanos() < 0
        ? List.copyOf(current.leases().values())
        : List.of();
  }

  /** Whether the lease was renewed in time. */
  public boolean isCurrent() {
    return nanoClock.getAsLong() - holding.untilNanos() < 0;
  }

  /** Gives everything back. */
  public synchronized void release() {
    var buckets = holding.leases().keySet();
    holding = new Holding(Map.of(), nanoClock.getAsLong());
    transactions.runIdempotent(() -> {
      store.giveBack(node, buckets);
      store.leave(node);
    });
  }
}

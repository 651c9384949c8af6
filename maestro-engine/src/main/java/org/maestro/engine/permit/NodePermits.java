package org.maestro.engine.permit;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The permits for the runs of this node: at hand while it owns the permit shard, else by message.
 */
public final class NodePermits implements Permits {
  private final RemotePermits remote;
  private volatile @Nullable PermitLedger ledger;

  public NodePermits(RemotePermits remote) {
    this.remote = remote;
  }

  /** This node keeps the ledger from now on. It must know already who holds what. */
  public void gained(PermitLedger newLedger) {
    ledger = newLedger;
  }

  /** Another node keeps the ledger from now on. */
  public void lost() {
    ledger = null;
  }

  /** The ledger, while this node keeps it. */
  public Optional<PermitLedger> ledger() {
    return Optional.ofNullable(ledger);
  }

  @Override
  public boolean acquire(PermitHolder holder, Map<String, Long> limits) {
    return current().acquire(holder, limits);
  }

  @Override
  public boolean confirm(PermitHolder holder, Map<String, Long> limits) {
    return current().confirm(holder, limits);
  }

  @Override
  public void restore(PermitHolder holder, Map<String, Long> limits) {
    current().restore(holder, limits);
  }

  @Override
  public void release(PermitHolder holder) {
    current().release(holder);
  }

  @Override
  public void takeBack(PermitHolder holder) {
    current().takeBack(holder);
  }

  /**
   * Handles a message for the permit shard.
   *
   * @return whether this node keeps the ledger; if not, nothing was done
   */
  public boolean handle(PermitMessage message) {
    var here = ledger;
    if (here != null) {
      here.handle(message);
    }
    return here != null;
  }

  private Permits current() {
    var here = ledger;
    return here == null ? remote : here;
  }
}

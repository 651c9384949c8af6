package org.maestro.engine.permit;

import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * The permits as seen from a node that doesn't keep the ledger: everything is asked by message, and
 * whoever wants permits waits at least for the answer.
 */
public final class RemotePermits implements Permits {
  private final Consumer<PermitMessage> ledger;
  private final ToLongFunction<PermitHolder> epochs;

  /** Sends to the ledger; the epochs are those of the holders' shards on this node. */
  public RemotePermits(Consumer<PermitMessage> ledger, ToLongFunction<PermitHolder> epochs) {
    this.ledger = ledger;
    this.epochs = epochs;
  }

  @Override
  public boolean acquire(PermitHolder holder, Map<String, Long> limits) {
    if (limits.isEmpty()) {
      return true;
    }
    ledger.accept(new PermitMessage.Request(holder, limits, epochs.applyAsLong(holder)));
    return false;
  }

  @Override
  public void restore(PermitHolder holder, Map<String, Long> limits) {
    if (!limits.isEmpty()) {
      ledger.accept(new PermitMessage.Restore(holder, limits, epochs.applyAsLong(holder)));
    }
  }

  @Override
  public void release(PermitHolder holder) {
    ledger.accept(new PermitMessage.Release(holder, epochs.applyAsLong(holder)));
  }
}

package org.maestro.engine.permit;

import java.util.Map;
import java.util.function.Consumer;

/**
 * The permits as seen from a node that doesn't keep the ledger: everything is asked by message, and
 * whoever wants permits waits at least for the answer.
 */
public final class RemotePermits implements Permits {
  private final Consumer<PermitMessage> ledger;

  public RemotePermits(Consumer<PermitMessage> ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean acquire(PermitHolder holder, Map<String, Long> limits) {
    if (limits.isEmpty()) {
      return true;
    }
    ledger.accept(new PermitMessage.Request(holder, limits));
    return false;
  }

  @Override
  public void restore(PermitHolder holder, Map<String, Long> limits) {
    if (!limits.isEmpty()) {
      ledger.accept(new PermitMessage.Restore(holder, limits));
    }
  }

  @Override
  public void release(PermitHolder holder) {
    ledger.accept(new PermitMessage.Release(holder));
  }
}

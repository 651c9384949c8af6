package org.maestro.engine.api.permit;

import java.util.Optional;
import org.maestro.engine.instance.PermitInsight;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitHolder;

/** What the ledger knows, for those who ask why a step does not run; nothing on other nodes. */
final class LedgerInsight implements PermitInsight {
  private final NodePermits permits;

  LedgerInsight(NodePermits permits) {
    this.permits = permits;
  }

  @Override
  public Optional<Waiting> waiting(PermitHolder holder) {
    return permits
        .ledger()
        .flatMap(ledger -> ledger.waiting(holder))
        .map(
            waiting ->
                new Waiting(
                    waiting.full().stream()
                        .map(
                            tag ->
                                new TagQueue(
                                    tag.tag(),
                                    tag.limit(),
                                    tag.held(),
                                    tag.holders(),
                                    tag.ahead() + 1))
                        .toList()));
  }
}

package org.maestro.engine.instance;

import java.util.Optional;
import java.util.OptionalLong;
import org.maestro.engine.log.AttemptDirectory;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Finds attempts in the database. */
final class StoredAttempts implements AttemptDirectory {
  private final Transactions transactions;
  private final InstanceStore store;
  private final AccessPolicy access;

  StoredAttempts(Transactions transactions, InstanceStore store, AccessPolicy access) {
    this.transactions = transactions;
    this.store = store;
    this.access = access;
  }

  @Override
  public Optional<AttemptRef> find(
      Caller caller,
      String workflowId,
      long instanceId,
      long runId,
      String stepId,
      OptionalLong attemptId) {
    return transactions.read(() -> {
      var run = store.run(workflowId, instanceId, runId);
      if (run.isEmpty()) {
        return Optional.empty();
      }
      access.require(caller, Access.READ, workflowId, run.get().owner());
      return store.attempt(run.get().key(), stepId, attemptId).stream()
          .findFirst()
          .map(found -> run.get().row().attempt(stepId, found.attempt().attemptId()));
    });
  }
}

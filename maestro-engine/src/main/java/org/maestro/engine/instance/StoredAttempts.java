package org.maestro.engine.instance;

import java.util.Optional;
import java.util.OptionalLong;
import org.maestro.engine.log.AttemptDirectory;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.LiveAttempts;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Finds attempts in the database, and whether their jobs are wanted. */
final class StoredAttempts implements AttemptDirectory, LiveAttempts {
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

  @Override
  public boolean isLive(AttemptRef attempt) {
    return transactions.read(() -> {
      var run = store.run(attempt.workflowId(), attempt.instanceId(), attempt.runId());
      return run.isPresent()
          && run.get().row().attempt(attempt.stepId(), attempt.attemptId()).equals(attempt)
          && store
              .attempt(run.get().key(), attempt.stepId(), OptionalLong.of(attempt.attemptId()))
              .stream()
              .anyMatch(found -> hasJob(found.attempt().state()));
    });
  }

  private static boolean hasJob(StepState state) {
    return switch (state) {
      case StepState.Starting _, StepState.Running _, StepState.Ending _ -> true;
      case StepState.Passing _,
          StepState.Paused _,
          StepState.AwaitingSignals _,
          StepState.AwaitingPermits _,
          StepState.AwaitingRetry _,
          StepState.Finished _ ->
          false;
    };
  }
}

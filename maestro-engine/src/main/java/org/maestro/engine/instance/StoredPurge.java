package org.maestro.engine.instance;

import org.maestro.engine.database.Transactions;
import org.maestro.engine.definition.InstancePurge;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.model.instance.RunStatus;

/**
 * Ends the live instances of a workflow that is being deleted, then removes all of them: attempts
 * first, then runs, so that whoever goes on after a crash finds what is left.
 */
final class StoredPurge implements InstancePurge {
  private final Transactions transactions;
  private final PurgeStore store;
  private final RunCommands commands;

  StoredPurge(Transactions transactions, PurgeStore store, RunCommands commands) {
    this.transactions = transactions;
    this.store = store;
    this.commands = commands;
  }

  @Override
  public long purge(String workflowId, int limit) {
    var live = transactions.read(() -> store.live(workflowId, limit));
    for (var run : live) {
      if (!run.told()) {
        commands.send(
            new RunCommand.EndRun(
                run.key(), RunStatus.STOPPED, "The workflow is being deleted", null));
      }
    }
    if (!live.isEmpty()) {
      return live.size();
    }
    return transactions.<Integer>runIdempotent(
        () -> {
          var attempts = store.deleteAttempts(workflowId, limit);
          if (attempts > 0) {
            return attempts;
          }
          var runs = store.deleteRuns(workflowId, limit);
          return runs > 0 ? runs : store.deleteBreakpoints(workflowId);
        });
  }
}

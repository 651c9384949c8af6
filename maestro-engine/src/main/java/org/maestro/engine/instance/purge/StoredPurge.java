package org.maestro.engine.instance.purge;

import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.maestro.engine.definition.InstancePurge;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.database.Transactions;

/**
 * Ends the live instances of a workflow that is being deleted, then removes all of them: attempts
 * first, then runs, so that whoever goes on after a crash finds what is left.
 */
public final class StoredPurge implements InstancePurge {
  private final Transactions transactions;
  private final PurgeStore store;
  private final RunCommands commands;
  private final ToIntFunction<String> deleteBreakpoints;
  private final Consumer<String> forgetAttempt;

  /**
   * With the parts that it works on.
   *
   * @param forgetAttempt hears the uuid of every attempt that is gone
   */
  public StoredPurge(
      Transactions transactions,
      PurgeStore store,
      RunCommands commands,
      ToIntFunction<String> deleteBreakpoints,
      Consumer<String> forgetAttempt) {
    this.transactions = transactions;
    this.store = store;
    this.commands = commands;
    this.deleteBreakpoints = deleteBreakpoints;
    this.forgetAttempt = forgetAttempt;
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
    // Iterations before the runs that they belong to: what they have in common goes last.
    var loop = transactions.read(() -> store.loop(workflowId));
    if (loop.isPresent()) {
      var iterations = deleteRows(loop.get(), limit);
      return iterations > 0
          ? iterations
          : transactions.<Integer>runIdempotent(() -> store.deleteLoop(loop.get()));
    }
    var rows = deleteRows(workflowId, limit);
    return rows > 0 ? rows : deleteBreakpoints.applyAsInt(workflowId);
  }

  /** Deletes some attempts, or some runs if there are none; returns how many. */
  private int deleteRows(String workflowId, int limit) {
    var going = transactions.read(() -> store.attempts(workflowId, limit));
    var rows =
        transactions.<Integer>runIdempotent(() -> {
          var attempts = store.deleteAttempts(workflowId, limit);
          return attempts > 0 ? attempts : store.deleteRuns(workflowId, limit);
        });
    going.forEach(attempt -> forgetAttempt.accept(attempt.uuid()));
    return rows;
  }
}

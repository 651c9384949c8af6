package org.maestro.engine.instance.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.maestro.engine.instance.loop.LoopReader.Loop;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.LoopAction;
import org.maestro.model.loop.LoopActionAnswer;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.Caller;

/** Acts on many iterations of a foreach step at once. */
public final class LoopActions {
  private static final int SAMPLES = 10;

  private final Transactions transactions;
  private final LoopReader reader;
  private final RunCommands commands;

  LoopActions(Transactions transactions, LoopReader reader, RunCommands commands) {
    this.transactions = transactions;
    this.reader = reader;
    this.commands = commands;
  }

  /**
   * Acts on all iterations that a filter means.
   *
   * @param dryRun only counts them, and is refused like the real one
   * @throws ApiException 409 if the loop has ended
   */
  public LoopActionAnswer act(
      Caller caller, LoopPlace place, IterationFilter filter, LoopAction action, boolean dryRun) {
    var loop = transactions.read(() -> reader.loop(caller, place, Access.RUN));
    var which = loop.state().matching(filter);
    var possible =
        switch (action) {
          case RESTART ->
              which
                  .minus(loop.state().matching(with(filter, IterationStatus.QUEUED)))
                  .minus(loop.state().matching(with(filter, IterationStatus.NOT_STARTED)));
          case STOP, KILL ->
              loop.state()
                  .matching(with(filter, IterationStatus.RUNNING))
                  .union(loop.state().matching(with(filter, IterationStatus.QUARANTINED)));
        };
    if (action == LoopAction.RESTART) {
      possible = possible.minus(loop.state().matching(with(filter, IterationStatus.RUNNING)));
      possible = possible.minus(loop.state().matching(with(filter, IterationStatus.QUARANTINED)));
      possible = possible.minus(loop.state().matching(with(filter, IterationStatus.SUCCEEDED)));
    }
    var meant = filter.statuses().isEmpty() ? possible : possible.minus(possible.minus(which));
    if (!meant.isEmpty()) {
      if (!loop.live()) { // a dry run says what the real one would
        throw ApiException.conflict(
            "loop-ended",
            "step \"%s\" has ended; restart its run with RESTART_FROM_INCOMPLETE to run what did not succeed"
                .formatted(place.stepId()));
      }
      if (!dryRun) {
        carryOut(caller, loop, meant, action);
      }
    }
    var samples = new ArrayList<Long>();
    for (var i = meant.first(); i >= 0 && samples.size() < SAMPLES; i = meant.firstFrom(i + 1)) {
      samples.add(i);
    }
    return new LoopActionAnswer(action, dryRun, meant.size(), samples);
  }

  private static IterationFilter with(IterationFilter filter, IterationStatus status) {
    return new IterationFilter(
        Set.of(status), filter.signature(), filter.items(), filter.from(), filter.to());
  }

  private void carryOut(Caller caller, Loop loop, IndexSet which, LoopAction action) {
    if (action == LoopAction.RESTART) {
      commands.send(
          new RunCommand.RestartIterations(
              loop.run().key(), loop.stepId(), which, List.of(), caller.name()));
      return;
    }
    var killed = action == LoopAction.KILL;
    // No more of them than the loop runs at a time.
    var indexes = new ArrayList<Long>();
    which.forEach(indexes::add);
    var ends =
        reader.rows(loop, indexes).values().stream()
            .<RunCommand>map(run ->
                new RunCommand.EndRun(
                    run.key(),
                    killed ? RunStatus.FAILED : RunStatus.STOPPED,
                    (killed ? "Killed by " : "Stopped by ") + caller.name(),
                    caller.name()))
            .toList();
    transactions.runIdempotent(() -> commands.within(ends, List.of())).run();
  }
}

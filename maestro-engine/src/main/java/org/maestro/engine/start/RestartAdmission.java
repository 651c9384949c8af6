package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.problem.ApiException;

/**
 * Places a run that a restart adds among the other instances of its workflow, as the run strategy
 * places a new instance. Iterations are placed by their loop alone.
 */
final class RestartAdmission {
  private static final int TRIES = 5;

  private final StartStore store;
  private final CompiledVersions versions;
  private final RunCommands commands;
  private final Consumer<String> admission;

  /**
   * With the parts that it works on.
   *
   * @param admission told of workflows in which a run has been queued
   */
  RestartAdmission(
      StartStore store,
      CompiledVersions versions,
      RunCommands commands,
      Consumer<String> admission) {
    this.store = store;
    this.versions = versions;
    this.commands = commands;
    this.admission = admission;
  }

  /** The workflow has changed since its properties were read. */
  private static final class StaleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleException() {
      super("the workflow has changed", null, false, false);
    }
  }

  /**
   * What becomes of a restarted instance.
   *
   * @param admitted whether it runs now
   * @param sent what follows for others
   */
  record Place(boolean admitted, List<RunCommand> sent) {}

  /** Accepts one restart; called inside of a transaction, perhaps several times. */
  interface Decision {
    /**
     * The answer.
     *
     * @param place asks for the instance's place, once it is known that it may be restarted
     */
    Accepted decide(Supplier<Place> place);
  }

  /** Has a restart decided in a transaction, behind the lock of its workflow's row. */
  Accepted accept(String workflowId, long instanceId, long now, Decision decision) {
    if (InlineWorkflow.isInline(workflowId)) {
      return commit(workflowId, decision, () -> new Place(true, List.of()));
    }
    for (int attempt = 1; ; attempt++) {
      var resolved = versions.resolve(workflowId, VersionSelector.LATEST);
      try {
        return commit(workflowId, decision, () -> place(resolved, workflowId, instanceId, now));
      } catch (StaleException e) {
        if (attempt == TRIES) {
          throw ApiException.conflict(
              "workflow-changing",
              "workflow \"%s\" changes faster than it can be read; try again"
                  .formatted(workflowId));
        }
        versions.forget(workflowId);
      }
    }
  }

  private record Committed(Accepted accepted, Runnable followUp, boolean queued) {}

  private Accepted commit(String workflowId, Decision decision, Supplier<Place> place) {
    var committed =
        store.inTransaction(() -> {
          var taken = new ArrayList<Place>();
          var accepted =
              decision.decide(() -> {
                taken.add(place.get());
                return taken.getFirst();
              });
          if (taken.isEmpty()) {
            return new Committed(accepted, () -> {}, false); // decided before
          }
          var begins =
              taken.getFirst().admitted()
                  ? List.<RunCommand>of(new RunCommand.StartRun(accepted.run()))
                  : List.<RunCommand>of();
          return new Committed(
              accepted,
              commands.within(taken.getFirst().sent(), begins),
              !taken.getFirst().admitted());
        });
    committed.followUp().run();
    if (committed.queued()) {
      // What it queues behind may have ended while it was on its way to the disk.
      admission.accept(workflowId);
    }
    return committed.accepted();
  }

  private Place place(ResolvedVersion resolved, String workflowId, long instanceId, long now) {
    var head = store.lock(List.of(workflowId)).get(workflowId);
    if (head == null || head.revision() != resolved.revision()) {
      throw new StaleException();
    }
    var strategy = resolved.properties().properties().effectiveRunStrategy();
    store.unblock(workflowId, instanceId);
    var openRuns = new HashMap<StartStore.InstanceKey, RunKey>();
    var standing =
        store
            .standings(
                List.of(head), strategy.rule() == RunStrategy.Rule.STRICT_SEQUENTIAL, openRuns)
            .get(workflowId);
    if (standing == null) {
      throw new StaleException();
    }
    if (standing.running().contains(instanceId) || standing.queued().contains(instanceId)) {
      throw ApiException.conflict(
          "still-running",
          "run %s has not ended; only a run that has ended can be restarted"
              .formatted(keyOf(openRuns, workflowId, instanceId)));
    }
    var verdict = AdmissionPolicy.decide(strategy, standing, instanceId);
    if (verdict.answer() == AdmissionPolicy.Answer.STOP) {
      var other = standing.running().isEmpty() ? standing.queued() : standing.running();
      throw ApiException.conflict(
          "another-instance-runs",
          "expected no other instance of workflow \"%s\" to be there, as its run strategy is %s, found instance %d; restart instance %d when that has ended"
              .formatted(workflowId, strategy.rule(), other.getFirst(), instanceId));
    }
    var because = "%s: a restart of instance %d replaces it".formatted(strategy.rule(), instanceId);
    var sent = new ArrayList<RunCommand>();
    for (var running : verdict.endRunning()) {
      sent.add(
          new RunCommand.EndRun(
              keyOf(openRuns, workflowId, running), RunStatus.STOPPED, because, null));
    }
    sent.addAll(
        store.stopQueued(
            workflowId,
            verdict.stopQueued(),
            RunRow.Progress.saying(TimelineEvent.info(now, because)),
            now));
    return new Place(verdict.answer() == AdmissionPolicy.Answer.ADMIT, sent);
  }

  private static RunKey keyOf(
      Map<StartStore.InstanceKey, RunKey> openRuns, String workflowId, long instanceId) {
    @Nullable RunKey run = openRuns.get(new StartStore.InstanceKey(workflowId, instanceId));
    return run == null ? new RunKey(workflowId, instanceId, 1) : run;
  }
}

package org.maestro.engine.api.breakpoint;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.breakpoint.BreakpointStore;
import org.maestro.engine.breakpoint.KnownBreakpoints;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.model.breakpoint.PausedAttempt;
import org.maestro.model.breakpoint.StepBreakpoint;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepStatus;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Sets and removes breakpoints, and lets attempts go that stand at one. */
final class BreakpointService {
  /** Attempts that are let go between two looks at the database. */
  static final int BATCH = 200;

  /** Attempts that a list shows at most: the oldest instances' first. */
  static final int SHOWN = 1_000;

  private static final int SHOWN_ANYWHERE = 50;

  private static final int MAX_STEP_ID_CHARS = 512;

  private final Transactions transactions;
  private final BreakpointStore store;
  private final KnownBreakpoints breakpoints;
  private final DefinitionStore definitions;
  private final RunCommands commands;
  private final AccessPolicy access;
  private final InstantSource clock;

  BreakpointService(
      Transactions transactions,
      BreakpointStore store,
      KnownBreakpoints breakpoints,
      DefinitionStore definitions,
      RunCommands commands,
      AccessPolicy access,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.breakpoints = breakpoints;
    this.definitions = definitions;
    this.commands = commands;
    this.access = access;
    this.clock = clock;
  }

  /**
   * Sets a breakpoint; the step need not exist yet.
   *
   * @return it, or the one that was set already
   * @throws ApiException 400 for a blank or overlong step id, 404 if there is no such workflow
   */
  StepBreakpoint set(Caller caller, String workflowId, String stepId) {
    require(caller, Access.RUN, workflowId);
    if (stepId.isBlank() || stepId.length() > MAX_STEP_ID_CHARS) {
      throw ApiException.badRequest(
          "invalid-step-id", "step_id: expected 1 to %d characters".formatted(MAX_STEP_ID_CHARS));
    }
    return breakpoints.set(new StepBreakpoint(workflowId, stepId, clock.millis(), caller.name()));
  }

  /** The breakpoints of a workflow, or of one of its steps. */
  List<StepBreakpoint> list(Caller caller, String workflowId, @Nullable String stepId) {
    require(caller, Access.READ, workflowId);
    return transactions.read(() -> store.list(workflowId, stepId));
  }

  /** What stands at a breakpoint, whether or not it is still set. At most {@value #SHOWN}. */
  List<PausedAttempt> paused(Caller caller, String workflowId, String stepId) {
    require(caller, Access.READ, workflowId);
    return page(workflowId, stepId, null, SHOWN);
  }

  /** What stands at a breakpoint that is set in any workflow. At most {@value #SHOWN_ANYWHERE}. */
  List<PausedAttempt> pausedAnywhere(Caller caller) {
    access.requireMayList(caller);
    return transactions.read(() -> store.pausedAnywhere(SHOWN_ANYWHERE));
  }

  /** How many breakpoints were removed, and how many attempts were let go. */
  record Removed(long deleted, long resumed) {}

  /** Removes a breakpoint, and on request lets everything go that stands there. */
  Removed delete(Caller caller, String workflowId, String stepId, boolean resume) {
    require(caller, Access.RUN, workflowId);
    var deleted = breakpoints.delete(workflowId, stepId);
    return new Removed(deleted, resume ? resumeAll(caller, workflowId, stepId) : 0);
  }

  private long resumeAll(Caller caller, String workflowId, String stepId) {
    var resumed = new HashSet<PausedAttempt>();
    long before;
    do { // a turn that was under way may have paused a step after the page was read
      before = resumed.size();
      var page = page(workflowId, stepId, null, BATCH);
      while (!page.isEmpty()) {
        for (var attempt : page) {
          if (resumed.add(attempt)) {
            commands.send(resumeOf(attempt, caller));
          }
        }
        page = page(workflowId, stepId, page.getLast(), BATCH);
      }
    } while (resumed.size() > before);
    return resumed.size();
  }

  private List<PausedAttempt> page(
      String workflowId, String stepId, @Nullable PausedAttempt after, int limit) {
    return transactions.read(() -> store.paused(workflowId, stepId, after, limit));
  }

  private static RunCommand resumeOf(PausedAttempt attempt, Caller caller) {
    return new RunCommand.ResumeStep(
        new RunKey(attempt.workflowId(), attempt.workflowInstanceId(), attempt.workflowRunId()),
        attempt.stepId(),
        attempt.stepAttemptId(),
        caller.name());
  }

  /**
   * What was asked of an attempt.
   *
   * @param standing as it was before
   */
  record Resumed(BreakpointStore.Standing standing, TimelineEvent event) {}

  /**
   * Lets one attempt go; the breakpoint stays for others.
   *
   * @throws ApiException 404 if there is no such attempt, 409 if it doesn't stand at a breakpoint
   */
  Resumed resume(Caller caller, RunKey run, String stepId, long attemptId) {
    require(caller, Access.RUN, run.workflowId());
    var standing =
        transactions
            .read(() ->
                store.standing(run.workflowId(), run.instanceId(), run.runId(), stepId, attemptId))
            .orElseThrow(() ->
                ApiException.notFound(
                    "no-such-step-attempt",
                    "step \"%s\": attempt %d does not exist in run %s"
                        .formatted(stepId, attemptId, run)));
    if (standing.status() != StepStatus.PAUSED) {
      throw ApiException.conflict(
          "not-paused",
          "step \"%s\": expected attempt %d to be PAUSED, found %s"
              .formatted(stepId, attemptId, standing.status()));
    }
    commands.send(new RunCommand.ResumeStep(run, stepId, attemptId, caller.name()));
    return new Resumed(
        standing,
        TimelineEvent.action(
            clock.millis(), "RESUME", caller.name(), "Resumed from its breakpoint"));
  }

  private void require(Caller caller, Access wanted, String workflowId) {
    var head =
        transactions
            .read(() -> definitions.head(workflowId))
            .filter(found -> found.workflow().deletion() == null)
            .orElseThrow(() ->
                ApiException.notFound(
                    "no-such-workflow", "workflow \"%s\" does not exist".formatted(workflowId)));
    access.require(caller, wanted, workflowId, head.workflow().owner());
  }
}

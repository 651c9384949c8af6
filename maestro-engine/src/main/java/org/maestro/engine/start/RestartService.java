package org.maestro.engine.start;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.alert.RunAlerts;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.store.RunInspection;
import org.maestro.engine.step.StepState;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamException;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/**
 * Runs an instance again: a new run over the part of the DAG that the policy names. A run below
 * another is restarted from its root, on the way down to it, unless the caller wants it detached.
 */
public final class RestartService {
  private static final int TRIES = 5;

  private final StartStore store;
  private final ParamEvaluator params;
  private final RunInspection inspection;
  private final RunCommands commands;
  private final CompiledVersions versions;
  private final RestartVersions otherVersions;
  private final RestartAdmission admission;
  private final AccessPolicy access;
  private final RunAlerting alerts;
  private final Supplier<String> ids;
  private final InstantSource clock;
  private final int shards;

  /**
   * With the parts that it works on.
   *
   * @param queued told of workflows in which a run has been queued
   */
  public RestartService(
      StartStore store,
      ParamEvaluator params,
      RunInspection inspection,
      CompiledVersions versions,
      RunCommands commands,
      Consumer<String> queued,
      AccessPolicy access,
      RunAlerting alerts,
      Supplier<String> ids,
      InstantSource clock,
      int shards) {
    this.store = store;
    this.params = params;
    this.inspection = inspection;
    this.commands = commands;
    this.versions = versions;
    this.otherVersions = new RestartVersions(versions, inspection);
    this.admission = new RestartAdmission(store, versions, commands, queued);
    this.access = access;
    this.alerts = alerts;
    this.ids = ids;
    this.clock = clock;
    this.shards = shards;
  }

  /**
   * What another run of an instance is made of.
   *
   * @param runParams from whoever starts the run: the caller, or the step above it
   * @param versionId null for that of the run before
   * @param given what the caller gave for this run when it is restarted from above; null for
   *     nothing
   */
  private record Wanted(
      String workflowId,
      long instanceId,
      String requestId,
      RestartPolicy policy,
      RunFacts.Restart restart,
      Map<String, Param> runParams,
      Map<String, Map<String, Param>> stepParams,
      Map<String, Object> artifacts,
      @Nullable Long versionId,
      @Nullable Initiator initiator,
      RestartNode.@Nullable Given given) {}

  /**
   * Restarts an instance for a person.
   *
   * @throws ApiException 400, 403, 404, 409 or 422
   */
  public Accepted restart(Caller caller, String workflowId, long instanceId, StartRequest request) {
    var policy = policy(request.restartPolicy(), RestartPolicy.RESTART_FROM_INCOMPLETE);
    if (policy == RestartPolicy.RESTART_FROM_SPECIFIC) {
      throw ApiException.badRequest(
          "no-step-named",
          "RESTART_FROM_SPECIFIC starts at a step; use …/steps/{step}/actions/restart");
    }
    var last = inspection.readable(workflowId, instanceId);
    access.require(caller, Access.RUN, workflowId, last.row().facts().owner());
    return restartTree(
        caller,
        last,
        policy,
        new RunFacts.Restart(
            null, List.of(), request.skipSteps(), request.startSteps(), request.endSteps()),
        request,
        request.stepRunParams(),
        climb(request));
  }

  /**
   * Restarts from a step, in a new run.
   *
   * @param caller may run the instance
   * @param skip end the step as SKIPPED instead of running it
   * @throws ApiException 403 if it would restart a run above that the caller may not run, 409 or
   *     422
   */
  public Accepted restartFromStep(
      Caller caller,
      RunInspection.Inspected last,
      String stepId,
      StartRequest request,
      boolean skip) {
    return restartTree(
        caller,
        last,
        policy(request.restartPolicy(), RestartPolicy.RESTART_FROM_SPECIFIC),
        new RunFacts.Restart(
            stepId, List.of(), skip ? List.of(stepId) : List.of(), List.of(), List.of()),
        request,
        request.stepRunParams(),
        climb(request));
  }

  /** How far up a restart of a run below another climbs. */
  private enum Climb {
    /** To the root of its tree, or the first run that goes on, or an asynchronous child. */
    TO_ROOT,
    /** Out of its loops: to the workflow in whose definition it stands. */
    TO_WORKFLOW,
    /** It is restarted alone. */
    NOT_AT_ALL
  }

  private static Climb climb(StartRequest request) {
    var mode = request.upstreamRestartMode();
    if (mode == null) {
      return Climb.TO_ROOT;
    }
    if (mode.equalsIgnoreCase("RESTART_FROM_INLINE_ROOT")) {
      return Climb.TO_WORKFLOW;
    }
    if (mode.equalsIgnoreCase("RESTART_FROM_STEP")) {
      return Climb.NOT_AT_ALL;
    }
    throw ApiException.badRequest(
        "unknown-upstream-restart-mode",
        "upstream_restart_mode: expected RESTART_FROM_INLINE_ROOT or RESTART_FROM_STEP, found \""
            + mode
            + "\"");
  }

  /** Whether a restart goes no further up than a run of this workflow. */
  private static boolean isTop(String workflowId, Climb climb, List<Initiator.Ancestor> ancestors) {
    return ancestors.isEmpty()
        || Boolean.FALSE.equals(ancestors.getLast().sync())
        || isCutOff(workflowId, climb, ancestors);
  }

  /** Whether there is a run above that a restart leaves alone, and that hears nothing of it. */
  private static boolean isCutOff(
      String workflowId, Climb climb, List<Initiator.Ancestor> ancestors) {
    return !ancestors.isEmpty()
        && (climb == Climb.NOT_AT_ALL
            || (climb == Climb.TO_WORKFLOW && !InlineWorkflow.isInline(workflowId)));
  }

  static RestartPolicy policy(@Nullable String name, RestartPolicy otherwise) {
    if (name == null) {
      return otherwise;
    }
    try {
      var policy = RestartPolicy.valueOf(name.toUpperCase(Locale.ROOT));
      if (policy != RestartPolicy.START_FRESH_NEW_RUN
          && policy != RestartPolicy.START_CUSTOMIZED_RUN) {
        return policy;
      }
    } catch (IllegalArgumentException _) {
      // Refused below, as every other text that is no policy for a restart.
    }
    throw ApiException.badRequest(
        "unknown-restart-policy",
        "restart_policy: expected RESTART_FROM_INCOMPLETE, RESTART_FROM_BEGINNING,"
            + " RESTART_FROM_SPECIFIC or RESTART_CUSTOMIZED_RUN, found \""
            + name
            + "\"");
  }

  /** Climbs to the first ancestor that still runs, or to the top, and restarts from there. */
  private Accepted restartTree(
      Caller caller,
      RunInspection.Inspected target,
      RestartPolicy policy,
      RunFacts.Restart restart,
      StartRequest request,
      Map<String, Map<String, Param>> stepParams,
      Climb climb) {
    var known = alreadyAccepted(target, request.requestId());
    if (known != null) {
      return known;
    }
    requireEnded(target);
    var facts = target.row().facts();
    var isInline = InlineWorkflow.isInline(target.key().workflowId());
    var next =
        request.version() == null || isInline
            ? null
            : otherVersions.resolve(
                target.key().workflowId(), facts.internalId(), request.version());
    if (next != null) {
      RestartVersions.requireStep(next, restart.stepId());
    }
    checkSomethingToRun(
        next == null ? target : target.before(new RunPlan(next.workflow())), policy, restart);
    if (!request.runParams().isEmpty() || !stepParams.isEmpty()) {
      new GivenParams(
              next == null
                  ? inspection.workflow(
                      target.key().workflowId(), facts.internalId(), target.row().versionId())
                  : next.workflow(),
              facts.params().keySet(),
              params::hasDefault)
          .check(request.runParams(), stepParams, false);
    }
    var ancestors = target.row().facts().initiator().ancestorPath();
    var requestId = request.requestId() == null ? ids.get() : request.requestId();
    if (isTop(target.key().workflowId(), climb, ancestors)) {
      if (isInline && request.version() != null) {
        throw RestartVersions.ofAnIteration(target.key());
      }
      return accept(
          new Wanted(
              target.key().workflowId(),
              target.key().instanceId(),
              requestId,
              policy,
              restart,
              request.runParams(),
              stepParams,
              request.artifacts(),
              next == null ? null : (Long) next.versionId(),
              isCutOff(target.key().workflowId(), climb, ancestors)
                  ? new Initiator.Manual(facts.owner())
                  : null,
              null));
    }
    if (!request.artifacts().isEmpty()) {
      throw ApiException.badRequest(
          "artifacts-of-a-part",
          "artifacts: run %s is restarted by the runs above it, which keep their own; leave them out, or restart the run at the top"
              .formatted(target.key()));
    }
    if (next != null) {
      throw RestartVersions.belowAnotherRun(target.key());
    }
    var path = new ArrayList<RestartNode>();
    path.add(
        new RestartNode(
            target.key().workflowId(),
            target.key().instanceId(),
            restart.stepId() == null ? "" : restart.stepId(),
            policy,
            RestartNode.Given.of(
                givenFor(target, request.runParams()),
                stepParams,
                restart.skipSteps(),
                restart.startSteps(),
                restart.endSteps())));
    while (!ancestors.isEmpty()) {
      var ancestor = ancestors.getLast();
      var above = inspection.readable(ancestor.workflowId(), ancestor.instanceId());
      requireMayClimb(caller, target, above);
      var changes = request.version() != null && !InlineWorkflow.isInline(ancestor.workflowId());
      if (!above.row().status().isTerminal()) {
        if (request.version() != null) {
          throw RestartVersions.ofALiveRun(above);
        }
        commands.send(alongTheWay(above, ancestor.stepId(), List.copyOf(path)));
        return new Accepted(
            above.key(), above.row().uuid(), above.row().versionId(), RunStatus.CREATED, false);
      }
      // Of its latest run: that may have been restarted alone after it ran what is to run again.
      var further = above.row().facts().initiator().ancestorPath();
      var isTop = isTop(ancestor.workflowId(), climb, further);
      if (changes && !isTop) {
        throw RestartVersions.belowAnotherRun(above.key());
      }
      if (isTop) {
        return accept(
            new Wanted(
                ancestor.workflowId(),
                ancestor.instanceId(),
                requestId,
                RestartPolicy.RESTART_FROM_SPECIFIC,
                new RunFacts.Restart(
                    ancestor.stepId(), List.copyOf(path), List.of(), List.of(), List.of()),
                Map.of(),
                Map.of(),
                Map.of(),
                changes
                    ? (Long)
                        otherVersions
                            .resolve(
                                ancestor.workflowId(),
                                above.row().facts().internalId(),
                                Objects.requireNonNull(request.version()))
                            .versionId()
                    : null,
                isCutOff(ancestor.workflowId(), climb, further)
                    ? new Initiator.Manual(facts.owner())
                    : null,
                null));
      }
      path.addFirst(
          new RestartNode(
              ancestor.workflowId(),
              ancestor.instanceId(),
              ancestor.stepId(),
              RestartPolicy.RESTART_FROM_SPECIFIC,
              null));
      ancestors = further;
    }
    throw new IllegalStateException("expected to find a run to restart above " + target.key());
  }

  /** A restart from above is one of each run on the way. */
  private void requireMayClimb(
      Caller caller, RunInspection.Inspected target, RunInspection.Inspected above) {
    var owner = above.row().facts().owner();
    try {
      access.require(caller, Access.RUN, above.key().workflowId(), owner);
    } catch (ApiException e) {
      throw ApiException.forbidden(
          "not-the-owner-above",
          "a restart of run %s restarts run %s above it: %s; ask \"%s\" to restart that, or restart with upstream_restart_mode RESTART_FROM_STEP, which leaves it alone"
              .formatted(target.key(), above.key(), e.detail(), owner));
    }
  }

  /** The params of an iteration are worked out now: nobody could be told later. */
  private Map<String, Param> givenFor(
      RunInspection.Inspected target, Map<String, Param> runParams) {
    if (runParams.isEmpty() || !InlineWorkflow.isInline(target.key().workflowId())) {
      return runParams;
    }
    var facts = target.row().facts();
    var workflow = target.plan().workflow();
    try {
      var all =
          params.evaluateWorkflow(
              params.mergeForRestart(workflow, facts.params(), runParams),
              new InstanceFacts(
                  target.key().workflowId(),
                  target.key().instanceId(),
                  target.key().runId(),
                  facts.owner(),
                  facts.initiator(),
                  facts.policy(),
                  null,
                  facts.instanceTime()),
              clock.millis());
      var given = new LinkedHashMap<>(all);
      given.keySet().retainAll(runParams.keySet());
      return given;
    } catch (ParamException e) {
      throw StartService.refused(workflow, e);
    }
  }

  /** What a run that goes on is told, so that the restart comes to the node below its step. */
  private static RunCommand alongTheWay(
      RunInspection.Inspected above, String stepId, List<RestartNode> path) {
    var below = path.getFirst();
    var attempt = above.current().get(stepId);
    var step = above.plan().steps().get(stepId);
    if (attempt != null && !attempt.status().isFinal()) {
      if (InlineWorkflow.isForeach(below.workflowId())
          && !(attempt.state() instanceof StepState.Ending)) {
        return new RunCommand.RestartIterations(
            above.key(),
            stepId,
            IndexSet.range(below.instanceId() - 1, below.instanceId()),
            path,
            null);
      }
    } else if (attempt != null
        && !attempt.status().isComplete()
        && step != null
        && step.common().effectiveFailureMode() == FailureMode.FAIL_AFTER_RUNNING) {
      return new RunCommand.RestartStep(above.key(), stepId, Map.of(), path, null);
    }
    throw ApiException.conflict(
        "ancestor-still-running",
        "expected step \"%s\" of run %s, which is %s, to have failed for good under FAIL_AFTER_RUNNING or its run to have ended, found it %s; restart when the run has ended"
            .formatted(
                stepId,
                above.key(),
                above.row().status(),
                attempt == null ? "not begun" : attempt.status()));
  }

  /** The run that this request made before: of the instance itself or of one above it. */
  private @Nullable Accepted alreadyAccepted(
      RunInspection.Inspected target, @Nullable String requestId) {
    if (requestId == null) {
      return null;
    }
    var requests = new LinkedHashSet<StartStore.RequestId>();
    requests.add(new StartStore.RequestId(target.key().workflowId(), requestId));
    for (var ancestor : target.row().facts().initiator().ancestorPath()) {
      requests.add(new StartStore.RequestId(ancestor.workflowId(), requestId));
    }
    var known = store.inTransaction(() -> store.duplicates(requests));
    return known.values().stream().findFirst().orElse(null);
  }

  private static void requireEnded(RunInspection.Inspected run) {
    if (!run.row().status().isTerminal()) {
      throw ApiException.conflict(
          "still-running",
          "run %s is %s; only a run that has ended can be restarted"
              .formatted(run.key(), run.row().status()));
    }
  }

  private static void checkSomethingToRun(
      RunInspection.Inspected run, RestartPolicy policy, RunFacts.Restart restart) {
    for (var step :
        Stream.of(restart.skipSteps(), restart.startSteps(), restart.endSteps())
            .flatMap(List::stream)
            .toList()) {
      if (!run.plan().steps().containsKey(step)) {
        throw ApiException.badRequest(
            "no-such-step",
            "workflow \"%s\" has no step \"%s\"; it has %s"
                .formatted(run.key().workflowId(), step, run.plan().steps().keySet()));
      }
    }
    if (run.toRun(policy, restart).isEmpty()) {
      throw new ApiException(
          ProblemKind.UNPROCESSABLE_ENTITY,
          "nothing-to-run",
          "run %s has no step that %s would run; use RESTART_FROM_BEGINNING to run it all again"
              .formatted(run.key(), policy));
    }
  }

  /**
   * Restarts the instance that a step started before.
   *
   * @param path the nodes below, outermost first; the first is this instance
   * @param owner of the workflow that the step is in; null if the restart has been allowed
   * @throws ApiException 403 if the step may not start that workflow any more, 404, 409 or 422
   */
  public Accepted restartChild(
      String workflowId,
      long instanceId,
      String requestId,
      RestartPolicy policy,
      List<RestartNode> path,
      Map<String, Param> runParams,
      Initiator initiator,
      @Nullable String owner) {
    var last = inspection.latest(workflowId, instanceId);
    var owned = last.row().facts().owner();
    if (owner != null && !owner.equals(owned) && !InlineWorkflow.isInline(workflowId)) {
      var known = alreadyAccepted(workflowId, requestId);
      if (known != null) {
        return known; // what began while it was allowed goes on
      }
      requireMayRestart(owner, workflowId, owned);
    }
    var wantedPolicy = policy;
    var restart = RunFacts.Restart.along(path);
    var given = path.isEmpty() ? null : path.getFirst().given();
    if (last.toRun(wantedPolicy, restart).isEmpty()) {
      wantedPolicy = RestartPolicy.RESTART_FROM_BEGINNING;
    }
    return accept(
        new Wanted(
            workflowId,
            instanceId,
            requestId,
            wantedPolicy,
            restart,
            runParams,
            given == null ? Map.of() : given.stepParams(),
            Map.of(),
            null,
            initiator,
            given));
  }

  /**
   * Runs again what did not succeed of an instance, as part of a back-fill that may do so.
   *
   * @param version of the new run
   * @throws ApiException 404, 409, or 422 if what has run does not fit that version
   */
  public Accepted restartIncomplete(
      String workflowId,
      long instanceId,
      String requestId,
      VersionSelector version,
      Initiator initiator) {
    var last = inspection.readable(workflowId, instanceId);
    var next = otherVersions.resolve(workflowId, last.row().facts().internalId(), version);
    var isLeft =
        !last.before(new RunPlan(next.workflow()))
            .toRun(RestartPolicy.RESTART_FROM_INCOMPLETE, null)
            .isEmpty();
    return accept(
        new Wanted(
            workflowId,
            instanceId,
            requestId,
            isLeft ? RestartPolicy.RESTART_FROM_INCOMPLETE : RestartPolicy.RESTART_FROM_BEGINNING,
            RunFacts.Restart.WHOLE,
            Map.of(),
            Map.of(),
            Map.of(),
            next.versionId(),
            initiator,
            null));
  }

  /** What a restart finds before it is decided behind a lock. */
  private record Before(@Nullable Accepted known, StartStore.@Nullable LastRun last) {}

  private @Nullable Accepted alreadyAccepted(String workflowId, String requestId) {
    var request = new StartStore.RequestId(workflowId, requestId);
    return store.inTransaction(() -> store.duplicates(List.of(request))).get(request);
  }

  /** As for a start, which may have been allowed when the instance began and not be any more. */
  private void requireMayRestart(String caller, String workflowId, String owner) {
    var properties = versions.resolve(workflowId, VersionSelector.LATEST).properties();
    access.requireMayStart(
        access.actingFor(caller), workflowId, owner, properties.properties().starters());
  }

  /** Evaluates over the last run as it stands, and again if another came in between. */
  private Accepted accept(Wanted wanted) {
    for (int attempt = 1; ; attempt++) {
      var before = store.inTransaction(() -> before(wanted));
      if (before.known() != null) {
        return before.known();
      }
      var last = before.last();
      var now = clock.millis();
      var next = last == null || !last.status().isTerminal() ? null : next(wanted, last, now);
      try {
        return admission.accept(
            wanted.workflowId(), wanted.instanceId(), now, place -> decide(wanted, place, next));
      } catch (OvertakenException _) {
        if (attempt == TRIES) {
          throw ApiException.conflict(
              "instance-changing",
              "instance %d of workflow \"%s\" changes faster than it can be read; try again"
                  .formatted(wanted.instanceId(), wanted.workflowId()));
        }
      }
    }
  }

  private Before before(Wanted wanted) {
    return new Before(known(wanted), store.lastRunNow(wanted.workflowId(), wanted.instanceId()));
  }

  private @Nullable Accepted known(Wanted wanted) {
    var request = new StartStore.RequestId(wanted.workflowId(), wanted.requestId());
    return store.duplicates(List.of(request)).get(request);
  }

  /** A run that has been evaluated and only has to be accepted. */
  private record Next(RunKey key, long versionId, RunFacts facts) {}

  private Next next(Wanted wanted, StartStore.LastRun last, long now) {
    var key = last.key();
    var next = new RunKey(key.workflowId(), key.instanceId(), key.runId() + 1);
    var versionId = wanted.versionId() == null ? last.versionId() : wanted.versionId();
    var before =
        versionId == last.versionId()
            ? last.facts().params()
            : otherVersions.params(
                last, versionId, wanted.policy(), wanted.restart(), wanted.runParams().keySet());
    return new Next(next, versionId, facts(wanted, last, before, versionId, next, now));
  }

  /**
   * The run that the new one was evaluated after is the last one no more, or has only now ended.
   */
  private static final class OvertakenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OvertakenException() {
      super("another run came in between", null, false, false);
    }
  }

  private Accepted decide(
      Wanted wanted, Supplier<RestartAdmission.Place> place, @Nullable Next next) {
    var known = known(wanted);
    if (known != null) {
      return known;
    }
    var admitted = place.get().admitted();
    var last = store.lastRun(wanted.workflowId(), wanted.instanceId());
    if (last == null) {
      throw ApiException.notFound(
          "no-such-instance",
          "workflow \"%s\" has no instance %d".formatted(wanted.workflowId(), wanted.instanceId()));
    }
    if (!last.status().isTerminal()) {
      throw ApiException.conflict(
          "still-running",
          "run %s is %s; only a run that has ended can be restarted"
              .formatted(last.key(), last.status()));
    }
    if (next == null || next.key().runId() != last.key().runId() + 1) {
      throw new OvertakenException();
    }
    var now = clock.millis();
    var key = next.key();
    store.insert(
        List.of(
            new StartStore.NewRun(
                key,
                wanted.requestId(),
                key.shard(shards),
                RunStatus.CREATED,
                admitted,
                next.versionId(),
                now,
                null,
                next.facts())));
    return new Accepted(key, wanted.requestId(), next.versionId(), RunStatus.CREATED, false);
  }

  private RunFacts facts(
      Wanted wanted,
      StartStore.LastRun last,
      Map<String, Param> previous,
      long versionId,
      RunKey key,
      long now) {
    var before = last.facts();
    var workflow = inspection.workflow(wanted.workflowId(), before.internalId(), versionId);
    var initiator = wanted.initiator() == null ? before.initiator() : wanted.initiator();
    var triggers = workflow.timeTriggers();
    var about =
        new InstanceFacts(
            key.workflowId(),
            key.instanceId(),
            key.runId(),
            before.owner(),
            initiator,
            wanted.policy(),
            triggers.isEmpty() ? null : triggers.getFirst().timezone(),
            before.instanceTime());
    var source =
        switch (initiator) {
          case Initiator.Subworkflow _ -> ParamSource.SUBWORKFLOW;
          case Initiator.Foreach _ -> ParamSource.FOREACH;
          case Initiator.While _ -> ParamSource.WHILE;
          case Initiator.Manual _, Initiator.Time _, Initiator.Signal _ -> ParamSource.RESTART;
        };
    try {
      var evaluated =
          params.evaluateWorkflow(
              params.mergeForRestart(workflow, previous, wanted.runParams(), source), about, now);
      var given = wanted.given();
      if (given != null && !given.runParams().isEmpty()) {
        evaluated =
            params.evaluateWorkflow(
                params.mergeForRestart(workflow, evaluated, given.runParams()), about, now);
      }
      return new RunFacts(
          before.internalId(),
          initiator,
          now,
          before.instanceTime(),
          before.correlationId(),
          wanted.policy(),
          wanted.restart(),
          wanted.runParams(),
          evaluated,
          wanted.stepParams(),
          before.runtimeTags(),
          before.owner(),
          before.stepConcurrency(),
          before.instanceStepConcurrency(),
          params.timeoutMillis(workflow.timeout(), evaluated, about),
          withArtifacts(before.artifacts(), wanted.artifacts()),
          null,
          null,
          alerts(wanted.workflowId(), about, evaluated, now));
    } catch (ParamException e) {
      throw StartService.refused(workflow, e);
    }
  }

  /** Whom the run tells of what, by the properties of now; nobody is told of iterations. */
  private @Nullable RunAlerts alerts(
      String workflowId, InstanceFacts about, Map<String, Param> evaluated, long now) {
    return InlineWorkflow.isInline(workflowId)
        ? null
        : alerts.of(versions.properties(workflowId), about, evaluated, now);
  }

  /** Those of the run before, and over them what came with the restart. */
  private static Map<String, Object> withArtifacts(
      Map<String, Object> before, Map<String, Object> given) {
    if (given.isEmpty()) {
      return before;
    }
    var all = new LinkedHashMap<>(before);
    all.putAll(given);
    return all;
  }
}

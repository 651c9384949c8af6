package org.maestro.engine.instance.why;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.instance.HandlerRuns;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.instance.RunNode;
import org.maestro.engine.instance.loop.LoopSnapshot;
import org.maestro.engine.instance.loop.LoopSnapshots;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.run.store.SuspectStore;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.Why;
import org.maestro.model.instance.Why.Code;
import org.maestro.model.instance.Why.Reason;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Answers "why is this not running?" for runs and for steps. */
public final class WhyQueries {
  private static final int MAX_NAMED = 10;
  private static final int MAX_STEPS = 50;

  /** Runs that one answer looks at, iterations and children among them. */
  private static final int MAX_RUNS = 200;

  /** Iterations of one loop that are looked at, and those of them that are told of. */
  private static final int MAX_LOOKED_AT = 40;

  private static final int MAX_ITERATIONS = 5;

  private final Transactions transactions;
  private final InstanceStore store;
  private final DefinitionStore definitions;
  private final RunPlans plans;
  private final LoopSnapshots chunks;
  private final LoopSource loops;
  private final SuspectStore suspects;
  private final NodeInsight insight;
  private final Function<StoredRun, List<Reason>> told;
  private final AccessPolicy access;

  /**
   * With the parts that it works on.
   *
   * @param told what there is to say of whom a run has told
   */
  public WhyQueries(
      Transactions transactions,
      InstanceStore store,
      DefinitionStore definitions,
      RunPlans plans,
      LoopSnapshots chunks,
      LoopSource loops,
      SuspectStore suspects,
      NodeInsight insight,
      Function<StoredRun, List<Reason>> told,
      AccessPolicy access) {
    this.transactions = transactions;
    this.store = store;
    this.definitions = definitions;
    this.plans = plans;
    this.chunks = chunks;
    this.loops = loops;
    this.suspects = suspects;
    this.insight = insight;
    this.told = told;
    this.access = access;
  }

  /**
   * Why a run does not run.
   *
   * @param runId null for the latest
   * @throws ApiException 404, 403
   */
  public Why run(Caller caller, String workflowId, long instanceId, @Nullable Long runId) {
    return answer(
        transactions.read(() ->
            found(readable(caller, workflowId, instanceId, runId), run -> mayRead(caller, run))));
  }

  /**
   * The same as it is told to those whom the owner of the run wants to be told: of runs below it,
   * those that the owner has or may read.
   */
  public Why forOwner(StoredRun run) {
    var owner = access.actingFor(run.owner());
    return answer(
        transactions.read(
            () -> found(run, below -> below.owner().equals(run.owner()) || mayRead(owner, below))));
  }

  private Found found(StoredRun run, Predicate<StoredRun> readable) {
    var leaf =
        hasFailed(run)
            ? new FirstFailure(store, chunks, loops, readable).in(run)
            : Optional.<FirstFailure.Leaf>empty();
    return new Found(ofRun(run, new Walk()), leaf);
  }

  private FirstFailure failures(Caller caller) {
    return new FirstFailure(store, chunks, loops, run -> mayRead(caller, run));
  }

  private boolean mayRead(Caller caller, StoredRun run) {
    try {
      access.require(caller, Access.READ, run.key().workflowId(), run.owner());
      return true;
    } catch (ApiException _) {
      return false;
    }
  }

  private static boolean hasFailed(StoredRun run) {
    return run.row().status() == RunStatus.FAILED || run.row().status() == RunStatus.TIMED_OUT;
  }

  /** What the database says; what a job printed is read once its connection is free again. */
  private record Found(Why why, Optional<FirstFailure.Leaf> leaf) {}

  private Why answer(Found found) {
    if (found.leaf().isEmpty()) {
      return found.why();
    }
    var reasons = new ArrayList<>(found.why().reasons());
    var leaf = found.leaf().get();
    // right behind what ended: the cause comes before what came of it
    reasons.add(Math.min(1, reasons.size()), leaf.reason(insight.lastLines(leaf.ref())));
    return new Why(found.why().running(), reasons);
  }

  /**
   * Why a step of a run does not run.
   *
   * @throws ApiException 404, also if the definition has no such step, 403
   */
  public Why step(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId, String stepId) {
    return answer(
        transactions.read(() -> {
          var run = readable(caller, workflowId, instanceId, runId);
          var why = ofStep(run, stepId, new Walk());
          var leaf =
              store.steps(run.key()).stream()
                  .map(InstanceStore.StoredAttempt::attempt)
                  .filter(attempt -> attempt.stepId().equals(stepId))
                  .filter(FirstFailure::hasFailed)
                  .findFirst()
                  .map(attempt -> failures(caller).below(run, attempt));
          return new Found(why, leaf);
        }));
  }

  private StoredRun readable(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId) {
    var run =
        store
            .run(workflowId, instanceId, runId)
            .orElseThrow(() -> InstanceQueries.noSuchRun(workflowId, instanceId, runId));
    access.require(caller, Access.READ, workflowId, run.owner());
    return run;
  }

  // ------------------------------------------------------------------ runs

  /** How far one answer goes down. */
  private static final class Walk {
    private int left = MAX_RUNS;

    boolean goesOn() {
      return left-- > 0;
    }
  }

  private Why ofRun(StoredRun run, Walk walk) {
    var row = run.row();
    var quarantine = row.progress().quarantine();
    if (quarantine != null) {
      return Why.idle(
          Reason.of(
                  Code.QUARANTINED,
                  "The engine broke on it and has set it aside: "
                      + quarantine
                      + "; stop it, then restart it")
              .with("because", quarantine));
    }
    return switch (row.status()) {
      case CREATED ->
          row.admitted()
              ? setAside(run)
                  .orElseGet(() ->
                      Why.idle(
                          Reason.of(
                              Code.ABOUT_TO_START,
                              "Its run strategy lets it run; shard "
                                  + run.shard()
                                  + " will start it")))
              : queued(run);
      case IN_PROGRESS, PAUSED -> setAside(run).orElseGet(() -> live(run, walk));
      case SUCCEEDED, FAILED, STOPPED, TIMED_OUT -> {
        var reasons = new ArrayList<Reason>();
        reasons.add(ended(run));
        reasons.addAll(handlers(run));
        reasons.addAll(told.apply(run));
        yield new Why(false, reasons);
      }
    };
  }

  /** Empty unless processes have ended at work on it since it last came further. */
  private Optional<Why> setAside(StoredRun run) {
    return suspects
        .deathsOf(run.shard(), run.key())
        .map(deaths ->
            Why.idle(
                Reason.of(
                        Code.SET_ASIDE,
                        "%d processes ended while they were at work on it alone, for want of memory perhaps; everything else goes first, and it is tried again once the node has lived for a while (maestro.careful-for)"
                            .formatted(deaths.stuck()))
                    .with("ended_processes", deaths.stuck())));
  }

  /** What is done, or was, because the run has ended. */
  private List<Reason> handlers(StoredRun run) {
    if (run.unreadable() != null) {
      return List.of();
    }
    var reasons = new ArrayList<Reason>();
    HandlerRuns.of(store, run, plans.planOf(run.row()))
        .forEach((kind, handler) -> {
          var status = handler.row().status();
          var failed = status.isTerminal() && status != RunStatus.SUCCEEDED;
          reasons.add(
              Reason.of(
                      failed ? Code.HANDLER_FAILED : Code.HANDLER_RUN,
                      failed
                          ? "%s ended %s, which doesn't change how the run ended: see %s, and restart that"
                              .formatted(kind.field(), status, handler.key())
                          : "%s: %s is %s".formatted(kind.field(), handler.key(), status))
                  .with("on", kind.field())
                  .with("status", status)
                  .with("handler", WhyStep.key(handler.key())));
        });
    return reasons;
  }

  private Reason ended(StoredRun run) {
    var row = run.row();
    var because = because(row);
    var asked = row.facts().acceptError() == null ? asked(row) : because;
    var reason =
        Reason.of(Code.ENDED, "The run ended " + row.status() + asked.map(": "::concat).orElse(""))
            .with("status", row.status());
    if (row.endTime() != null) {
      reason = reason.with("end_time", row.endTime());
    }
    if (because.isPresent()) {
      reason = reason.with("because", because.get());
    }
    var failed = failedSteps(run);
    return failed.isEmpty() ? reason : reason.with("failed_steps", failed);
  }

  /** Why a run ended as it did: who asked for it, if somebody did, else the last that it said. */
  private static Optional<String> because(RunRow row) {
    if (row.facts().acceptError() != null) {
      return Optional.of(row.facts().acceptError());
    }
    var timeline = row.progress().timeline();
    return asked(row)
        .or(() -> timeline.isEmpty() ? Optional.empty() : Optional.of(timeline.getLast().words()));
  }

  /** Who asked for its end, such as {@code Killed by ann}. */
  private static Optional<String> asked(RunRow row) {
    return row.progress().timeline().reversed().stream()
        .filter(event -> event.author() != null)
        .findFirst()
        .map(TimelineEvent::words);
  }

  /** The steps that made a run fail, with what they said last. */
  private List<Map<String, Object>> failedSteps(StoredRun run) {
    if (run.row().status() != RunStatus.FAILED && run.row().status() != RunStatus.TIMED_OUT) {
      return List.of();
    }
    return store.steps(run.key()).stream()
        .map(InstanceStore.StoredAttempt::attempt)
        .filter(attempt -> attempt.status().isFinal() && !attempt.status().isComplete())
        .limit(MAX_NAMED)
        .map(attempt ->
            Map.<String, Object>of(
                "step_id", attempt.stepId(),
                "step_attempt_id", attempt.attemptId(),
                "status", attempt.status(),
                "because", WhyStep.lastWords(attempt)))
        .toList();
  }

  private Why queued(StoredRun run) {
    var key = run.key();
    var head = definitions.head(key.workflowId());
    var reasons = new ArrayList<Reason>();
    if (head.isPresent() && head.get().workflow().pause() != null) {
      var pause = head.get().workflow().pause();
      reasons.add(
          Reason.of(
                  Code.WORKFLOW_PAUSED,
                  "%s paused the workflow at %s; resume it"
                      .formatted(pause.by(), WhyStep.at(pause.at())))
              .with("paused_by", pause.by())
              .with("since", pause.at()));
    }
    var strategy =
        head.map(found -> found.properties().properties().effectiveRunStrategy())
            .orElse(RunStrategy.DEFAULT);
    if (strategy.rule() == RunStrategy.Rule.STRICT_SEQUENTIAL) {
      var blocking = store.blocking(key.workflowId(), MAX_NAMED);
      if (!blocking.isEmpty()) {
        reasons.add(
            Reason.of(
                    Code.BLOCKED_BY_FAILED_INSTANCE,
                    "STRICT_SEQUENTIAL: instance %d failed; restart it or unblock it"
                        .formatted(blocking.getFirst().instanceId()))
                .with("blocking", blocking.stream().map(WhyStep::key).toList()));
      }
    }
    var running = store.admitted(key.workflowId(), MAX_NAMED);
    var before = store.queuedBefore(key.workflowId(), key.instanceId());
    var ahead = store.firstQueued(key.workflowId(), key.instanceId(), MAX_NAMED);
    reasons.add(
        Reason.of(
                Code.QUEUED_BY_RUN_STRATEGY,
                "%s lets %d run at a time; %s; place %d in the queue%s"
                    .formatted(
                        strategy.rule(),
                        strategy.concurrency(),
                        running.isEmpty()
                            ? "none runs"
                            : "running: "
                                + running.stream().map(RunKey::instanceId).toList()
                                + (running.size() == MAX_NAMED ? " and maybe more" : ""),
                        before + 1,
                        ahead.isEmpty()
                            ? ""
                            : ", behind "
                                + ahead.stream().map(RunKey::instanceId).toList()
                                + (before > ahead.size() ? " and more" : "")))
            .with("rule", strategy.rule())
            .with("workflow_concurrency", strategy.concurrency())
            .with("position", before + 1)
            .with("running", running.stream().map(WhyStep::key).toList())
            .with("ahead", ahead.stream().map(WhyStep::key).toList()));
    return new Why(false, reasons);
  }

  private Why live(StoredRun run, Walk walk) {
    var node = node(run);
    var running = false;
    var reasons = new ArrayList<Reason>();
    var halt = run.row().progress().halt();
    if (halt != null) {
      reasons.add(
          Reason.of(Code.ENDING, "The run was told to end and will end " + halt).with("as", halt));
    }
    for (var stored : node.steps().values()) {
      var attempt = stored.attempt();
      if (stored.run().runId() != run.key().runId()
          || attempt.state() instanceof StepState.Finished
          || reasons.size() >= MAX_STEPS) {
        continue;
      }
      var why = ofAttempt(node, attempt, walk);
      running |= why.running();
      why.reasons().forEach(reason -> reasons.add(reason.with("step_id", attempt.stepId())));
    }
    if (reasons.isEmpty()) {
      return Why.running(
          Reason.of(
              Code.ADVANCING, "No step is live: shard " + run.shard() + " decides what is next"));
    }
    return new Why(running, reasons);
  }

  private RunNode node(StoredRun run) {
    return RunNode.of(run, plans.planOf(run.row()), store.stepsSoFar(run.key()));
  }

  // ------------------------------------------------------------------ steps

  private Why ofStep(StoredRun run, String stepId, Walk walk) {
    var node = node(run);
    if (!node.plan().steps().containsKey(stepId)) {
      throw ApiException.notFound(
          "no-such-step",
          "workflow \"%s\", version %d: there is no step \"%s\", only %s"
              .formatted(
                  run.key().workflowId(),
                  run.row().versionId(),
                  stepId,
                  node.plan().steps().keySet()));
    }
    var stored = node.steps().get(stepId);
    if (stored != null && stored.run().runId() == run.key().runId()) {
      return ofAttempt(node, stored.attempt(), walk);
    }
    var taken = node.step(stepId);
    if (taken != null && taken.status().isComplete()) {
      return Why.idle(
          Reason.of(
                  Code.COMPLETED_IN_AN_EARLIER_RUN,
                  "This run takes over what an earlier run did; it ended " + taken.status())
              .with("status", taken.status()));
    }
    return switch (run.row().status()) {
      case CREATED -> {
        var why = ofRun(run, walk);
        var reasons = new ArrayList<Reason>();
        reasons.add(Reason.of(Code.RUN_NOT_STARTED, "Its run has not started"));
        reasons.addAll(why.reasons());
        yield new Why(false, reasons);
      }
      case IN_PROGRESS, PAUSED -> WhyStep.notReached(node.plan(), node, stepId);
      case SUCCEEDED, FAILED, STOPPED, TIMED_OUT ->
          Why.idle(
              Reason.of(
                      Code.NEVER_REACHED,
                      "The run ended " + run.row().status() + " before it came to this step")
                  .with("status", run.row().status()));
    };
  }

  private Why ofAttempt(RunNode node, StepAttempt attempt, Walk walk) {
    return WhyStep.of(node.plan(), node, attempt, around(node, attempt, walk));
  }

  /** Looks around only where the attempt's state asks for it. */
  private WhyStep.Around around(RunNode node, StepAttempt attempt, Walk walk) {
    var run = node.key();
    return switch (attempt.state()) {
      case StepState.Paused _ ->
          new WhyStep.Around(
              store.breakpoint(run.workflowId(), attempt.stepId()),
              Optional.empty(),
              Optional.empty());
      case StepState.AwaitingPermits _ ->
          new WhyStep.Around(
              Optional.empty(), insight.waiting(holder(run, attempt)), Optional.empty());
      case StepState.Starting _, StepState.Running _, StepState.Ending _ -> {
        var loop = RunRecords.loop(attempt.artifacts());
        yield loop != null && InlineWorkflow.isForeach(loop.workflowId())
            ? WhyStep.Around.of(iterations(loop, walk))
            : new WhyStep.Around(
                Optional.empty(),
                Optional.empty(),
                child(attempt, walk),
                Optional.empty(),
                insight.childDelay(run, attempt.stepId(), attempt.attemptId()));
      }
      case StepState.Passing _,
          StepState.AwaitingSignals _,
          StepState.AwaitingRetry _,
          StepState.Finished _ ->
          WhyStep.Around.NOTHING;
    };
  }

  private static PermitHolder holder(RunKey run, StepAttempt attempt) {
    return new PermitHolder(
        run.workflowId(), run.instanceId(), run.runId(), attempt.stepId(), attempt.attemptId());
  }

  /** The run that a step waits for, and why that one waits, down to the last. */
  private Optional<WhyStep.Child> child(StepAttempt attempt, Walk walk) {
    var subworkflow = RunRecords.child(attempt.artifacts());
    var key = subworkflow == null ? RunRecords.whileIteration(attempt.artifacts()) : subworkflow;
    if (key == null || !walk.goesOn()) {
      return Optional.empty();
    }
    return store.runs(List.of(key)).stream().findFirst().map(run -> child(run, walk));
  }

  private WhyStep.Child child(StoredRun run, Walk walk) {
    return new WhyStep.Child(run.key(), run.row().status().name(), ofRun(run, walk));
  }

  /** A loop's iterations: of those that have begun and not ended some, idle ones first. */
  private WhyStep.Loop iterations(LoopKey loop, Walk walk) {
    var facts = loops.facts(loop);
    var states = chunks.chunks(loop, facts);
    var keys = new ArrayList<RunKey>();
    for (var state : states) {
      var chunk = new Chunk(state);
      for (var i = chunk.running().first();
          i >= 0 && keys.size() < MAX_LOOKED_AT;
          i = chunk.running().firstFrom(i + 1)) {
        keys.add(new RunKey(loop.workflowId(), i + 1, chunk.runOf(i, loop.loopRun())));
      }
    }
    var looked = new ArrayList<WhyStep.Iteration>();
    for (var run : store.runs(keys)) {
      if (walk.goesOn()) {
        looked.add(new WhyStep.Iteration(run.key().instanceId() - 1, child(run, walk)));
      }
    }
    looked.sort(
        Comparator.comparing((WhyStep.Iteration one) -> one.run().why().running())
            .thenComparingLong(WhyStep.Iteration::index));
    return new WhyStep.Loop(
        facts.total(),
        facts.width(),
        new LoopSnapshot(facts.total(), facts.width(), true, Map.of(), states)
            .counts(0, facts.total()),
        looked.subList(0, Math.min(looked.size(), MAX_ITERATIONS)));
  }
}

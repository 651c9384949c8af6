package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.HandlerPath;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.LoopArtifact;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.LoopRow;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Workflow;
import org.maestro.model.document.Limit;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamException;

/**
 * Prepares the passes of foreach and while steps: how many iterations there are, what they have in
 * common, and which pass they continue. Of a run it changes only which passes it remembers.
 */
public final class StepLoops {
  /** Iterations that one step may have. */
  @Limit("iterations of a foreach")
  static final long MAX_ITERATIONS = 100_000;

  /** Steps that all iterations of a tree may have. */
  @Limit("innermost iterations of a run")
  static final long MAX_LEAVES = 10_000_000;

  /** Iterations that run at a time unless the step says otherwise. */
  private static final long WIDTH = 100;

  /** An inline workflow declares no params of its own. */
  private static final Workflow NO_PARAMS =
      new Workflow(
          "inline", null, null, List.of(), null, List.of(), List.of(), null, null, Map.of(),
          List.of());

  private final LoopStore store;
  private final LoopSource source;
  private final ParamEvaluator params;

  public StepLoops(LoopStore store, LoopSource source, ParamEvaluator params) {
    this.store = store;
    this.source = source;
    this.params = params;
  }

  /**
   * How a step came to run.
   *
   * @param goesOn whether what has succeeded in earlier passes counts
   * @param nodes from the iteration that is to be restarted downwards; empty for all of them
   */
  record Again(boolean goesOn, List<RestartNode> nodes) {
    /** The way into the inline workflow of a step. */
    List<RestartNode> into(String workflowId) {
      return goesOn && !nodes.isEmpty() && nodes.getFirst().workflowId().equals(workflowId)
          ? nodes
          : List.of();
    }
  }

  /**
   * The pass that a foreach step's attempt begins.
   *
   * @throws ParamException if its loop params can't be looped over, or to too many iterations
   */
  LoopRow foreach(Run run, StepAttempt attempt, Step.Foreach step, Again again, long now) {
    var own = paramsOf(attempt);
    var total = params.iterations(own);
    requireBounds(run, step, total);
    var facts = run.row.facts();
    var workflowId =
        InlineWorkflow.foreach(
            facts.internalId(), run.key().workflowId(), run.key().instanceId(), step.id());
    var previous = previous(run, attempt, workflowId);
    if (previous != null && again.goesOn() && previous.facts().total() != total) {
      throw new ParamException(
          "/params/loop_params",
          "expected loop_params to give %d iterations as before, found %d of them; restart with RESTART_FROM_BEGINNING to run them all"
              .formatted(previous.facts().total(), total));
    }
    var items = itemsOf(own);
    var common = common(run, own, total == 0 ? Map.of() : params.iterationParams(own, 0), now);
    return row(
        run,
        attempt,
        new Shape(
            workflowId,
            total,
            Objects.requireNonNullElse(step.concurrency(), WIDTH),
            step.strictOrdering(),
            step.maxFailures() == null ? null : (Long) step.maxFailures().of(total)),
        common,
        items,
        again,
        previous,
        now);
  }

  /** The pass that a while step's attempt begins; its first iteration and values are not in it. */
  LoopRow whileLoop(Run run, StepAttempt attempt, Step.While step, Again again, long now) {
    var own = paramsOf(attempt);
    var facts = run.row.facts();
    var workflowId =
        InlineWorkflow.whileLoop(
            facts.internalId(),
            run.key().workflowId(),
            run.key().instanceId(),
            step.id(),
            run.key().placement());
    var previous = previous(run, attempt, workflowId);
    var common = common(run, own, params.iterationParams(own, params.firstLoopValues(own), 0), now);
    return row(
        run,
        attempt,
        new Shape(workflowId, 0, 1, true, null),
        common,
        itemsOf(own),
        again,
        previous,
        now);
  }

  /**
   * What the steps of a handler have in common that runs after a run has ended.
   *
   * @param outcome how it ended, as params
   */
  LoopRow handler(Run run, HandlerKind kind, Map<String, Param> outcome, long now) {
    var own = run.key();
    var facts = run.row.facts();
    var common = new LinkedHashMap<>(facts.params());
    common.putAll(outcome);
    var key =
        new LoopKey(
            InlineWorkflow.handler(
                facts.internalId(),
                own.workflowId(),
                own.instanceId(),
                kind.field(),
                own.placement()),
            own.runId());
    var initiator =
        new Initiator.Subworkflow(
            List.of(
                new Initiator.Ancestor(
                    own.workflowId(), own.instanceId(), own.runId(), kind.field(), 0, false)));
    var handler =
        new LoopFacts(
            own.workflowId(),
            facts.internalId(),
            run.row.versionId(),
            List.of(HandlerPath.of(kind)),
            own,
            kind.field(),
            0,
            0,
            1,
            true,
            null,
            null,
            common,
            Map.of(),
            initiator,
            facts.correlationId(),
            facts.runtimeTags(),
            facts.owner(),
            facts.stepConcurrency(),
            facts.instanceStepConcurrency(),
            params.timeoutMillis(null, Map.of(), run.facts),
            RestartPolicy.START_FRESH_NEW_RUN,
            null,
            null,
            null,
            List.of(),
            now);
    source.remember(key, handler);
    return new LoopRow(key, handler, null);
  }

  private record Shape(
      String workflowId, long total, long width, boolean strict, @Nullable Long maxFailures) {}

  private LoopRow row(
      Run run,
      StepAttempt attempt,
      Shape shape,
      Map<String, Param> common,
      Map<String, Param> items,
      Again again,
      @Nullable LoopRow previous,
      long now) {
    var nodes = previous == null ? List.<RestartNode>of() : again.into(shape.workflowId());
    var key = new LoopKey(shape.workflowId(), numberOf(run, attempt, shape.workflowId(), previous));
    var facts = run.row.facts();
    var above =
        InlineWorkflow.isInline(run.key().workflowId())
            ? source.factsOfWorkflow(run.key().workflowId())
            : null;
    var path = new ArrayList<>(above == null ? List.<String>of() : above.path());
    path.add(attempt.stepId());
    var ancestors = new ArrayList<>(facts.initiator().ancestorPath());
    ancestors.add(
        new Initiator.Ancestor(
            run.key().workflowId(),
            run.key().instanceId(),
            run.key().runId(),
            attempt.stepId(),
            attempt.attemptId(),
            null));
    var loopFacts =
        new LoopFacts(
            above == null ? run.key().workflowId() : above.rootWorkflowId(),
            facts.internalId(),
            run.row.versionId(),
            List.copyOf(path),
            run.key(),
            attempt.stepId(),
            attempt.attemptId(),
            shape.total(),
            shape.width(),
            shape.strict(),
            shape.maxFailures(),
            endsAtOnce(run, attempt.stepId()),
            common,
            items,
            InlineWorkflow.isWhile(shape.workflowId())
                ? new Initiator.While(List.copyOf(ancestors))
                : new Initiator.Foreach(List.copyOf(ancestors)),
            facts.correlationId(),
            facts.runtimeTags(),
            facts.owner(),
            facts.stepConcurrency(),
            facts.instanceStepConcurrency(),
            params.timeoutMillis(null, Map.of(), run.facts),
            policyOf(previous, again, nodes),
            previous == null ? null : (Long) previous.key().loopRun(),
            previous != null && again.goesOn()
                ? (Long) previous.facts().since(previous.key())
                : previous == null ? null : (Long) key.loopRun(),
            nodes.isEmpty() ? null : (Long) (nodes.getFirst().instanceId() - 1),
            nodes,
            now);
    source.remember(key, loopFacts);
    return new LoopRow(
        key,
        loopFacts,
        InlineWorkflow.isWhile(shape.workflowId())
            ? null
            : LoopProgress.of(shape.total(), Objects.requireNonNullElse(shape.maxFailures(), 0L)));
  }

  private static @Nullable Boolean endsAtOnce(Run run, String stepId) {
    var step = run.plan.step(stepId);
    var endsAtOnce =
        step.stepType() == StepType.FOREACH
            && step.common().effectiveFailureMode() == FailureMode.FAIL_IMMEDIATELY;
    return endsAtOnce ? true : null;
  }

  private void requireBounds(Run run, Step.Foreach step, long total) {
    if (total > MAX_ITERATIONS) {
      throw new ParamException(
          "/params/loop_params",
          "expected at most %,d iterations, found %s; split the arrays over several foreach steps, or nest them"
              .formatted(
                  MAX_ITERATIONS, total == Long.MAX_VALUE ? "more" : "%,d".formatted(total)));
    }
    var leaves =
        Math.max(1, total)
            * Math.max(1, step.steps().size())
            * source.iterationsAbove(run.row.facts().initiator());
    if (leaves > MAX_LEAVES) {
      throw new ParamException(
          "/params/loop_params",
          "expected at most %,d steps in all iterations of the loops around this one, found %,d"
              .formatted(MAX_LEAVES, leaves));
    }
  }

  /** The pass before this one, whatever has become of the run that it belonged to. */
  private @Nullable LoopRow previous(Run run, StepAttempt attempt, String workflowId) {
    return isFirst(run, attempt) ? null : store.latestLoop(workflowId).orElse(null);
  }

  /** A step's first attempt in an instance's first run: nothing can be kept of it. */
  private static boolean isFirst(Run run, StepAttempt attempt) {
    return attempt.attemptId() == 1 && run.key().runId() == 1;
  }

  /** Greater than that of any pass before it: of those that this turn makes as well. */
  private long numberOf(
      Run run, StepAttempt attempt, String workflowId, @Nullable LoopRow previous) {
    if (isFirst(run, attempt)) {
      return 1;
    }
    var last =
        Math.max(
            previous == null ? 0 : previous.key().loopRun(), source.lastRemembered(workflowId));
    // The runs of a while step's iterations have the number of its pass.
    return 1
        + (InlineWorkflow.isWhile(workflowId) ? Math.max(last, store.lastRun(workflowId)) : last);
  }

  private static RestartPolicy policyOf(
      @Nullable LoopRow previous, Again again, List<RestartNode> way) {
    if (previous == null) {
      return RestartPolicy.START_FRESH_NEW_RUN;
    }
    if (!again.goesOn()) {
      return RestartPolicy.RESTART_FROM_BEGINNING;
    }
    return way.isEmpty()
        ? RestartPolicy.RESTART_FROM_INCOMPLETE
        : RestartPolicy.RESTART_FROM_SPECIFIC;
  }

  /** Evaluated once, with one iteration's own params among them so that these may be checked. */
  private Map<String, Param> common(
      Run run, Map<String, Param> own, Map<String, Param> one, long now) {
    var given = new LinkedHashMap<>(params.loopParams(own, run.row.facts().params(), run.facts));
    given.putAll(one);
    var evaluated =
        new LinkedHashMap<>(
            params.evaluateWorkflow(
                params.mergeForStart(NO_PARAMS, given, ParamSource.FOREACH), run.facts, now));
    evaluated.keySet().removeAll(one.keySet());
    return evaluated;
  }

  private static Map<String, Param> itemsOf(Map<String, Param> own) {
    var items = own.get("loop_params");
    return items == null ? Map.of() : Map.of("loop_params", items);
  }

  static Map<String, Param> paramsOf(StepAttempt attempt) {
    return attempt.params() == null ? Map.of() : attempt.params();
  }

  /** The loop params of the step that a run is an iteration of. */
  Set<String> names(RunRow iteration) {
    var loopRun = iteration.facts().loopRun();
    if (loopRun == null) {
      return Set.of();
    }
    var items = source.facts(new LoopKey(iteration.key().workflowId(), loopRun)).items();
    return params.firstLoopValues(items).keySet();
  }

  /** The loop params that an iteration of a while step began with; empty if none are kept. */
  Map<String, Object> valuesOf(String inlineWorkflowId, long iteration) {
    return store.valuesOf(inlineWorkflowId, iteration);
  }

  /** The leaf steps by status below iterations of a while step, one map for each. */
  List<Map<String, Long>> leavesOf(String inlineWorkflowId, long first, long last) {
    return store.leavesOf(inlineWorkflowId, first, last);
  }

  /** The pass that an attempt runs; null if it runs none. */
  @Nullable LoopRow current(Run run, StepAttempt attempt) {
    var known = run.loops.get(attempt.stepId());
    var key = LoopArtifact.loop(attempt.artifacts());
    if (key == null || (known != null && known.key().equals(key))) {
      return known;
    }
    var read = store.loop(key).orElse(null);
    if (read != null) {
      run.loops.put(attempt.stepId(), read);
    }
    return read;
  }

  /**
   * What all chunks of a pass have come to.
   *
   * @param ended iterations by how they ended
   * @param leaves the steps below them by status
   * @param firstFailed the iteration that failed first; null if none has
   * @param because what went wrong in that one
   */
  record Totals(
      Map<RunStatus, Long> ended,
      Map<String, Long> leaves,
      @Nullable Long firstFailed,
      @Nullable String because) {

    /** How the step ends: the worst of its iterations says. */
    RunStatus status(long total) {
      for (var status : List.of(RunStatus.FAILED, RunStatus.TIMED_OUT, RunStatus.STOPPED)) {
        if (ended.containsKey(status)) {
          return status;
        }
      }
      return ended.getOrDefault(RunStatus.SUCCEEDED, 0L) == total
          ? RunStatus.SUCCEEDED
          : RunStatus.STOPPED;
    }

    Map<String, Long> stats() {
      var stats = new LinkedHashMap<String, Long>();
      ended.forEach((status, count) -> stats.put(status.name(), count));
      return stats;
    }
  }

  Totals totals(LoopKey key, LoopFacts facts) {
    var ended = new TreeMap<RunStatus, Long>();
    var leaves = new TreeMap<String, Long>();
    var chunks = store.chunks(key, facts, 0, Long.MAX_VALUE);
    for (var chunk : chunks) {
      chunk.counts().forEach((status, count) -> ended.merge(status, count, Long::sum));
      chunk.rollup().forEach((status, count) -> leaves.merge(status, count, Long::sum));
    }
    var first = Chunk.firstFailed(chunks);
    return new Totals(
        ended,
        leaves,
        first < 0 ? null : (Long) first,
        chunks.stream()
            .filter(chunk -> chunk.from() <= first && first < chunk.to())
            .findFirst()
            .map(chunk -> chunk.signatureOf(first))
            .orElse(null));
  }
}

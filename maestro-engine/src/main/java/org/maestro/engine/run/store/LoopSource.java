package org.maestro.engine.run.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.loop.HandlerPath;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.IterationFacts;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.param.Param;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;
import org.maestro.service.problem.ApiException;

/**
 * What the iterations of a loop have in common, kept in memory while it is used, and the iterations
 * themselves as runs. For any number of threads.
 */
public final class LoopSource {
  /** Params that are kept in memory, over all loops: elements, and eight characters as one. */
  private static final long MAX_WEIGHT = 2_000_000;

  private static final int MAX_PLANS = 500;

  private final LoopStore store;
  private final CompiledVersions versions;
  private final ParamEvaluator params;
  private final RunJson json;

  /**
   * By how recently they were used, and the last one always: a cache that weighs how often would
   * turn away what a new and large loop needs for each of its iterations.
   */
  private final LinkedHashMap<LoopKey, LoopFacts> kept = new LinkedHashMap<>(64, 0.75f, true);

  private final Cache<PlanKey, RunPlan> plans =
      Caffeine.newBuilder().maximumSize(MAX_PLANS).build();

  /** A pass that is kept, by inline workflow. */
  private final Map<String, LoopKey> passes = new HashMap<>();

  private long weight;

  public LoopSource(
      LoopStore store, CompiledVersions versions, ParamEvaluator params, RunJson json) {
    this.store = store;
    this.versions = versions;
    this.params = params;
    this.json = json;
  }

  private record PlanKey(long internalId, long versionId, List<String> path) {}

  /**
   * What the iterations of a pass have in common.
   *
   * @throws ApiException 404 if there is no such pass
   */
  public LoopFacts facts(LoopKey key) {
    synchronized (kept) {
      var known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    var read =
        store
            .loop(key)
            .orElseThrow(() -> ApiException.notFound("no-such-loop", "there is no loop " + key))
            .facts();
    remember(key, read);
    return read;
  }

  /**
   * What a pass of an inline workflow says of it. All say the same of where it is defined, but for
   * the version: an instance may have been restarted with another one.
   */
  public LoopFacts factsOfWorkflow(String inlineWorkflowId) {
    synchronized (kept) {
      var pass = passes.get(inlineWorkflowId);
      var known = pass == null ? null : kept.get(pass);
      if (known != null) {
        return known;
      }
    }
    var row =
        store
            .latestLoop(inlineWorkflowId)
            .orElseThrow(() ->
                ApiException.notFound("no-such-loop", "there is no loop " + inlineWorkflowId));
    remember(row.key(), row.facts());
    return row.facts();
  }

  public void remember(LoopKey key, LoopFacts facts) {
    synchronized (kept) {
      if (kept.put(key, facts) == null) {
        weight += weightOf(facts);
      }
      passes.merge(key.workflowId(), key, (a, b) -> a.loopRun() > b.loopRun() ? a : b);
      while (weight > MAX_WEIGHT && kept.size() > 1) {
        var oldest = kept.firstEntry();
        kept.remove(oldest.getKey());
        passes.remove(oldest.getKey().workflowId(), oldest.getKey());
        weight -= weightOf(oldest.getValue());
      }
    }
  }

  /** The last pass that is remembered, which may not be kept yet; 0 if none is. */
  public long lastRemembered(String inlineWorkflowId) {
    synchronized (kept) {
      var pass = passes.get(inlineWorkflowId);
      return pass == null ? 0 : pass.loopRun();
    }
  }

  private static long weightOf(LoopFacts facts) {
    return 50 + weightOf(facts.params()) + weightOf(facts.items());
  }

  private static long weightOf(Map<String, Param> params) {
    return params.values().stream().mapToLong(p -> weightOf(p.evaluatedResult())).sum();
  }

  private static long weightOf(@Nullable Object value) {
    return switch (value) {
      case String text -> 2L + text.length() / 8;
      case List<?> list when list.isEmpty() || !(list.getFirst() instanceof String) ->
          10L + list.size();
      case List<?> list -> 10L + list.stream().mapToLong(LoopSource::weightOf).sum();
      case Map<?, ?> map ->
          10L
              + map.keySet().stream().mapToLong(LoopSource::weightOf).sum()
              + map.values().stream().mapToLong(LoopSource::weightOf).sum();
      case null -> 1;
      default -> 10;
    };
  }

  /** The DAG that every iteration of a pass runs. */
  public RunPlan plan(LoopFacts facts) {
    return plan(facts, facts.versionId());
  }

  /**
   * The DAG that iterations run.
   *
   * @param facts of any pass of the loop: they differ in their versions only
   */
  RunPlan plan(LoopFacts facts, long versionId) {
    var key = new PlanKey(facts.internalId(), versionId, facts.path());
    var known = plans.getIfPresent(key);
    if (known != null) {
      return known;
    }
    // Not under the cache's lock: a version may have to be read.
    var root = versions.version(facts.rootWorkflowId(), facts.internalId(), versionId);
    var plan = new RunPlan(body(root, facts.path()));
    plans.put(key, plan);
    return plan;
  }

  /** The foreach steps of the DAG that every iteration runs, in their order. */
  public List<String> loopsWithin(LoopFacts facts) {
    var root = versions.version(facts.rootWorkflowId(), facts.internalId(), facts.versionId());
    return body(root, facts.path()).steps().stream()
        .filter(Step.Foreach.class::isInstance)
        .map(Step::id)
        .toList();
  }

  /** The steps within a step as a workflow of their own. */
  static Workflow body(Workflow root, List<String> path) {
    var steps = root.steps();
    for (var part : path) {
      var handler = HandlerPath.kind(part);
      steps =
          handler == null
              ? named(steps, part).inner()
              : root.handlers().getOrDefault(handler, List.of());
    }
    return new Workflow(
        root.id() + '/' + String.join("/", path),
        null,
        null,
        root.tags(),
        null,
        List.of(),
        List.of(),
        root.criticality(),
        root.instanceStepConcurrency(),
        Map.of(),
        steps);
  }

  private static Step named(List<Step> steps, String stepId) {
    return steps.stream()
        .filter(step -> step.id().equals(stepId))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("expected a step " + stepId + " in " + steps));
  }

  /** The facts of a run from its row's text, whether it stands for itself or is an iteration. */
  public RunFacts factsOf(RunKey run, String text) {
    if (!IterationFacts.isIn(text)) {
      return json.read(text, RunFacts.class);
    }
    var own = json.read(text, IterationFacts.class);
    return factsOf(run, facts(new LoopKey(run.workflowId(), own.l())), own);
  }

  private RunFacts factsOf(RunKey run, LoopFacts loop, IterationFacts own) {
    var all = new LinkedHashMap<>(loop.params());
    if (!InlineWorkflow.isHandler(run.workflowId())) {
      var index = run.instanceId() - 1;
      all.putAll(
          loop.total() == 0
              ? params.iterationParams(loop.items(), own.v() == null ? Map.of() : own.v(), index)
              : params.iterationParams(loop.items(), index));
    }
    all.putAll(own.o());
    var given = Collections.unmodifiableMap(all);
    return new RunFacts(
        loop.internalId(),
        loop.initiator(),
        loop.createTime(),
        loop.createTime(),
        loop.correlationId(),
        own.p() == null ? RestartPolicy.START_FRESH_NEW_RUN : own.p(),
        own.r(),
        given,
        given,
        own.s(),
        loop.runtimeTags(),
        loop.owner(),
        loop.stepConcurrency(),
        loop.instanceStepConcurrency(),
        loop.timeoutMillis(),
        Map.of(),
        null,
        own.l(),
        null);
  }

  /**
   * A new run of an iteration, not begun yet.
   *
   * @param own what its row will say
   */
  public RunRow iteration(LoopKey key, LoopFacts loop, RunKey run, IterationFacts own, long now) {
    var name = run.workflowId() + '/' + run.instanceId() + '/' + run.runId();
    return new RunRow(
        run,
        UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
        RunStatus.CREATED,
        true,
        false,
        loop.versionId(),
        now,
        null,
        null,
        now,
        null,
        factsOf(run, loop, own),
        RunRow.Progress.NONE);
  }

  /** What expressions may read of an iteration. */
  public InstanceFacts instanceFacts(RunRow row) {
    return new InstanceFacts(
        row.key().workflowId(),
        row.key().instanceId(),
        row.key().runId(),
        row.facts().owner(),
        row.facts().initiator(),
        row.facts().policy(),
        null,
        row.facts().instanceTime());
  }

  /** How many iterations of all loops above there are for each of a run's own. */
  public long iterationsAbove(Initiator initiator) {
    var product = 1L;
    for (var ancestor : initiator.ancestorPath()) {
      if (InlineWorkflow.isForeach(ancestor.workflowId())) {
        product *= Math.max(1, factsOfWorkflow(ancestor.workflowId()).total());
      }
    }
    return product;
  }
}

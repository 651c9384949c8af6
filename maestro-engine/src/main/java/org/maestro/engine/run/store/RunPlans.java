package org.maestro.engine.run.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
import org.maestro.model.definition.Workflow;
import org.maestro.param.InstanceFacts;

/** What the version of a run says about it, whether a workflow's or a loop's. For any thread. */
public final class RunPlans {
  private static final int MAX_PLANS = 2_000;

  private final LoopSource loops;
  private final CompiledVersions versions;
  private final Cache<PlanKey, RunPlan> plans =
      Caffeine.newBuilder().maximumSize(MAX_PLANS).build();

  public RunPlans(LoopSource loops, CompiledVersions versions) {
    this.loops = loops;
    this.versions = versions;
  }

  /** The DAG of a run's version; of an iteration, the steps within its loop. */
  public RunPlan planOf(RunRow row) {
    if (InlineWorkflow.isInline(row.key().workflowId())) {
      return loops.plan(loops.factsOfWorkflow(row.key().workflowId()), row.versionId());
    }
    var key = new PlanKey(row.facts().internalId(), row.versionId());
    var known = plans.getIfPresent(key);
    if (known != null) {
      return known;
    }
    // Not under the cache's lock: a version may have to be read.
    var plan =
        new RunPlan(versions.version(row.key().workflowId(), key.internalId(), key.versionId()));
    plans.put(key, plan);
    return plan;
  }

  Workflow workflow(String workflowId, long internalId, long versionId) {
    return InlineWorkflow.isInline(workflowId)
        ? loops.plan(loops.factsOfWorkflow(workflowId), versionId).workflow()
        : versions.version(workflowId, internalId, versionId);
  }

  private record PlanKey(long internalId, long versionId) {}

  /** What expressions may read of a run. */
  public InstanceFacts factsOf(RunRow row) {
    if (InlineWorkflow.isInline(row.key().workflowId())) {
      return loops.instanceFacts(row);
    }
    var workflow =
        versions.version(row.key().workflowId(), row.facts().internalId(), row.versionId());
    return new InstanceFacts(
        row.key().workflowId(),
        row.key().instanceId(),
        row.key().runId(),
        row.facts().owner(),
        row.facts().initiator(),
        row.facts().policy(),
        workflow.timeTriggers().isEmpty() ? null : workflow.timeTriggers().getFirst().timezone(),
        row.facts().instanceTime());
  }
}

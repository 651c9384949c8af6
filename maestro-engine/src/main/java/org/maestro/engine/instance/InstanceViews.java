package org.maestro.engine.instance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.param.Param;
import org.maestro.param.InstanceFacts;

/** Makes views of runs from what is stored of them. Pure. */
final class InstanceViews {
  private final CompleteParams params;

  InstanceViews(CompleteParams params) {
    this.params = params;
  }

  /** A run without its steps and without its definition. */
  InstanceView plain(StoredRun run, InstanceFacts facts) {
    return view(run, facts, null, RunOverviews.of(run.row()), null);
  }

  /** A run whose row can't be read, as far as its columns say; the timeline has the reason. */
  InstanceView unreadable(StoredRun run) {
    return view(run, null, null, RunOverviews.of(run.row()), null);
  }

  /**
   * A run with what was asked for.
   *
   * @param live the runs below it that have not ended
   */
  InstanceView full(
      RunNode node,
      Map<RunKey, RunNode> live,
      InstanceFacts facts,
      boolean enriched,
      boolean aggregated) {
    return view(
        node.run(),
        facts,
        enriched ? node.plan() : null,
        RunOverviews.of(node, live),
        aggregated ? RunOverviews.aggregated(node) : null);
  }

  private InstanceView view(
      StoredRun run,
      @Nullable InstanceFacts instance,
      @Nullable RunPlan plan,
      RunOverview overview,
      @Nullable AggregatedInfo aggregated) {
    var row = run.row();
    var facts = row.facts();
    return new InstanceView(
        row.key().workflowId(),
        row.key().instanceId(),
        row.key().runId(),
        row.uuid(),
        facts.correlationId(),
        row.versionId(),
        run.shard(),
        facts.internalId(),
        row.uuid(),
        runConfig(facts),
        DefinitionWriter.tree(facts.runParams()),
        facts.stepOverrides().isEmpty() ? null : byStep(facts.stepOverrides()),
        runProperties(facts, row.createTime()),
        plan == null ? null : DefinitionWriter.tree(plan.workflow()),
        plan == null ? null : dag(plan),
        facts.timeoutMillis(),
        instance == null ? Map.of() : ParamViews.of(params.ofRun(facts.params(), instance)),
        facts.initiator(),
        row.status(),
        facts.requestTime(),
        row.createTime(),
        row.startTime(),
        row.endTime(),
        row.modifyTime(),
        overview,
        facts.artifacts().isEmpty() ? null : facts.artifacts(),
        run.unreadable() == null
            ? timeline(row)
            : List.of(
                TimelineEvent.error(
                    row.createTime(), "This run can't be read: " + run.unreadable())),
        aggregated);
  }

  /** A run that was born failed tells why; it has never been through a turn that would have. */
  private static List<TimelineEvent> timeline(RunRow row) {
    var error = row.facts().acceptError();
    if (error == null) {
      return row.progress().timeline();
    }
    var all = new ArrayList<TimelineEvent>();
    all.add(TimelineEvent.error(row.createTime(), "Its params could not be evaluated: " + error));
    all.addAll(row.progress().timeline());
    return all;
  }

  private static Map<String, Object> runConfig(RunFacts facts) {
    var config = new LinkedHashMap<String, Object>();
    config.put("policy", facts.policy().name());
    config.put("correlation_id", facts.correlationId());
    config.put("runtime_tags", facts.runtimeTags());
    var restart = facts.restart();
    if (restart != null) {
      config.put("restart_config", restartConfig(facts, restart));
    }
    return config;
  }

  private static Map<String, Object> restartConfig(RunFacts facts, RunFacts.Restart restart) {
    var config = new LinkedHashMap<String, Object>();
    config.put("restart_policy", facts.policy().name());
    config.put("restart_path", restart.path().stream().map(InstanceViews::node).toList());
    if (restart.stepId() != null) {
      config.put("step_id", restart.stepId());
    }
    config.put("skip_steps", restart.skipSteps());
    if (!restart.startSteps().isEmpty()) {
      config.put("start_steps", restart.startSteps());
    }
    if (!restart.endSteps().isEmpty()) {
      config.put("end_steps", restart.endSteps());
    }
    return config;
  }

  private static Map<String, Object> node(RestartNode node) {
    return Map.of(
        "workflow_id", node.workflowId(),
        "instance_id", node.instanceId(),
        "step_id", node.stepId());
  }

  private static Map<String, Object> byStep(Map<String, Map<String, Param>> overrides) {
    var steps = new LinkedHashMap<String, Object>();
    overrides.forEach((step, given) -> steps.put(step, DefinitionWriter.tree(given)));
    return steps;
  }

  private static Map<String, Object> runProperties(RunFacts facts, long createTime) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("create_time", createTime);
    properties.put("owner", facts.owner());
    if (facts.stepConcurrency() != null) {
      properties.put("step_concurrency", facts.stepConcurrency());
    }
    return properties;
  }

  private static Map<String, Object> dag(RunPlan plan) {
    var dag = new LinkedHashMap<String, Object>();
    plan.steps()
        .forEach((id, step) -> {
          var edges = new LinkedHashMap<String, Object>();
          edges.put("predecessors", plan.predecessors(id));
          edges.put("successors", step.common().transition().successors());
          dag.put(id, edges);
        });
    return dag;
  }
}

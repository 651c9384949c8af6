package org.maestro.engine.instance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRow;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.AggregatedInfo;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.InstanceView.HandlerRun;
import org.maestro.model.instance.RunOverview;
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
    return view(run, facts, null, RunOverviews.of(run.row()), null, null);
  }

  /** A run whose row can't be read, as far as its columns say; the timeline has the reason. */
  InstanceView unreadable(StoredRun run) {
    return view(run, null, null, RunOverviews.of(run.row()), null, null);
  }

  /**
   * A run with what was asked for.
   *
   * @param live the runs below it that have not ended
   * @param handlers the runs of its handlers; shown if there are any
   */
  InstanceView full(
      RunNode node,
      Map<RunKey, RunNode> live,
      InstanceFacts facts,
      boolean enriched,
      boolean aggregated,
      List<HandlerRun> handlers) {
    return view(
        node.run(),
        facts,
        enriched ? node.plan() : null,
        RunOverviews.of(node, live),
        aggregated ? RunOverviews.aggregated(node) : null,
        handlers.isEmpty() ? null : handlers);
  }

  private InstanceView view(
      StoredRun run,
      @Nullable InstanceFacts instance,
      @Nullable RunPlan plan,
      RunOverview overview,
      @Nullable AggregatedInfo aggregated,
      @Nullable List<HandlerRun> handlers) {
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
        new InstanceView.Properties(row.createTime(), facts.owner(), facts.stepConcurrency()),
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
        aggregated,
        handlers);
  }

  /**
   * A run that was born failed tells why; it has never been through a turn that would have. So does
   * one that can't tell everybody whom its workflow names.
   */
  private static List<TimelineEvent> timeline(RunRow row) {
    var error = row.facts().acceptError();
    var alerts = row.facts().alerts();
    if (error == null && (alerts == null || alerts.untold().isEmpty())) {
      return row.progress().timeline();
    }
    var all = new ArrayList<TimelineEvent>();
    if (error != null) {
      all.add(TimelineEvent.error(row.createTime(), "Its params could not be evaluated: " + error));
    }
    if (alerts != null) {
      alerts
          .untold()
          .forEach(line -> all.add(TimelineEvent.warn(row.createTime(), "Not told: " + line)));
    }
    all.addAll(row.progress().timeline());
    return all;
  }

  private static InstanceView.Config runConfig(RunFacts facts) {
    var restart = facts.restart();
    return new InstanceView.Config(
        facts.policy().name(),
        facts.correlationId(),
        facts.runtimeTags(),
        restart == null ? null : restartConfig(facts, restart));
  }

  private static InstanceView.Restart restartConfig(RunFacts facts, RunFacts.Restart restart) {
    return new InstanceView.Restart(
        facts.policy().name(),
        restart.path().stream()
            .map(node ->
                new InstanceView.PathNode(node.workflowId(), node.instanceId(), node.stepId()))
            .toList(),
        restart.stepId(),
        restart.skipSteps(),
        restart.startSteps().isEmpty() ? null : restart.startSteps(),
        restart.endSteps().isEmpty() ? null : restart.endSteps());
  }

  private static Map<String, Object> byStep(Map<String, Map<String, Param>> overrides) {
    var steps = new LinkedHashMap<String, Object>();
    overrides.forEach((step, given) -> steps.put(step, DefinitionWriter.tree(given)));
    return steps;
  }

  private static Map<String, InstanceView.DagEdges> dag(RunPlan plan) {
    var dag = new LinkedHashMap<String, InstanceView.DagEdges>();
    plan.steps()
        .forEach((id, step) ->
            dag.put(
                id,
                new InstanceView.DagEdges(
                    plan.predecessors(id), step.common().transition().successors())));
    return dag;
  }
}

package org.maestro.engine.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.SignalArtifact;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepTimes;
import org.maestro.model.definition.Step;
import org.maestro.model.instance.RunOverview;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.StepView;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.param.InstanceFacts;
import org.maestro.param.StepFacts;

/** Makes views of step attempts from what is stored of them. Pure. */
final class StepViews {
  private final CompleteParams params;

  StepViews(CompleteParams params) {
    this.params = params;
  }

  /**
   * One attempt.
   *
   * @param live runs that have not ended, among them the one that the attempt started, if it did
   */
  StepView of(
      StoredRun run,
      RunPlan plan,
      InstanceFacts facts,
      StepAttempt attempt,
      Map<RunKey, RunNode> live) {
    var row = run.row();
    var stepId = attempt.stepId();
    var step =
        Objects.requireNonNull(
            plan.steps().get(stepId), () -> "expected a step " + stepId + " in " + row.key());
    var common = step.common();
    return new StepView(
        row.key().workflowId(),
        row.key().instanceId(),
        row.key().runId(),
        stepId,
        attempt.attemptId(),
        row.uuid(),
        uuid(row, attempt),
        row.facts().correlationId(),
        attempt.seq(),
        row.versionId(),
        run.shard(),
        row.facts().owner(),
        DefinitionWriter.tree(step),
        common.tags(),
        attempt.overrides().isEmpty() ? null : DefinitionWriter.tree(attempt.overrides()),
        paramsOf(row, step, facts, attempt),
        edges(plan, step, attempt),
        new StepView.Retries(
            attempt.retries().error(),
            attempt.retries().platform(),
            attempt.retries().timeout(),
            attempt.retries().manual()),
        state(attempt.status(), attempt.times()),
        common.signalDependencies().isEmpty()
            ? null
            : Map.of(
                "dependencies",
                Objects.requireNonNullElseGet(
                    SignalArtifact.shownDependencies(attempt.artifacts()),
                    () ->
                        common.signalDependencies().stream().map(DefinitionWriter::tree).toList())),
        Map.of(
            "outputs",
            Objects.requireNonNullElseGet(
                SignalArtifact.shownOutputs(attempt.artifacts()),
                () -> common.signalOutputs().stream().map(DefinitionWriter::tree).toList())),
        artifacts(SignalArtifact.others(attempt.artifacts()), live),
        attempt.timeline());
  }

  private static String uuid(RunRow row, StepAttempt attempt) {
    return row.attempt(attempt.stepId(), attempt.attemptId()).uuid();
  }

  private Map<String, Object> paramsOf(
      RunRow row, Step step, InstanceFacts facts, StepAttempt attempt) {
    var lean = attempt.params();
    if (lean == null) {
      return Map.of();
    }
    var stepFacts =
        new StepFacts(
            attempt.stepId(),
            attempt.seq(),
            uuid(row, attempt),
            attempt.attemptId(),
            attempt.retries().error());
    return ParamViews.of(params.ofStep(step, lean, facts, stepFacts));
  }

  private static StepView.Edges edges(RunPlan plan, Step step, StepAttempt attempt) {
    var taken = attempt.taken();
    var known =
        taken != null
            && attempt.status().isComplete()
            && attempt.status() != StepStatus.UNSATISFIED;
    var successors = new LinkedHashMap<String, Object>();
    step.common()
        .transition()
        .successors()
        .forEach((successor, condition) -> {
          var param = Param.expression(ParamType.BOOLEAN, condition);
          if (known && taken != null) {
            param = param.evaluated(taken.contains(successor), endOf(attempt));
          }
          successors.put(successor, ParamViews.of(param));
        });
    return new StepView.Edges(plan.predecessors(step.id()), successors);
  }

  private static long endOf(StepAttempt attempt) {
    var end = attempt.times().end();
    return end == null ? attempt.times().create() : end;
  }

  static StepView.State state(StepStatus status, StepTimes times) {
    return new StepView.State(
        status,
        times.create(),
        times.initialize(),
        times.pause(),
        times.waitSignal(),
        times.evaluate(),
        times.waitPermit(),
        times.start(),
        times.execute(),
        times.finish(),
        times.end(),
        last(times));
  }

  private static long last(StepTimes times) {
    return Stream.<@Nullable Long>of(
            times.initialize(),
            times.pause(),
            times.waitSignal(),
            times.evaluate(),
            times.waitPermit(),
            times.start(),
            times.execute(),
            times.finish(),
            times.end())
        .filter(Objects::nonNull)
        .mapToLong(time -> time)
        .max()
        .orElse(times.create());
  }

  /** What is kept of a child run is shown as an overview of it. */
  private static Map<String, Object> artifacts(
      Map<String, Object> stored, Map<RunKey, RunNode> live) {
    var child = RunRecords.child(stored);
    if (child == null || !(stored.get(RunRecords.SUBWORKFLOW) instanceof Map<?, ?> kept)) {
      return stored;
    }
    var shown = new LinkedHashMap<String, Object>();
    kept.forEach((key, value) -> shown.put((String) key, value));
    shown.remove("subworkflow_rollup");
    var status = shown.remove("subworkflow_status");
    var overview = overview(status, RunRecords.childRollup(stored), live.get(child), live);
    if (overview != null) {
      shown.put("subworkflow_overview", overview);
    }
    var all = new LinkedHashMap<>(stored);
    all.put(RunRecords.SUBWORKFLOW, shown);
    return all;
  }

  private static @Nullable RunOverview overview(
      @Nullable Object status,
      @Nullable Map<String, Long> counted,
      @Nullable RunNode child,
      Map<RunKey, RunNode> live) {
    if (status != null) {
      return RunOverviews.ended(
          RunStatus.valueOf((String) status), counted == null ? Map.of() : counted);
    }
    if (child == null) {
      return null;
    }
    return child.run().row().status().isTerminal()
        ? RunOverviews.of(child.run().row())
        : RunOverviews.of(child, live);
  }
}

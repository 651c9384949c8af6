package org.maestro.engine.run.turn;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.SignalArtifact;
import org.maestro.engine.run.SignalArtifact.Dependency;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.definition.SignalDependency;
import org.maestro.model.definition.SignalOutput;
import org.maestro.model.definition.Step;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.param.Param;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamException;
import org.maestro.param.StepScope;
import org.maestro.sel.Decimals;

/**
 * What a step says about signals, evaluated in its scope: which it waits for before its params are
 * evaluated, and which it announces when its job has succeeded.
 */
final class StepSignals {
  /** The artifact in which a job names further signals. */
  private static final String DYNAMIC = "maestro_dynamic_output";

  private static final int LONGEST_NAME = 512;
  private static final int MOST_DYNAMIC = 64;

  private final ParamEvaluator params;

  StepSignals(ParamEvaluator params) {
    this.params = params;
  }

  /**
   * The signals that a step waits for. They may use the run's params and what earlier steps left,
   * not the step's own params: those are evaluated after the wait.
   *
   * @throws ParamException if one of them has no value, or one that signals can't have
   */
  List<Dependency> dependencies(Step step, StepScope scope) {
    var dependencies = new ArrayList<Dependency>();
    for (SignalDependency wanted : step.common().signalDependencies()) {
      var definitions = new LinkedHashMap<String, Param>();
      wanted.matchParams().forEach((name, match) -> definitions.put(name, match.param()));
      var values = params.evaluateInStep(definitions, Map.of(), scope);
      var matches = new LinkedHashMap<String, Object>();
      wanted
          .matchParams()
          .forEach((name, match) ->
              matches.put(
                  name,
                  Map.of(
                      "operator",
                      match.operator().symbol(),
                      "value",
                      signalValue(name, values.get(name)))));
      dependencies.add(
          new Dependency(
              nameOf(params.interpolateInStep(wanted.name(), Map.of(), scope)),
              SignalArtifact.Status.PENDING,
              matches,
              null,
              Map.of()));
    }
    return dependencies;
  }

  /**
   * The request to be told when a dependency is met.
   *
   * @param run the run that the step is in
   */
  static SignalRequest.Await request(RunRow run, SignalGate gate, Dependency dependency, long now) {
    var conditions = new ArrayList<SignalRequest.Condition>();
    dependency.matchParams().forEach((name, match) -> conditions.add(condition(name, match)));
    return new SignalRequest.Await(dependency.name(), gate, conditions, now, around(run));
  }

  /** The workflow that an iteration belongs to; null for a run of a workflow by itself. */
  private static @Nullable String around(RunRow run) {
    if (!InlineWorkflow.isInline(run.key().workflowId())) {
      return null;
    }
    for (var ancestor : run.facts().initiator().ancestorPath().reversed()) {
      if (!InlineWorkflow.isInline(ancestor.workflowId())) {
        return ancestor.workflowId();
      }
    }
    return null;
  }

  private static SignalRequest.Condition condition(String name, Object match) {
    var written = (Map<?, ?>) match;
    var operator = MatchOperator.of(String.valueOf(written.get("operator"))).orElseThrow();
    return new SignalRequest.Condition(
        name, operator, Objects.requireNonNull(written.get("value")));
  }

  static SignalGate gate(RunKey run, StepAttempt attempt, int dependency) {
    return new SignalGate(
        run.workflowId(),
        run.instanceId(),
        run.runId(),
        attempt.stepId(),
        attempt.attemptId(),
        dependency);
  }

  /**
   * The signals that an attempt announces: those of its definition, then those that its job named.
   *
   * @param attemptUuid what the identity of each announcement is made of
   * @throws ParamException if one of them has no value, or one that signals can't have
   */
  List<SignalRequest.Announce> outputs(
      RunKey run, Step step, StepAttempt attempt, String attemptUuid, StepScope scope, long now) {
    var owner = scope.instance().owner();
    var own = attempt.params() == null ? Map.<String, Param>of() : attempt.params();
    var source =
        new SignalRequest.SignalSource(
            run.workflowId(), run.instanceId(), run.runId(), attempt.stepId(), attempt.attemptId());
    var announced = new ArrayList<SignalRequest.Announce>();
    for (SignalOutput output : step.common().signalOutputs()) {
      var values = new LinkedHashMap<String, Object>();
      params
          .evaluateInStep(output.params(), own, scope)
          .forEach((name, value) -> values.put(name, signalValue(name, value)));
      announced.add(
          new SignalRequest.Announce(
              nameOf(params.interpolateInStep(output.name(), own, scope)),
              requestId(attemptUuid, announced.size()),
              values,
              output.payload(),
              source,
              now,
              owner));
    }
    for (var dynamic : dynamicOutputs(attempt.artifacts())) {
      var values = new LinkedHashMap<>(dynamic);
      var name = values.remove("name");
      values.replaceAll((param, value) -> signalValue(param, value));
      announced.add(
          new SignalRequest.Announce(
              nameOf(name == null ? "" : name.toString()),
              requestId(attemptUuid, announced.size()),
              values,
              null,
              source,
              now,
              owner));
    }
    return announced;
  }

  /** The artifact that says what was announced. */
  static Map<String, Object> artifact(List<SignalRequest.Announce> announced) {
    return announced.isEmpty()
        ? Map.of()
        : Map.of(
            SignalArtifact.OUTPUTS,
            announced.stream()
                .map(a ->
                    Map.of("name", a.name(), "params", a.params(), "request_id", a.requestId()))
                .toList());
  }

  /** The same attempt announces under the same ids, however often it is said. */
  private static String requestId(String attemptUuid, int index) {
    return UUID.nameUUIDFromBytes(
            (attemptUuid + "/signal/" + index).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private static List<Map<String, Object>> dynamicOutputs(Map<String, Object> artifacts) {
    var outputs = new ArrayList<Map<String, Object>>();
    if (artifacts.get(DYNAMIC) instanceof Map<?, ?> artifact
        && artifact.get("signal_outputs") instanceof List<?> list) {
      if (list.size() > MOST_DYNAMIC) {
        throw new ParamException(
            "",
            "expected at most %d signal_outputs from a job, found %d"
                .formatted(MOST_DYNAMIC, list.size()));
      }
      for (var item : list) {
        if (plain(item) instanceof Map<?, ?> map) {
          var output = new LinkedHashMap<String, Object>();
          map.forEach((name, value) -> {
            var result = plain(value);
            if (result != null) {
              output.put(String.valueOf(name), result);
            }
          });
          outputs.add(output);
        }
      }
    }
    return outputs;
  }

  /** A value as it is, or out of the form in which params are written. */
  private static @Nullable Object plain(@Nullable Object tree) {
    if (tree instanceof Map<?, ?> map && map.containsKey("type")) {
      var result = map.get("evaluated_result");
      return result != null ? result : map.get("value");
    }
    return tree;
  }

  private static Object signalValue(String name, @Nullable Object value) {
    Object kept = value instanceof Number number ? Decimals.whole(number) : value;
    if (kept instanceof String || kept instanceof Long) {
      return kept;
    }
    throw new ParamException(
        "", "signal param [%s]: expected text or a whole number, found %s".formatted(name, value));
  }

  private static String nameOf(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new ParamException(
          "",
          "expected a signal's name of 1 to %d characters, found [%s]"
              .formatted(LONGEST_NAME, name.length() > 80 ? name.substring(0, 80) + "…" : name));
    }
    return name;
  }
}

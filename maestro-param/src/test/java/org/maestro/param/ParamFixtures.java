package org.maestro.param;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Transition;
import org.maestro.model.definition.Workflow;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;

/** Small definitions and facts for the tests of this package. */
final class ParamFixtures {
  /** 2024-02-29T10:20:30Z. */
  static final long NOW = 1_709_202_030_000L;

  static final InstanceFacts FACTS = facts(new Initiator.Manual("ada"));

  private ParamFixtures() {}

  static ParamEvaluator evaluator() {
    return evaluator(Map.of());
  }

  static ParamEvaluator evaluator(Map<String, Map<String, Param>> siteDefaults) {
    var runtime =
        new SelRuntime(
            InstantSource.fixed(Instant.ofEpochMilli(NOW)),
            () -> "00000000-0000-0000-0000-000000000001",
            () -> 0.5,
            SelLimits.DEFAULT);
    return new ParamEvaluator(
        new ExpressionCache(),
        runtime,
        new ParamSettings("test", siteDefaults, Set.of("passed"), () -> 42));
  }

  static InstanceFacts facts(Initiator initiator) {
    return new InstanceFacts(
        "wf", 7, 1, "tester", initiator, RestartPolicy.START_FRESH_NEW_RUN, null, NOW);
  }

  static Param string(String value) {
    return Param.literal(ParamType.STRING, value);
  }

  static Param whole(long value) {
    return Param.literal(ParamType.LONG, value);
  }

  static Param sel(ParamType type, String expression) {
    return Param.expression(type, expression);
  }

  static Param map(Map<String, Param> parts) {
    return Param.literal(ParamType.MAP, parts);
  }

  /** Names and params in turn, in order. */
  static Map<String, Param> params(Object... namesAndParams) {
    var params = new LinkedHashMap<String, Param>();
    for (var i = 0; i < namesAndParams.length; i += 2) {
      params.put((String) namesAndParams[i], (Param) namesAndParams[i + 1]);
    }
    return params;
  }

  static Workflow workflow(Map<String, Param> params, Step... steps) {
    return new Workflow(
        "wf",
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        null,
        params,
        List.of(steps));
  }

  static Step.Common common(String id, Map<String, Param> params) {
    return new Step.Common(
        id, null, null, Transition.NONE, null, List.of(), null, List.of(), List.of(), params);
  }

  static Step step(String type, Map<String, Param> params) {
    return new Step.Typed(common("s", params), type, null, null, null);
  }

  static Param withValidator(Param param, String validator) {
    return new Param(
        param.type(),
        param.value(),
        param.expression(),
        param.mode(),
        null,
        null,
        validator,
        List.of(),
        null,
        null);
  }

  static Param in(ParamMode mode, Param param) {
    return param.withMode(mode);
  }

  static StepScope scope(Step step, Map<String, Param> workflowParams) {
    return scope(step, workflowParams, FACTS, new Steps());
  }

  static StepScope scope(
      Step step, Map<String, Param> workflowParams, InstanceFacts facts, Upstream upstream) {
    return new StepScope(
        workflowParams, facts, new StepFacts("s", 3, "uuid-s", 2, 1), upstream, step);
  }

  static Map<String, Object> results(Map<String, Param> params) {
    var results = new LinkedHashMap<String, Object>();
    params.forEach((name, param) -> results.put(name, param.evaluatedResult()));
    return results;
  }

  /** Steps that have finished. */
  static final class Steps implements Upstream {
    private final Map<String, StepView> views = new HashMap<>();

    Steps with(String id, Map<String, Param> params) {
      var evaluated = new LinkedHashMap<String, Param>();
      params.forEach((name, param) -> evaluated.put(name, param.evaluated(param.value(), NOW)));
      views.put(id, new StepView(StepStatus.SUCCEEDED, NOW, evaluated));
      return this;
    }

    @Override
    public @Nullable StepView step(String stepId) {
      return views.get(stepId);
    }

    @Override
    public List<@Nullable Object> fromForeach(String foreachStep, String innerStep, String param) {
      return new ArrayList<>(List.of(10L, 20L));
    }

    @Override
    public @Nullable Object fromSubworkflow(
        String subworkflowStep, String innerStep, String param) {
      return subworkflowStep + "/" + innerStep + "/" + param;
    }

    @Override
    public @Nullable Object fromSignalDependency(int index, String param) {
      return param + index;
    }
  }
}

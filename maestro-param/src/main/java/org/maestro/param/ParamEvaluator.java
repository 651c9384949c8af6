package org.maestro.param;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DurationText;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelException;
import org.maestro.sel.SelRuntime;

/**
 * Everything that is done with parameters: merging, evaluating, handing them to children. Safe for
 * use by many threads; keeps nothing but compiled expressions and the site's defaults.
 *
 * <p>Results are lean: what was written, and of the defaults only what something read. {@link
 * #complete} and {@link #completeStep} add the rest, always the same, when somebody looks. Params
 * that are already evaluated are never evaluated again; that is how results travel to other runs.
 */
public final class ParamEvaluator {
  private static final long DEFAULT_TIMEOUT = 10L * 24 * 60 * 60 * 1000;
  private static final long LONGEST_TIMEOUT = 120L * 24 * 60 * 60 * 1000;
  private static final List<String> ZONES = List.of("DSL_DEFAULT_TZ", "WORKFLOW_CRON_TIMEZONE");
  private static final Set<String> NEVER_PASSED =
      Set.of("subworkflow_id", "subworkflow_version", "loop_params", "loop_index", "condition");

  private final EvaluationSettings settings;
  private final StepDefaults stepDefaults;

  /** Takes what expressions get from outside; the settings decide about defaults. */
  public ParamEvaluator(ExpressionCache expressions, SelRuntime runtime, ParamSettings site) {
    var workflowDefaults = new LinkedHashMap<String, Param>();
    site.siteDefaults()
        .getOrDefault("workflow", Map.of())
        .forEach((name, param) -> workflowDefaults.put(name, ofSystem(param)));
    this.settings = new EvaluationSettings(expressions, runtime, site, workflowDefaults, false);
    this.stepDefaults = new StepDefaults(site.siteDefaults());
  }

  private static Param ofSystem(Param param) {
    return param
        .withMode(param.mode() == null ? ParamMode.MUTABLE_ON_START : param.mode())
        .withSource(ParamSource.SYSTEM_DEFAULT);
  }

  // ------------------------------------------------------------------ a run's parameters

  /**
   * What a new instance starts with: defaults, then the definition's params, then {@code overrides}
   * as their modes permit.
   *
   * @param source who hands over the overrides: LAUNCH, TIME_TRIGGER, SIGNAL, SUBWORKFLOW,
   *     FOREACH...
   * @throws ParamException with every problem
   */
  public Map<String, Param> mergeForStart(
      Workflow workflow, Map<String, Param> overrides, ParamSource source) {
    if (workflow.params().isEmpty() && overrides.isEmpty()) {
      return Map.of();
    }
    var merge = new ParamMerge(this::workflowDefault, "/params");
    merge.merge(workflow.params(), new ParamMerge.Stage(ParamSource.DEFINITION, false));
    merge.merge(withoutReserved(overrides), new ParamMerge.Stage(source, false));
    return merge.orThrow();
  }

  /** Whether every run has a param of that name. */
  public boolean hasDefault(String name) {
    return workflowDefault(name) != null;
  }

  private @Nullable Param workflowDefault(String name) {
    var site = settings.workflowDefaults().get(name);
    return site != null ? site : WorkflowDefaults.definition(name);
  }

  /** A run handed over by another run may carry the reserved names of that one. */
  private static Map<String, Param> withoutReserved(Map<String, Param> params) {
    if (params.isEmpty() || params.keySet().stream().noneMatch(WorkflowDefaults::isReserved)) {
      return params;
    }
    var rest = new LinkedHashMap<>(params);
    rest.entrySet()
        .removeIf(entry ->
            WorkflowDefaults.isReserved(entry.getKey())
                && entry.getValue().source() == ParamSource.SYSTEM_DEFAULT);
    return rest;
  }

  /** As {@link #mergeForRestart(Workflow, Map, Map, ParamSource)}, asked for by a person. */
  public Map<String, Param> mergeForRestart(
      Workflow workflow, Map<String, Param> previous, Map<String, Param> overrides) {
    return mergeForRestart(workflow, previous, overrides, ParamSource.RESTART);
  }

  /**
   * What another run of an instance starts with: the results of the run before it, except that
   * IMMUTABLE ones are evaluated again, then {@code overrides} as their modes permit on a restart.
   *
   * @param previous the params of the run before, as stored
   * @throws ParamException with every problem
   */
  public Map<String, Param> mergeForRestart(
      Workflow workflow,
      Map<String, Param> previous,
      Map<String, Param> overrides,
      ParamSource source) {
    if (workflow.params().isEmpty() && previous.isEmpty() && overrides.isEmpty()) {
      return Map.of();
    }
    var merge = new ParamMerge(this::workflowDefault, "/params");
    merge.put(afterwards(previous));
    // a run whose evaluation failed may have stored nothing
    var missing = new LinkedHashMap<>(workflow.params());
    missing.keySet().removeAll(previous.keySet());
    merge.merge(missing, new ParamMerge.Stage(ParamSource.DEFINITION, false));
    merge.merge(withoutReserved(overrides), new ParamMerge.Stage(source, true));
    return merge.orThrow();
  }

  private static Map<String, Param> afterwards(Map<String, Param> previous) {
    var kept = new LinkedHashMap<String, Param>();
    previous.forEach((name, param) -> {
      // defaults follow from the instance's facts, the same in every run
      if (param.source() != ParamSource.SYSTEM_DEFAULT) {
        kept.put(
            name,
            param.effectiveMode() == ParamMode.IMMUTABLE
                ? param.unevaluated()
                : Values.literal(param));
      }
    });
    return kept;
  }

  /**
   * Evaluates merged workflow params.
   *
   * @throws ParamException with every problem; also if the result is larger than 750,000 characters
   */
  public Map<String, Param> evaluateWorkflow(
      Map<String, Param> merged, InstanceFacts facts, long nowMillis) {
    return merged.isEmpty() ? Map.of() : Evaluation.ofRun(settings, facts, merged, nowMillis).all();
  }

  /** Stored workflow params with all the defaults, as people are shown them. */
  public Map<String, Param> complete(Map<String, Param> lean, InstanceFacts facts) {
    var scope = Evaluation.ofEvaluatedRun(settings, facts, lean, facts.createTime());
    var all = new LinkedHashMap<>(lean);
    for (var name : settings.workflowDefaults().keySet()) {
      scope.ifValid(name).ifPresent(param -> all.putIfAbsent(name, param));
    }
    for (var name : WorkflowDefaults.DEFINITIONS.keySet()) {
      scope.ifValid(name).ifPresent(param -> all.putIfAbsent(name, param));
    }
    return all;
  }

  // ------------------------------------------------------------------ a step's parameters

  /**
   * Merges and evaluates the params of one attempt of a step that has no job template.
   *
   * @param runParams given for this step when the run was started
   * @param restartParams given for this step when the run or the step was restarted
   * @throws ParamException with every problem; also if the result is larger than 750,000 characters
   */
  public Map<String, Param> evaluateStep(
      Step step,
      Map<String, Param> runParams,
      Map<String, Param> restartParams,
      StepScope scope,
      long nowMillis) {
    return evaluateStep(step, new StepLayers(Map.of(), runParams, restartParams), scope, nowMillis);
  }

  /**
   * Merges and evaluates the params of one step attempt.
   *
   * @throws ParamException with every problem; also if the result is larger than 750,000 characters
   */
  public Map<String, Param> evaluateStep(
      Step step, StepLayers layers, StepScope scope, long nowMillis) {
    var merged = mergeStep(step, layers, scope.workflowParams());
    return merged.isEmpty()
        ? Map.of()
        : Evaluation.ofStep(settings, scope.of(step), merged, nowMillis).all();
  }

  private Map<String, Param> mergeStep(
      Step step, StepLayers layers, Map<String, Param> workflowParams) {
    var merge = stepMerge(step, layers, workflowParams);
    return merge == null ? Map.of() : merge.orThrow();
  }

  /** The merged but not yet cleaned params of a step; null if there are none. */
  private @Nullable ParamMerge stepMerge(
      Step step, StepLayers layers, Map<String, Param> workflowParams) {
    var defaults = stepDefaults.of(step.stepType());
    var own = step.common().params();
    if (defaults.isEmpty() && own.isEmpty() && layers.isEmpty()) {
      return null;
    }
    var type = step.stepType();
    var merge = new ParamMerge(name -> StepDefaults.reserved(type, name), "/params");
    merge.put(defaults);
    if (!layers.template().isEmpty()) {
      merge.merge(layers.template(), new ParamMerge.Stage(ParamSource.TEMPLATE_SCHEMA, false));
      merge.merge(
          named(workflowParams, layers.template().keySet()),
          new ParamMerge.Stage(ParamSource.WORKFLOW_PARAMETER, false));
    }
    var launch = new ParamMerge.Stage(ParamSource.LAUNCH, false);
    var restart = new ParamMerge.Stage(ParamSource.RESTART, true);
    merge.merge(without(layers.run(), own.keySet()), launch);
    merge.merge(without(layers.restart(), own.keySet()), restart);
    merge.merge(own, new ParamMerge.Stage(ParamSource.DEFINITION, false));
    merge.merge(named(layers.run(), own.keySet()), launch);
    merge.merge(named(layers.restart(), own.keySet()), restart);
    return merge;
  }

  private static Map<String, Param> named(Map<String, Param> params, Set<String> names) {
    if (params.isEmpty()) {
      return params;
    }
    var chosen = new LinkedHashMap<>(params);
    chosen.keySet().retainAll(names);
    return chosen;
  }

  private static Map<String, Param> without(Map<String, Param> params, Set<String> names) {
    if (params.isEmpty()) {
      return params;
    }
    var rest = new LinkedHashMap<>(params);
    rest.keySet().removeAll(names);
    return rest;
  }

  /** Stored step params with all the defaults, as people are shown them. */
  public Map<String, Param> completeStep(
      Step step, Map<String, Param> lean, InstanceFacts facts, StepFacts stepFacts) {
    var type = step.stepType();
    var all = new LinkedHashMap<String, Param>();
    StepDefaults.reserved(type)
        .forEach((name, reserved) -> {
          var value = Objects.requireNonNull(StepDefaults.value(type, name, facts, stepFacts));
          all.put(
              name,
              new Param(
                  reserved.type(),
                  value,
                  null,
                  reserved.mode(),
                  null,
                  ParamSource.SYSTEM_DEFAULT,
                  null,
                  List.of(),
                  value,
                  facts.createTime()));
        });
    all.putAll(lean);
    return all;
  }

  /**
   * The outcome of a transition's condition in the scope of the step it leaves.
   *
   * @param stepParams the step's evaluated params
   * @throws ParamException if it does not evaluate to true or false
   */
  public boolean condition(String sel, Map<String, Param> stepParams, StepScope scope) {
    return switch (sel) {
      case "true" -> true;
      case "false" -> false;
      default -> truth(sel, Map.of(), stepParams, scope);
    };
  }

  /**
   * Whether a while step goes on.
   *
   * @param loopValues the loop params as the last iteration left them
   * @throws ParamException if the condition does not evaluate to true or false
   */
  public boolean whileCondition(
      Step.While step,
      Map<String, Object> loopValues,
      Map<String, Param> stepParams,
      StepScope scope) {
    return truth(step.condition(), loopValues, stepParams, scope.of(step));
  }

  private boolean truth(
      String sel, Map<String, Object> loopValues, Map<String, Param> stepParams, StepScope scope) {
    try {
      return Evaluation.ofStep(settings, scope, stepParams, scope.instance().createTime())
          .with(loopValues)
          .truth(sel);
    } catch (SelException | IllegalArgumentException e) {
      throw new ParamException("", "condition [" + sel + "]: " + e.getMessage());
    }
  }

  /**
   * Evaluates other definitions in a step's scope, such as those of its signals.
   *
   * @param stepParams the step's params; empty while they aren't evaluated
   * @throws ParamException with the first problem
   */
  public Map<String, Object> evaluateInStep(
      Map<String, Param> definitions, Map<String, Param> stepParams, StepScope scope) {
    var evaluation = Evaluation.ofStep(settings, scope, stepParams, scope.instance().createTime());
    var results = new LinkedHashMap<String, Object>();
    definitions.forEach((name, definition) -> {
      try {
        results.put(name, evaluation.value(definition, "/params/" + name));
      } catch (SelException | IllegalArgumentException e) {
        throw new ParamException(
            "/params/" + ParamMerge.escape(name), "param [" + name + "]: " + e.getMessage());
      }
    });
    return results;
  }

  /**
   * Fills {@code $name} and {@code ${name}} in a step's scope.
   *
   * @throws ParamException if a name has no value
   */
  public String interpolateInStep(String text, Map<String, Param> stepParams, StepScope scope) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    try {
      return Evaluation.ofStep(settings, scope, stepParams, scope.instance().createTime())
          .interpolate(text);
    } catch (SelException | IllegalArgumentException e) {
      throw new ParamException("", "text [" + text + "]: " + e.getMessage());
    }
  }

  /**
   * What a job sets is put over its step's params: declared and MUTABLE ones only.
   *
   * @param outputs evaluated params, or literals
   * @throws ParamException with every problem
   */
  public Map<String, Param> applyOutputs(
      Map<String, Param> stepParams, Map<String, Param> outputs, long nowMillis) {
    return outputs.isEmpty() ? stepParams : OutputParams.apply(stepParams, outputs, nowMillis);
  }

  // ------------------------------------------------------------------ settings of steps and runs

  /**
   * Fills {@code $name} and {@code ${name}} with workflow params.
   *
   * @throws ParamException if a name has no value
   */
  public String interpolate(String text, Map<String, Param> workflowParams, InstanceFacts facts) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    try {
      return Evaluation.ofEvaluatedRun(settings, facts, workflowParams, facts.createTime())
          .interpolate(text);
    } catch (SelException | IllegalArgumentException e) {
      throw new ParamException("", "text [" + text + "]: " + e.getMessage());
    }
  }

  /**
   * A time-out in milliseconds; 10 days if there is none.
   *
   * @param timeout seconds or a duration such as {@code 1d 2h}, may contain {@code ${param}}
   * @throws ParamException if it is no duration, not positive, or longer than 120 days
   */
  public long timeoutMillis(
      @Nullable String timeout, Map<String, Param> workflowParams, InstanceFacts facts) {
    if (timeout == null) {
      return DEFAULT_TIMEOUT;
    }
    var text = interpolate(timeout, workflowParams, facts);
    var millis = duration(text);
    if (millis <= 0 || millis > LONGEST_TIMEOUT) {
      throw new ParamException(
          "/timeout", "expected a timeout of more than 0 and at most 120 days, found " + text);
    }
    return millis;
  }

  private static long duration(String text) {
    try {
      return DurationText.millis(text);
    } catch (IllegalArgumentException e) {
      throw new ParamException("/timeout", "timeout: " + e.getMessage());
    }
  }

  /** A retry policy's numbers; what is absent or can't be read gets its default. */
  public RetryPlan retryPlan(
      @Nullable RetryPolicy policy, Map<String, Param> workflowParams, InstanceFacts facts) {
    return policy == null
        ? RetryPlan.DEFAULT
        : RetryPlan.of(policy, text -> interpolate(text, workflowParams, facts));
  }

  // ------------------------------------------------------------------ children

  /**
   * The run params of the instance that a subworkflow step starts, to be merged with source
   * SUBWORKFLOW: what is written in the step, over everything of the parent's run unless the step
   * wants explicit params only.
   */
  public Map<String, Param> forSubworkflow(
      Step.Subworkflow step,
      Map<String, Param> stepParams,
      Map<String, Param> workflowParams,
      InstanceFacts facts) {
    var passed = new LinkedHashMap<String, Param>();
    if (step.explicitParams()) {
      for (var name : settings.site().alwaysPassedDown()) {
        var param = workflowParams.get(name);
        if (param != null) {
          passed.put(name, Values.literal(param));
        }
      }
    } else {
      passRun(passed, workflowParams, facts, true);
    }
    stepParams.forEach((name, param) -> {
      if (step.common().params().containsKey(name) && !NEVER_PASSED.contains(name)) {
        passed.put(name, Values.literal(param));
      }
    });
    return passed;
  }

  /** The run's params and the few defaults that all other defaults follow from. */
  private void passRun(
      Map<String, Param> passed,
      Map<String, Param> workflowParams,
      InstanceFacts facts,
      boolean zones) {
    var scope = Evaluation.ofEvaluatedRun(settings, facts, workflowParams, facts.createTime());
    passed.put("RUN_TS", scope.paramOfRun("RUN_TS"));
    for (var zone : ZONES) {
      if (zones || !scope.runParam(zone).equals("UTC")) {
        passed.put(zone, scope.paramOfRun(zone));
      }
    }
    workflowParams.forEach((name, param) -> {
      if (!WorkflowDefaults.isReserved(name)) {
        passed.put(name, Values.literal(param));
      }
    });
  }

  /**
   * What all iterations of a foreach or while step have in common: run params to be merged with
   * source FOREACH or WHILE. {@link #iterationParams} adds what is particular to one.
   */
  public Map<String, Param> loopParams(
      Map<String, Param> stepParams, Map<String, Param> workflowParams, InstanceFacts facts) {
    var passed = new LinkedHashMap<String, Param>();
    passRun(passed, workflowParams, facts, false);
    stepParams.forEach((name, param) -> {
      if (!NEVER_PASSED.contains(name) && StepDefaults.reserved(StepType.NOOP, name) == null) {
        passed.put(name, Values.literal(param));
      }
    });
    return passed;
  }

  /** How many iterations a foreach step has: the product of the lengths of its loop params. */
  public long iterations(Map<String, Param> foreachParams) {
    return Loops.count(foreachParams);
  }

  /**
   * The run params that are particular to one iteration of a foreach step: an element of each loop
   * param, the first one varying fastest, and {@code loop_index}.
   *
   * @param index from 0
   */
  public Map<String, Param> iterationParams(Map<String, Param> foreachParams, long index) {
    return Loops.iteration(foreachParams, index);
  }

  /**
   * The run params that are particular to one iteration of a while step.
   *
   * @param loopValues the loop params as the last iteration left them
   * @param index from 0
   */
  public Map<String, Param> iterationParams(
      Map<String, Param> whileParams, Map<String, Object> loopValues, long index) {
    return Loops.iteration(whileParams, loopValues, index);
  }

  /** The loop params of a while step before its first iteration. */
  public Map<String, Object> firstLoopValues(Map<String, Param> whileParams) {
    return Loops.values(whileParams);
  }

  // ------------------------------------------------------------------ before any run

  /**
   * What would go wrong in any run of this definition: its params and those of its top-level steps
   * are merged, and evaluated as far as that is possible without a run. Expressions of all steps
   * are compiled, and the names that they read looked up.
   *
   * @return empty if nothing was found; pointers are into the workflow's document
   */
  public List<DefinitionProblem> dryRun(Workflow workflow, String owner, long nowMillis) {
    return new DryRun(this, settings, workflow, owner, nowMillis).problems();
  }

  /**
   * What is no mistake by itself, but may not be meant so: names that only some evaluations would
   * miss, steps that are read without being waited for.
   *
   * @return empty if nothing was found; pointers are into the workflow's document
   */
  public List<DefinitionProblem> doubts(Workflow workflow) {
    return DryRun.doubts(this, settings, workflow);
  }

  /** The names that a run's params and the defaults have. */
  public Set<String> namesOfRun(Workflow workflow) {
    var names = new LinkedHashSet<>(workflow.params().keySet());
    names.addAll(WorkflowDefaults.DEFINITIONS.keySet());
    names.addAll(settings.workflowDefaults().keySet());
    return names;
  }

  /** The names that a step's params may have. */
  Set<String> namesOf(Step step) {
    var names = new LinkedHashSet<>(stepDefaults.of(step.stepType()).keySet());
    names.addAll(StepDefaults.reserved(step.stepType()).keySet());
    names.addAll(step.common().params().keySet());
    return names;
  }

  /**
   * What a step's definition amounts to without any run.
   *
   * @param problems gets what is wrong with it; pointers are into the step
   */
  public Map<String, Param> definedParams(Step step, List<DefinitionProblem> problems) {
    return mergeStep(step, problems);
  }

  /** What a step's definition amounts to without any run; its problems are added to the list. */
  Map<String, Param> mergeStep(Step step, List<DefinitionProblem> problems) {
    var merge = stepMerge(step, StepLayers.NONE, Map.of());
    if (merge == null) {
      return Map.of();
    }
    var merged = merge.cleaned();
    problems.addAll(merge.problems());
    return merged;
  }
}

package org.maestro.engine.param;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;

/**
 * Everything that is done with parameters: merging, evaluating, handing them to children. Safe for
 * use by many threads; keeps nothing but the settings.
 *
 * <p>Results are lean: what was written, and of the defaults only what something read. {@link
 * #complete} and {@link #completeStep} add the rest, always the same, when somebody looks.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ParamEvaluator {
  private final ParamSettings settings;

  public ParamEvaluator(ParamSettings settings) {
    this.settings = settings;
  }

  // ------------------------------------------------------------------ a run's parameters

  /**
   * What a new instance starts with: defaults, then the definition's params, then {@code overrides}
   * as their modes permit.
   *
   * @param source who hands over the overrides: LAUNCH, TIME_TRIGGER, SIGNAL, SUBWORKFLOW, FOREACH...
   * @throws ParamException with every problem
   */
  public Map<String, Param> mergeForStart(
      Workflow workflow, Map<String, Param> overrides, ParamSource source) {
    throw new UnsupportedOperationException("mergeForStart " + workflow + overrides + source);
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
    throw new UnsupportedOperationException(
        "mergeForRestart " + workflow + previous + overrides + source);
  }

  /**
   * Evaluates merged workflow params.
   *
   * @throws ParamException with every problem; also if the result is larger than 750,000 characters
   */
  public Map<String, Param> evaluateWorkflow(
      Map<String, Param> merged, InstanceFacts facts, long nowMillis) {
    throw new UnsupportedOperationException("evaluateWorkflow " + merged + facts + nowMillis);
  }

  /** Stored workflow params with all the defaults, as people are shown them. */
  public Map<String, Param> complete(Map<String, Param> lean, InstanceFacts facts) {
    throw new UnsupportedOperationException("complete " + lean + facts);
  }

  // ------------------------------------------------------------------ a step's parameters

  /**
   * Merges and evaluates the params of one step attempt.
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
    throw new UnsupportedOperationException(
        "evaluateStep " + step + runParams + restartParams + scope + nowMillis);
  }

  /** Stored step params with all the defaults, as people are shown them. */
  public Map<String, Param> completeStep(
      Step step, Map<String, Param> lean, InstanceFacts facts, StepFacts stepFacts) {
    throw new UnsupportedOperationException("completeStep " + step + lean + facts + stepFacts);
  }

  /**
   * The outcome of a transition's condition in the scope of the step it leaves.
   *
   * @param stepParams the step's evaluated params
   * @throws ParamException if it does not evaluate to true or false
   */
  public boolean condition(String sel, Map<String, Param> stepParams, StepScope scope) {
    throw new UnsupportedOperationException("condition " + sel + stepParams + scope);
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
    throw new UnsupportedOperationException("condition " + step + loopValues + stepParams + scope);
  }

  /**
   * What a job sets is put over its step's params: declared and MUTABLE ones only.
   *
   * @throws ParamException with every problem
   */
  public Map<String, Param> applyOutputs(
      Map<String, Param> stepParams, Map<String, Param> outputs, long nowMillis) {
    throw new UnsupportedOperationException("applyOutputs " + stepParams + outputs + nowMillis);
  }

  // ------------------------------------------------------------------ settings of steps and runs

  /**
   * Fills {@code $name} and {@code ${name}} with workflow params.
   *
   * @throws ParamException if a name has no value
   */
  public String interpolate(String text, Map<String, Param> workflowParams, InstanceFacts facts) {
    throw new UnsupportedOperationException("interpolate " + text + workflowParams + facts);
  }

  /**
   * A time-out in milliseconds; 10 days if there is none.
   *
   * @param timeout seconds or a duration such as {@code 1d 2h}, may contain {@code ${param}}
   * @throws ParamException if it is no duration, not positive, or longer than 120 days
   */
  public long timeoutMillis(
      @Nullable String timeout, Map<String, Param> workflowParams, InstanceFacts facts) {
    throw new UnsupportedOperationException("timeoutMillis " + timeout + workflowParams + facts);
  }

  /** A retry policy's numbers; what is absent or can't be read gets its default. */
  public RetryPlan retryPlan(
      @Nullable RetryPolicy policy, Map<String, Param> workflowParams, InstanceFacts facts) {
    throw new UnsupportedOperationException("retryPlan " + policy + workflowParams + facts);
  }

  /** Evaluates the params of a signal dependency or output, or the like, in a step's scope. */
  public Map<String, Object> evaluateInStep(
      Map<String, Param> definitions,
      Map<String, Param> stepParams,
      StepScope scope,
      long nowMillis) {
    throw new UnsupportedOperationException(
        "evaluateInStep " + definitions + stepParams + scope + nowMillis);
  }

  // ------------------------------------------------------------------ children

  /** The run params of the instance that a subworkflow step starts; its source is SUBWORKFLOW. */
  public Map<String, Param> forSubworkflow(
      Step.Subworkflow step,
      Map<String, Param> stepParams,
      Map<String, Param> workflowParams,
      InstanceFacts facts) {
    throw new UnsupportedOperationException(
        "forSubworkflow " + step + stepParams + workflowParams + facts + settings);
  }

  /** How many iterations a foreach step has: the product of the lengths of its loop params. */
  public long iterations(Map<String, Param> foreachParams) {
    throw new UnsupportedOperationException("iterations " + foreachParams);
  }

  /**
   * What all iterations of a loop step have in common: run params with source FOREACH or WHILE.
   * {@link #iterationParams} adds what is particular to one.
   */
  public Map<String, Param> loopParams(
      Step loop,
      Map<String, Param> stepParams,
      Map<String, Param> workflowParams,
      InstanceFacts facts) {
    throw new UnsupportedOperationException(
        "loopParams " + loop + stepParams + workflowParams + facts);
  }

  /** The run params that are particular to one iteration of a foreach step, {@code index} from 0. */
  public Map<String, Param> iterationParams(Map<String, Param> foreachParams, long index) {
    throw new UnsupportedOperationException("iterationParams " + foreachParams + index);
  }

  // ------------------------------------------------------------------ before any run

  /**
   * What would go wrong in any run of this definition: its params and those of its top-level steps
   * that don't depend on other steps are merged and evaluated with dry-run defaults.
   *
   * @return empty if nothing was found; pointers are into the workflow's document
   */
  public List<DefinitionProblem> dryRun(Workflow workflow, String owner, long nowMillis) {
    throw new UnsupportedOperationException("dryRun " + workflow + owner + nowMillis);
  }
}

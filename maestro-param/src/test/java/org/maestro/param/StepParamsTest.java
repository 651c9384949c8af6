package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.param.ParamFixtures.FACTS;
import static org.maestro.param.ParamFixtures.NOW;
import static org.maestro.param.ParamFixtures.common;
import static org.maestro.param.ParamFixtures.evaluator;
import static org.maestro.param.ParamFixtures.in;
import static org.maestro.param.ParamFixtures.map;
import static org.maestro.param.ParamFixtures.params;
import static org.maestro.param.ParamFixtures.results;
import static org.maestro.param.ParamFixtures.scope;
import static org.maestro.param.ParamFixtures.sel;
import static org.maestro.param.ParamFixtures.step;
import static org.maestro.param.ParamFixtures.string;
import static org.maestro.param.ParamFixtures.whole;
import static org.maestro.param.ParamFixtures.workflow;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;

class StepParamsTest {
  private final ParamEvaluator evaluator = evaluator();

  private Map<String, Param> run(Map<String, Param> params) {
    return evaluator.evaluateWorkflow(
        evaluator.mergeForStart(workflow(params), Map.of(), ParamSource.LAUNCH), FACTS, NOW);
  }

  private Map<String, Param> evaluate(Step step, Map<String, Param> workflowParams) {
    return evaluator.evaluateStep(step, StepLayers.NONE, scope(step, run(workflowParams)), NOW);
  }

  private Object result(Param param, Map<String, Param> workflowParams, Upstream upstream) {
    var step = step("NoOp", params("x", param));
    return evaluator
        .evaluateStep(
            step, Map.of(), Map.of(), scope(step, run(workflowParams), FACTS, upstream), NOW)
        .get("x")
        .evaluatedResult();
  }

  @Test
  void aStepWithoutParamsHasNothingToStore() {
    assertThat(evaluate(step("NoOp", Map.of()), Map.of())).isEmpty();
  }

  @Test
  void theTypeOfAStepBringsDefaults() {
    assertThat(results(evaluate(step("Sleep", Map.of()), Map.of())))
        .isEqualTo(Map.of("sleep_seconds", 3L));
    assertThat(results(evaluate(step("sleep", params("sleep_seconds", whole(9))), Map.of())))
        .isEqualTo(Map.of("sleep_seconds", 9L));
  }

  @Test
  void anHttpStepNeedsAUrlAndHasTheRest() {
    var http =
        evaluate(step("Http", params("http", map(params("url", string("http://h"))))), Map.of());

    assertThat(http.get("http").evaluatedResult())
        .isEqualTo(
            Map.of(
                "url", "http://h",
                "method", "GET",
                "headers",
                    Map.of("Content-Type", "application/json", "Accept", "application/json")));
    assertThat(http).containsKeys("status_code", "response_body", "state_expr");
    assertThatThrownBy(() -> evaluate(step("Http", Map.of()), Map.of()))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("[url] is a required parameter");
  }

  @Test
  void aNotebookComputesItsPaths() {
    var notebook =
        evaluate(
            step(
                "Notebook",
                params(
                    "kubernetes", map(params("image", string("python:3"))),
                    "notebook", map(params("input_path", string("in.ipynb"))))),
            Map.of());

    assertThat((Map<?, ?>) notebook.get("notebook").evaluatedResult())
        .isEqualTo(
            Map.of(
                "init_command", "",
                "input_path", "in.ipynb",
                "output_path", "maestro-output_20240229102030__7_3_uuid-s.ipynb",
                "run_id", "wf_7_1_s_2"));
  }

  @Test
  void loopsHaveTheirIndexAndConditionWhenShown() {
    var loopParams = map(params("i", Param.literal(ParamType.LONG_ARRAY, List.of(1L, 2L))));
    var foreach =
        new Step.Foreach(
            common("f", params("loop_params", loopParams)), null, false, null, List.of());
    var loop =
        new Step.While(
            common("w", params("loop_params", map(params("i", whole(1))))), "i < 4", List.of());
    var facts = new StepFacts("f", 1, "u", 1, 0);

    var lean = evaluate(foreach, Map.of());

    assertThat(results(lean)).isEqualTo(Map.of("loop_params", Map.of("i", List.of(1L, 2L))));
    assertThat(results(evaluator.completeStep(foreach, lean, FACTS, facts)))
        .containsEntry("loop_index", -1L)
        .containsEntry("step_id", "f")
        .containsEntry("workflow_instance_id", 7L)
        .containsEntry("step_instance_uuid", "u")
        .containsEntry("step_attempt_id", 1L);
    assertThat(results(evaluator.completeStep(loop, evaluate(loop, Map.of()), FACTS, facts)))
        .containsEntry("loop_index", -1L)
        .containsEntry("condition", false);
  }

  @Test
  void reservedNamesAreStoredWhenReadOnly() {
    var all = evaluate(step("NoOp", params("x", string("${step_id}"))), Map.of());

    assertThat(results(all)).isEqualTo(Map.of("x", "s", "step_id", "s"));
  }

  @Test
  void reservedNamesCannotBeSet() {
    assertThatThrownBy(() -> evaluate(step("NoOp", params("step_id", string("x"))), Map.of()))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("RESERVED");
  }

  @Test
  void aStepParamCountsOnFromTheRunsParamOfTheSameName() {
    var all =
        evaluate(step("NoOp", params("i", sel(ParamType.LONG, "i + 1"))), params("i", whole(4)));

    assertThat(all.get("i").evaluatedResult()).isEqualTo(5L);
  }

  @Test
  void withoutSuchARunParamItIsACycle() {
    assertThatThrownBy(
            () -> evaluate(step("NoOp", params("i", sel(ParamType.LONG, "i + 1"))), Map.of()))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("cyclic");
  }

  @Test
  void anEvaluatedStepParamHidesTheRunsButALaterOneDoesNot() {
    var step =
        step(
            "NoOp",
            params(
                "early", sel(ParamType.STRING, "p"),
                "p", string("step"),
                "late", sel(ParamType.STRING, "p")));

    assertThat(results(evaluate(step, params("p", string("run")))))
        .containsEntry("early", "run")
        .containsEntry("late", "step");
  }

  @Test
  void paramsMeansTheRunsParams() {
    var step =
        step("NoOp", params("p", string("step"), "x", sel(ParamType.STRING, "params.get('p')")));

    assertThat(evaluate(step, params("p", string("run"))).get("x").evaluatedResult())
        .isEqualTo("run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "up__v | 5",
        "params.getFromStep('job.1', 'v') | 6",
        "end___w | 7",
        "params.getFromStep('up', 'MAESTRO_STEP_STATUS') | SUCCEEDED",
        "params.getFromStep('up', 'MAESTRO_STEP_END_TIME') | 1709202030000",
        "params.getFromStep('step_id') | s",
        "params.getFromStep('step_instance_id') | 3",
        "params.getFromStep('step_instance_uuid') | uuid-s",
        "params.getFromStep('step_attempt_id') | 2",
        "params.getFromStep('step_type_info') | NoOp",
        "params.getFromStep('MAESTRO_STEP_ERROR_RETRIES') | 1",
        "params.getFromForeach('f', 's', 'v')[1] | 20",
        "params.getFromSubworkflow('c', 's', 'v') | c/s/v",
        "params.getFromSignalDependency('0', 'day') | day0",
        "s__step_id | s"
      })
  void expressionsReadOtherSteps(String expression, String expected) {
    var upstream =
        new ParamFixtures.Steps()
            .with("up", params("v", whole(5)))
            .with("job.1", params("v", whole(6)))
            .with("end_", params("w", whole(7)));

    assertThat(result(sel(ParamType.STRING, expression), Map.of(), upstream)).isEqualTo(expected);
  }

  @Test
  void textsReadOtherStepsToo() {
    var upstream = new ParamFixtures.Steps().with("job.1", params("v", whole(6)));

    assertThat(result(string("${job.1__v} ${v@job.1}"), Map.of(), upstream)).isEqualTo("6 6");
  }

  @Test
  void anAmbiguousReferenceIsRefused() {
    var upstream =
        new ParamFixtures.Steps()
            .with("a", params("_b", whole(1)))
            .with("a_", params("b", whole(2)));

    assertThatThrownBy(() -> result(sel(ParamType.LONG, "a___b"), Map.of(), upstream))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("ambiguous");
  }

  @Test
  void doublesAreDecimals() {
    assertThat(result(sel(ParamType.DOUBLE, "0.5 + 1"), Map.of(), new ParamFixtures.Steps()))
        .isEqualTo(new BigDecimal("1.5"));
  }

  @Test
  void laterLayersWin() {
    var step = step("NoOp", params("a", string("definition"), "b", string("definition")));
    var layers =
        new StepLayers(
            params("t", string("template"), "a", string("template")),
            params("a", string("run"), "b", string("run"), "new", string("run")),
            params("b", string("restart")));

    var all =
        evaluator.evaluateStep(
            step, layers, scope(step, run(params("t", string("workflow")))), NOW);

    assertThat(results(all))
        .isEqualTo(Map.of("t", "workflow", "a", "run", "b", "restart", "new", "run"));
    assertThat(all.get("t").source()).isEqualTo(ParamSource.WORKFLOW_PARAMETER);
  }

  @Test
  void conditionsSeeTheStepAndWhatIsAround() {
    var step = step("NoOp", params("x", whole(3)));
    var evaluated = evaluate(step, Map.of());
    var scope = scope(step, run(params("limit", whole(2))));

    assertThat(evaluator.condition("true", evaluated, scope)).isTrue();
    assertThat(evaluator.condition("false", evaluated, scope)).isFalse();
    assertThat(evaluator.condition("x > limit", evaluated, scope)).isTrue();
    assertThat(evaluator.condition("x == 4", evaluated, scope)).isFalse();
    assertThatThrownBy(() -> evaluator.condition("x + 1", evaluated, scope))
        .isInstanceOf(ParamException.class);
    assertThatThrownBy(() -> evaluator.condition("y > 1", evaluated, scope))
        .isInstanceOf(ParamException.class);
  }

  @Test
  void aWhileStepGoesOnByItsLoopValues() {
    var loop =
        new Step.While(
            common("w", params("loop_params", map(params("i", whole(1))))), "i < 4", List.of());
    var scope = scope(loop, run(params("i", whole(100))));
    var evaluated = evaluator.evaluateStep(loop, StepLayers.NONE, scope, NOW);

    assertThat(evaluator.firstLoopValues(evaluated)).isEqualTo(Map.of("i", 1L));
    assertThat(evaluator.whileCondition(loop, Map.of("i", 3L), evaluated, scope)).isTrue();
    assertThat(evaluator.whileCondition(loop, Map.of("i", 4L), evaluated, scope)).isFalse();
    assertThat(results(evaluator.iterationParams(evaluated, Map.of("i", 3L), 2)))
        .isEqualTo(Map.of("i", 3L, "loop_index", 2L));
  }

  @Test
  void outputsChangeDeclaredMutableParamsOnly() {
    var evaluated =
        evaluate(
            step(
                "NoOp",
                params(
                    "n", whole(1),
                    "m", Param.literal(ParamType.STRING_MAP, Map.of("a", "1")),
                    "c", in(ParamMode.CONSTANT, whole(1)))),
            Map.of());

    var after =
        evaluator.applyOutputs(
            evaluated,
            params("n", string("5"), "m", Param.literal(ParamType.STRING_MAP, Map.of("b", "$2"))),
            NOW + 1);

    assertThat(results(after))
        .isEqualTo(Map.of("n", 5L, "m", Map.of("a", "1", "b", "$2"), "c", 1L));
    assertThat(after.get("n").source()).isEqualTo(ParamSource.OUTPUT_PARAMETER);
    assertThatThrownBy(() ->
            evaluator.applyOutputs(
                evaluated, params("c", whole(2), "nope", whole(1), "n", string("x")), NOW))
        .isInstanceOfSatisfying(
            ParamException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.pointer())
                    .containsExactly("/params/c", "/params/nope", "/params/n"));
  }

  @Test
  void signalsAreEvaluatedBeforeTheParamsOfTheStep() {
    var scope = scope(step("NoOp", params("own", string("x"))), run(params("day", whole(5))));

    assertThat(
            evaluator.evaluateInStep(
                params("d", sel(ParamType.LONG, "day + 1"), "t", string("$RUN_DATE")),
                Map.of(),
                scope))
        .isEqualTo(Map.of("d", 6L, "t", "20240229"));
    assertThat(evaluator.interpolateInStep("db/$day", Map.of(), scope)).isEqualTo("db/5");
  }
}

package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.param.ParamFixtures.FACTS;
import static org.maestro.param.ParamFixtures.NOW;
import static org.maestro.param.ParamFixtures.common;
import static org.maestro.param.ParamFixtures.evaluator;
import static org.maestro.param.ParamFixtures.map;
import static org.maestro.param.ParamFixtures.params;
import static org.maestro.param.ParamFixtures.results;
import static org.maestro.param.ParamFixtures.scope;
import static org.maestro.param.ParamFixtures.string;
import static org.maestro.param.ParamFixtures.whole;
import static org.maestro.param.ParamFixtures.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;

class ChildParamsTest {
  private final ParamEvaluator evaluator = evaluator();
  private final Map<String, Param> parent =
      evaluator.evaluateWorkflow(
          evaluator.mergeForStart(
              workflow(params("who", string("parent"), "extra", whole(9))),
              Map.of(),
              ParamSource.LAUNCH),
          FACTS,
          NOW);

  private Map<String, Param> passed(boolean explicit, Map<String, Param> stepParams) {
    var all = new LinkedHashMap<>(params("subworkflow_id", string("child")));
    all.putAll(stepParams);
    var step = new Step.Subworkflow(common("c", all), true, explicit);
    var evaluated = evaluator.evaluateStep(step, StepLayers.NONE, scope(step, parent), NOW);
    return evaluator.forSubworkflow(step, evaluated, parent, FACTS);
  }

  private Map<String, Param> child(Map<String, Param> passed) {
    var definition = workflow(params("who", string("child"), "k", whole(1)));
    var facts =
        new InstanceFacts(
            "child",
            1,
            1,
            "tester",
            new Initiator.Subworkflow(List.of()),
            FACTS.policy(),
            null,
            NOW + 86_400_000);
    return evaluator.evaluateWorkflow(
        evaluator.mergeForStart(definition, passed, ParamSource.SUBWORKFLOW), facts, NOW);
  }

  @Test
  void aSubworkflowGetsEverythingOfItsParent() {
    assertThat(results(child(passed(false, Map.of()))))
        .containsEntry("who", "parent")
        .containsEntry("extra", 9L)
        .containsEntry("k", 1L)
        .containsEntry("RUN_TS", NOW)
        .doesNotContainKeys("subworkflow_id", "subworkflow_version");
  }

  @Test
  void withExplicitParamsItGetsWhatTheStepSaysOnly() {
    assertThat(results(child(passed(true, params("k", whole(5))))))
        .isEqualTo(Map.of("who", "child", "k", 5L));
  }

  @Test
  void whatTheStepSaysWinsOverTheParentsRun() {
    assertThat(results(child(passed(false, params("who", string("step"))))))
        .containsEntry("who", "step");
  }

  @Test
  void passedTextsAreNotInterpolatedAgain() {
    assertThat(results(child(passed(false, params("who", string("$$HOME"))))))
        .containsEntry("who", "$HOME");
  }

  private Map<String, Param> foreach(Map<String, Param> loopParams) {
    var step =
        new Step.Foreach(
            common("f", params("own", string("step"), "loop_params", map(loopParams))),
            null,
            false,
            null,
            List.of());
    return evaluator.evaluateStep(step, StepLayers.NONE, scope(step, parent), NOW);
  }

  @Test
  void theFirstLoopParamVariesFastest() {
    var foreach =
        foreach(
            params(
                "i", Param.literal(ParamType.LONG_ARRAY, List.of(1L, 2L, 3L)),
                "j", Param.literal(ParamType.STRING_ARRAY, List.of("a", "b"))));

    var seen = new ArrayList<String>();
    for (var index = 0L; index < evaluator.iterations(foreach); index++) {
      var iteration = results(evaluator.iterationParams(foreach, index));
      seen.add("" + iteration.get("loop_index") + iteration.get("i") + iteration.get("j"));
    }

    assertThat(seen).containsExactly("01a", "12a", "23a", "31b", "42b", "53b");
  }

  @Test
  void anEmptyLoopParamMeansNoIteration() {
    assertThat(
            evaluator.iterations(
                foreach(params("i", Param.literal(ParamType.LONG_ARRAY, List.of())))))
        .isZero();
  }

  @Test
  void anIterationGetsTheRunTheStepAndItsElement() {
    var foreach = foreach(params("i", Param.literal(ParamType.LONG_ARRAY, List.of(7L))));
    var all = new LinkedHashMap<>(evaluator.loopParams(foreach, parent, FACTS));
    all.putAll(evaluator.iterationParams(foreach, 0));

    var iteration =
        evaluator.evaluateWorkflow(
            evaluator.mergeForStart(workflow(Map.of()), all, ParamSource.FOREACH), FACTS, NOW);

    assertThat(results(iteration))
        .isEqualTo(
            Map.of(
                "who",
                "parent",
                "extra",
                9L,
                "own",
                "step",
                "i",
                7L,
                "loop_index",
                0L,
                "RUN_TS",
                NOW));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100s | 100000",
        "90 | 90000",
        "1d 2h 30min 10s 5ms | 95410005",
        "20 minutes | 1200000",
        "10 minutes 5 seconds 1 day | 87005000",
        "${extra}s | 9000"
      })
  void timeoutsAreDurations(String timeout, long millis) {
    assertThat(evaluator.timeoutMillis(timeout, parent, FACTS)).isEqualTo(millis);
  }

  @Test
  void withoutATimeoutItIsTenDays() {
    assertThat(evaluator.timeoutMillis(null, parent, FACTS)).isEqualTo(864_000_000);
  }

  @ParameterizedTest
  @CsvSource({"0", "121d", "soon", "5 parsecs", "${missing}", "''", "-5"})
  void otherTimeoutsAreRefused(String timeout) {
    assertThatThrownBy(() -> evaluator.timeoutMillis(timeout, parent, FACTS))
        .isInstanceOf(ParamException.class);
  }

  @Test
  void retriesAreReadFromTheRunsParamsAndOtherwiseDefault() {
    var policy =
        new RetryPolicy(
            "$extra",
            "many",
            null,
            new RetryPolicy.Backoff(
                RetryPolicy.BackoffType.EXPONENTIAL_BACKOFF,
                "1",
                "3",
                "20",
                null,
                null,
                null,
                "999999",
                null,
                null));

    var plan = evaluator.retryPlan(policy, parent, FACTS);

    assertThat(plan.error()).isEqualTo(new RetryPlan.Rule(9, 1, 3, 20));
    assertThat(plan.platform()).isEqualTo(RetryPlan.DEFAULT.platform());
    assertThat(plan.timeout()).isEqualTo(RetryPlan.DEFAULT.timeout());
    assertThat(evaluator.retryPlan(null, parent, FACTS)).isEqualTo(RetryPlan.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 3000", "2, 9000", "3, 20000", "50, 20000"})
  void delaysGrowUpToTheLimit(long retries, long millis) {
    assertThat(new RetryPlan.Rule(9, 1, 3, 20).delayMillis(retries)).isEqualTo(millis);
  }

  @Test
  void fixedDelaysStay() {
    var policy =
        new RetryPolicy(
            null,
            null,
            "1",
            new RetryPolicy.Backoff(
                RetryPolicy.BackoffType.FIXED_BACKOFF,
                null,
                null,
                null,
                "5",
                null,
                null,
                "0",
                null,
                null));

    var plan = evaluator.retryPlan(policy, parent, FACTS);

    assertThat(plan.delayMillis(RetryPlan.Kind.ERROR, 5)).isEqualTo(60_000);
    assertThat(plan.delayMillis(RetryPlan.Kind.PLATFORM, 5)).isEqualTo(5000);
    assertThat(plan.delayMillis(RetryPlan.Kind.TIMEOUT, 0)).isZero();
    assertThat(plan.allows(RetryPlan.Kind.TIMEOUT, 0)).isTrue();
    assertThat(plan.allows(RetryPlan.Kind.TIMEOUT, 1)).isFalse();
  }
}

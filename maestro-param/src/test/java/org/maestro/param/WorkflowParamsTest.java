package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.param.ParamFixtures.FACTS;
import static org.maestro.param.ParamFixtures.NOW;
import static org.maestro.param.ParamFixtures.evaluator;
import static org.maestro.param.ParamFixtures.facts;
import static org.maestro.param.ParamFixtures.map;
import static org.maestro.param.ParamFixtures.params;
import static org.maestro.param.ParamFixtures.results;
import static org.maestro.param.ParamFixtures.sel;
import static org.maestro.param.ParamFixtures.string;
import static org.maestro.param.ParamFixtures.whole;
import static org.maestro.param.ParamFixtures.withValidator;
import static org.maestro.param.ParamFixtures.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;

class WorkflowParamsTest {
  private final ParamEvaluator evaluator = evaluator();

  private Map<String, Param> evaluate(Map<String, Param> params) {
    return evaluate(params, FACTS);
  }

  private Map<String, Param> evaluate(Map<String, Param> params, InstanceFacts facts) {
    var merged = evaluator.mergeForStart(workflow(params), Map.of(), ParamSource.LAUNCH);
    return evaluator.evaluateWorkflow(merged, facts, NOW);
  }

  @Test
  void aWorkflowWithoutParamsHasNothingToStore() {
    assertThat(evaluate(Map.of())).isEmpty();
  }

  @Test
  void everyEvaluatedParamSaysItsModeSourceAndTime() {
    var param = evaluate(params("p", string("x"))).get("p");

    assertThat(param.evaluatedResult()).isEqualTo("x");
    assertThat(param.evaluatedTime()).isEqualTo(NOW);
    assertThat(param.source()).isEqualTo(ParamSource.DEFINITION);
    assertThat(param.mode()).isNotNull();
  }

  /** Each refers to the one after it, so that all wait for the last. */
  private static Map<String, Param> chain(int length) {
    var chain = new LinkedHashMap<String, Param>();
    for (var i = 1; i < length; i++) {
      chain.put("p" + i, sel(ParamType.LONG, "p" + (i + 1) + " + 1"));
    }
    chain.put("p" + length, whole(0));
    return chain;
  }

  @Test
  void aChainOfReferencesIsFollowedToTheHundredthParam() {
    assertThat(evaluate(chain(100)).get("p1").evaluatedResult()).isEqualTo(99L);

    assertThatThrownBy(() -> evaluate(chain(5_000)))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("expected a chain of at most 100 params that refer to each other")
        .hasMessageContaining("p1 -> … -> p101");
  }

  @Test
  void deepExpressionsWithinEachOtherAreRefusedBeforeTheStackEnds() {
    var deep = new LinkedHashMap<String, Param>();
    for (var i = 1; i < 90; i++) {
      deep.put("p" + i, sel(ParamType.LONG, "-(".repeat(60) + "p" + (i + 1) + ")".repeat(60)));
    }
    deep.put("p90", whole(1));

    var refused = new ArrayList<Throwable>();
    var thread =
        new Thread(
            null,
            () -> {
              try {
                evaluate(deep);
              } catch (ParamException | StackOverflowError e) {
                refused.add(e);
              }
            },
            "small stack",
            256 * 1024);
    thread.start();
    assertThatNoException().isThrownBy(thread::join);

    assertThat(refused).hasSize(1);
    assertThat(refused.getFirst()).hasMessageContaining("expected less nesting");
  }

  @Test
  void referencesAreFollowedWhateverTheOrder() {
    var all =
        evaluate(
            params(
                "a", sel(ParamType.LONG, "b + 1"),
                "b", sel(ParamType.LONG, "c * 2"),
                "c", whole(5)));

    assertThat(results(all))
        .containsExactly(Map.entry("a", 11L), Map.entry("b", 10L), Map.entry("c", 5L));
  }

  @Test
  void aCycleIsRefusedAndSaysItsChain() {
    var params = params("a", sel(ParamType.LONG, "b"), "b", sel(ParamType.LONG, "a"));

    assertThatThrownBy(() -> evaluate(params))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("cyclic reference chain: a -> b -> a");
  }

  @Test
  void everyProblemIsReportedOnceAndDependentsAreNot() {
    var params =
        params(
            "bad", sel(ParamType.LONG, "nowhere + 1"),
            "dependent", sel(ParamType.LONG, "bad + 1"),
            "worse", sel(ParamType.LONG, "'x'"));

    assertThatThrownBy(() -> evaluate(params))
        .isInstanceOfSatisfying(
            ParamException.class,
            e ->
                assertThat(e.problems())
                    .extracting(problem -> problem.pointer())
                    .containsExactly("/params/bad", "/params/worse"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "$name | ada", "${name} | ada", "a-$name-b | a-ada-b", "$$name | $name", "$ | $",
        "5$ | 5$", "${a} | 7", "${xs} | [3,1,2]", "$ok | true", "${sub.name} | dotted"
      })
  void literalsAreInterpolated(String text, String expected) {
    var all =
        evaluate(
            params(
                "name", string("ada"),
                "a", whole(7),
                "xs", Param.literal(ParamType.LONG_ARRAY, List.of(3L, 1L, 2L)),
                "ok", Param.literal(ParamType.BOOLEAN, true),
                "sub.name", string("dotted"),
                "x", string(text)));

    assertThat(all.get("x").evaluatedResult()).isEqualTo(expected);
  }

  @Test
  void aMissingReferenceIsRefused() {
    assertThatThrownBy(() -> evaluate(params("x", string("$missing"))))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void arraysAndMapsOfTextAreInterpolatedKeysToo() {
    var all =
        evaluate(
            params(
                "n", string("v"),
                "xs", Param.literal(ParamType.STRING_ARRAY, List.of("$n", "$$n")),
                "m", Param.literal(ParamType.STRING_MAP, Map.of("k$n", "${n}!"))));

    assertThat(all.get("xs").evaluatedResult()).isEqualTo(List.of("v", "$n"));
    assertThat(all.get("m").evaluatedResult()).isEqualTo(Map.of("kv", "v!"));
  }

  @Test
  void thePartsOfAMapAreEvaluatedInTheSameScope() {
    var all =
        evaluate(
            params(
                "a",
                whole(2),
                "m",
                map(
                    params(
                        "b", sel(ParamType.LONG, "a + 1"), "c", map(params("d", string("$a")))))));

    assertThat(all.get("m").evaluatedResult()).isEqualTo(Map.of("b", 3L, "c", Map.of("d", "2")));
  }

  @Test
  void defaultsAreStoredOnlyWhenRead() {
    var all = evaluate(params("d", sel(ParamType.STRING, "RUN_DATE + '!'")));

    assertThat(results(all))
        .isEqualTo(Map.of("d", "20240229!", "RUN_DATE", "20240229", "RUN_TS", NOW));
    assertThat(all.get("RUN_DATE").source()).isEqualTo(ParamSource.SYSTEM_DEFAULT);
  }

  @Test
  void theCompleteMapHasEveryDefault() {
    var complete = results(evaluator.complete(Map.of(), FACTS));

    assertThat(complete)
        .containsEntry("DSL_DEFAULT_TZ", "UTC")
        .containsEntry("WORKFLOW_CRON_TIMEZONE", "UTC")
        .containsEntry("RUN_TS", NOW)
        .containsEntry("TARGET_RUN_DATE", "20240229")
        .containsEntry("TARGET_RUN_HOUR", "10")
        .containsEntry("DERIVED_RUN_TS", 1_709_200_800_000L)
        .containsEntry("DERIVED_RUN_DATE_US_PACIFIC", "20240229")
        .containsEntry("DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE", "20240228")
        .containsEntry("DERIVED_RUN_DATE_UTC", "20240229")
        .containsEntry("DERIVED_RUN_DATE_UTC_MINUS_ONE", "20240228")
        .containsEntry("DERIVED_RUN_DATE_UTC_PLUS_ONE", "20240301")
        .containsEntry("DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR", "20240229")
        .containsEntry("DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR", "20240229")
        .containsEntry("DERIVED_RUN_HOUR_US_PACIFIC", "02")
        .containsEntry("DERIVED_RUN_HOUR_UTC", "10")
        .containsEntry("DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR", "09")
        .containsEntry("DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR", "11")
        .containsEntry("LOCAL_RUN_DATE", "20240229")
        .containsEntry("RUN_DATE", "20240229")
        .containsEntry("RUN_DATE_MINUS_1", "20240228")
        .containsEntry("RUN_DATE_MINUS_7", "20240222")
        .containsEntry("owner", "tester")
        .containsEntry("workflow_id", "wf")
        .hasSize(23);
  }

  @Test
  void aTimeTriggerDecidesTheRunTimeAndTheZone() {
    // 2024-01-01T02:30Z is still New Year's Eve on the west coast
    var facts = facts(new Initiator.Time("t", 1_704_076_200_000L, "US/Pacific"));

    var complete = results(evaluator.complete(Map.of(), facts));

    assertThat(complete)
        .containsEntry("RUN_TS", 1_704_076_200_000L)
        .containsEntry("WORKFLOW_CRON_TIMEZONE", "US/Pacific")
        .containsEntry("TARGET_RUN_DATE", "20231231")
        .containsEntry("TARGET_RUN_HOUR", "18")
        .containsEntry("DERIVED_RUN_TS", 1_704_074_400_000L)
        .containsEntry("DERIVED_RUN_DATE_UTC", "20240101")
        .containsEntry("RUN_DATE", "20240101");
  }

  @Test
  void defaultsFollowWhatTheDefinitionSetsOfThem() {
    var all =
        evaluate(
            params(
                "TARGET_RUN_DATE", string("20200101"),
                "TARGET_RUN_HOUR", string("05"),
                "x", sel(ParamType.STRING, "DERIVED_RUN_DATE_UTC_MINUS_ONE")));

    assertThat(all.get("x").evaluatedResult()).isEqualTo("20191231");
  }

  @Test
  void theSiteMayAddAndChangeDefaults() {
    var site =
        evaluator(
            Map.of("workflow", params("region", string("eu"), "RUN_DATE", string("19700101"))));

    var all =
        site.evaluateWorkflow(
            site.mergeForStart(
                workflow(params("x", string("$region $RUN_DATE"))), Map.of(), ParamSource.LAUNCH),
            FACTS,
            NOW);

    assertThat(all.get("x").evaluatedResult()).isEqualTo("eu 19700101");
  }

  @Test
  void validatorsAreEnforced() {
    var three = Param.literal(ParamType.LONG_ARRAY, List.of(1L, 2L, 3L));

    assertThat(evaluate(params("x", withValidator(three, "param!=null && param.size() > 2"))))
        .hasSize(1);
    assertThatThrownBy(
            () -> evaluate(params("x", withValidator(three, "param!=null && param.size() > 3"))))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("meets the validator");
  }

  @ParameterizedTest
  @CsvSource({
    "@NotEmpty, x, true",
    "@NotEmpty, '', false",
    "@NotBlank, ' ', false",
    "'@Size(min = 2, max = 3)', ab, true",
    "'@Size(min = 2, max = 3)', abcd, false",
    "@Unheard(of), x, true",
    "'@NotEmpty @Size(max=1)', ab, false"
  })
  void constraintsOfBeansAreEnforced(String validator, String value, boolean holds) {
    var params = params("x", withValidator(string(value), validator));

    if (holds) {
      assertThat(evaluate(params)).hasSize(1);
    } else {
      assertThatThrownBy(() -> evaluate(params)).isInstanceOf(ParamException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "@Min(5), 5, true",
    "@Min(5), 4, false",
    "@Max(value = 5), 6, false",
    "@Positive, 0, false"
  })
  void constraintsOnNumbersAreEnforced(String validator, long value, boolean holds) {
    var params = params("x", withValidator(whole(value), validator));

    if (holds) {
      assertThat(evaluate(params)).hasSize(1);
    } else {
      assertThatThrownBy(() -> evaluate(params)).isInstanceOf(ParamException.class);
    }
  }

  @Test
  void tooMuchTextIsRefused() {
    var params = params("x", string("x".repeat(750_001)));

    assertThatThrownBy(() -> evaluate(params))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("750,000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INITIATOR_TYPE | MANUAL",
        "INITIATOR_RUNNER_NAME | ada",
        "RUN_POLICY | START_FRESH_NEW_RUN",
        "owner | tester",
        "workflow_id | wf",
        "workflow_instance_id | 7",
        "workflow_run_id | 1"
      })
  void expressionsReadTheInstance(String field, String expected) {
    var x = sel(ParamType.STRING, "params.getFromInstance('" + field + "')");

    assertThat(evaluate(params("x", x)).get("x").evaluatedResult()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "params.get('a.b') | 5",
        "params['a.b'] | 5",
        "params.containsKey('a.b') | true",
        "params.containsKey('nope') | false",
        "params.nextUniqueId() | 42",
        "params.getExecutionEnvironment() | test",
        "params.getFromSignalOrDefault('x', 'y') | y"
      })
  void expressionsReadParamsByName(String expression, String expected) {
    var all = evaluate(params("a.b", whole(5), "x", sel(ParamType.STRING, expression)));

    assertThat(all.get("x").evaluatedResult()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "params.getFromSignal('day') | 20240101", "params.getFromSignal('made', 'n') | 5",
        "made__n | 5", "params.getFromSignalOrDefault('made', 'q', 'other') | other"
      })
  void expressionsReadTheSignalsThatStartedTheRun(String expression, String expected) {
    var facts =
        facts(
            new Initiator.Signal(
                "t", Map.of("made", 9L), Map.of("day", 20240101L, "made", Map.of("n", 5L))));

    var all = evaluate(params("x", sel(ParamType.STRING, expression)), facts);

    assertThat(all.get("x").evaluatedResult()).isEqualTo(expected);
  }
}

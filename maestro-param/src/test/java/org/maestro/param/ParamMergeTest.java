package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.param.ParamFixtures.FACTS;
import static org.maestro.param.ParamFixtures.NOW;
import static org.maestro.param.ParamFixtures.evaluator;
import static org.maestro.param.ParamFixtures.in;
import static org.maestro.param.ParamFixtures.map;
import static org.maestro.param.ParamFixtures.params;
import static org.maestro.param.ParamFixtures.results;
import static org.maestro.param.ParamFixtures.sel;
import static org.maestro.param.ParamFixtures.string;
import static org.maestro.param.ParamFixtures.whole;
import static org.maestro.param.ParamFixtures.workflow;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;

class ParamMergeTest {
  private final ParamEvaluator evaluator = evaluator();

  private Map<String, Param> run(Map<String, Param> definition, Map<String, Param> overrides) {
    return run(definition, overrides, ParamSource.LAUNCH);
  }

  private Map<String, Param> run(
      Map<String, Param> definition, Map<String, Param> overrides, ParamSource source) {
    return evaluator.evaluateWorkflow(
        evaluator.mergeForStart(workflow(definition), overrides, source), FACTS, NOW);
  }

  private Map<String, Param> restart(
      Map<String, Param> definition, Map<String, Param> previous, Map<String, Param> overrides) {
    return evaluator.evaluateWorkflow(
        evaluator.mergeForRestart(workflow(definition), previous, overrides), FACTS, NOW + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "MUTABLE, true, true",
    "MUTABLE_ON_START_RESTART, true, true",
    "MUTABLE_ON_START, true, false",
    "IMMUTABLE, false, false",
    "CONSTANT, false, false"
  })
  void theModeDecidesWhenAParamMayBeChanged(ParamMode mode, boolean start, boolean restart) {
    var definition = params("p", in(mode, string("one")));

    if (start) {
      assertThat(results(run(definition, params("p", string("two"))))).containsEntry("p", "two");
    } else {
      assertThatThrownBy(() -> run(definition, params("p", string("two"))))
          .isInstanceOf(ParamException.class)
          .hasMessage("Cannot modify param with mode [" + mode + "] for parameter [p]");
    }
    var first = run(definition, Map.of());
    if (restart) {
      assertThat(results(restart(definition, first, params("p", string("three")))))
          .containsEntry("p", "three");
    } else {
      assertThatThrownBy(() -> restart(definition, first, params("p", string("three"))))
          .isInstanceOf(ParamException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ParamMode.class)
  void theIdenticalDefinitionIsAlwaysAllowed(ParamMode mode) {
    var definition = params("p", in(mode, string("one")));

    var first = run(definition, params("p", string("one")));

    assertThat(results(first)).containsEntry("p", "one");
    assertThat(results(restart(definition, first, params("p", string("one")))))
        .containsEntry("p", "one");
  }

  @ParameterizedTest
  @EnumSource(ParamMode.class)
  void onARestartOnlyImmutableParamsAreEvaluatedAgain(ParamMode mode) {
    var definition =
        params("p", in(mode, sel(ParamType.LONG, "params.getFromInstance('workflow_run_id')")));
    var first = run(definition, Map.of());
    var secondRun =
        new InstanceFacts(
            "wf", 7, 2, "tester", FACTS.initiator(), FACTS.policy(), null, FACTS.createTime());

    var second =
        evaluator.evaluateWorkflow(
            evaluator.mergeForRestart(workflow(definition), first, Map.of()), secondRun, NOW);

    assertThat(second.get("p").evaluatedResult()).isEqualTo(mode == ParamMode.IMMUTABLE ? 2L : 1L);
  }

  @Test
  void whatAnEarlierRunEvaluatedIsNotInterpolatedAgain() {
    var definition =
        params("p", string("$$name"), "m", Param.literal(ParamType.STRING_MAP, Map.of("k", "$$x")));
    var first = run(definition, Map.of());

    var second =
        restart(
            definition, first, params("m", Param.literal(ParamType.STRING_MAP, Map.of("l", "$p"))));

    assertThat(second.get("p").evaluatedResult()).isEqualTo("$name");
    assertThat(second.get("m").evaluatedResult()).isEqualTo(Map.of("k", "$x", "l", "$name"));
  }

  @Test
  void defaultsOfAnEarlierRunAreDerivedAgain() {
    var definition = params("p", in(ParamMode.MUTABLE, sel(ParamType.LONG, "RUN_TS")));
    var first = run(definition, Map.of());

    assertThat(first).containsKey("RUN_TS");
    assertThat(results(restart(definition, first, Map.of()))).isEqualTo(Map.of("p", NOW));
  }

  @Test
  void aMergeMayTightenAModeButNotLoosenIt() {
    var definition = params("p", in(ParamMode.MUTABLE_ON_START_RESTART, string("one")));

    assertThat(
            run(definition, params("p", in(ParamMode.MUTABLE_ON_START, string("two"))))
                .get("p")
                .mode())
        .isEqualTo(ParamMode.MUTABLE_ON_START);
    assertThatThrownBy(() -> run(definition, params("p", in(ParamMode.MUTABLE, string("two")))))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("less strict");
  }

  @Test
  void aParentRunIsNotHeldToLooserModes() {
    var definition = params("p", in(ParamMode.MUTABLE_ON_START, string("child")));
    var fromParent =
        params("p", in(ParamMode.MUTABLE, string("parent")).withSource(ParamSource.DEFINITION));

    var merged = run(definition, fromParent, ParamSource.SUBWORKFLOW).get("p");

    assertThat(merged.evaluatedResult()).isEqualTo("parent");
    assertThat(merged.mode()).isEqualTo(ParamMode.MUTABLE_ON_START);
    assertThat(merged.source()).isEqualTo(ParamSource.SUBWORKFLOW);
  }

  @Test
  void newNamesMayBeIntroducedAtStart() {
    assertThat(results(run(Map.of(), params("q", whole(5))))).isEqualTo(Map.of("q", 5L));
  }

  @Test
  void mapsAreMergedDeepAndPartsInheritTheStricterMode() {
    var definition =
        params(
            "m",
            in(
                ParamMode.MUTABLE_ON_START,
                map(params("a", whole(1), "n", map(params("x", whole(2), "y", whole(3)))))));

    var merged =
        run(definition, params("m", map(params("n", map(params("y", whole(9))), "b", whole(4)))));

    assertThat(merged.get("m").evaluatedResult())
        .isEqualTo(Map.of("a", 1L, "n", Map.of("x", 2L, "y", 9L), "b", 4L));
    assertThat(merged.get("m").nested().get("b").mode()).isEqualTo(ParamMode.MUTABLE_ON_START);
  }

  @Test
  void aConstantPartOfAMapIsProtected() {
    var definition = params("m", map(params("a", in(ParamMode.CONSTANT, whole(1)))));

    assertThatThrownBy(() -> run(definition, params("m", map(params("a", whole(2))))))
        .isInstanceOfSatisfying(
            ParamException.class,
            e -> assertThat(e.problems().getFirst().pointer()).isEqualTo("/params/m/a"));
  }

  @Test
  void stringMapsAreMergedPerKeyAndArraysReplaced() {
    var definition =
        params(
            "m", Param.literal(ParamType.STRING_MAP, Map.of("a", "1", "b", "2")),
            "xs", Param.literal(ParamType.LONG_ARRAY, List.of(1L, 2L)));

    var merged =
        run(
            definition,
            params(
                "m", Param.literal(ParamType.STRING_MAP, Map.of("b", "3")),
                "xs", Param.literal(ParamType.LONG_ARRAY, List.of(9L))));

    assertThat(results(merged))
        .isEqualTo(Map.of("m", Map.of("a", "1", "b", "3"), "xs", List.of(9L)));
  }

  @Test
  void anotherTypeIsCastIntoTheDefinedOne() {
    var definition =
        params(
            "n", whole(1),
            "s", string("x"),
            "b", Param.literal(ParamType.BOOLEAN, false),
            "m", map(params("a", string("1"))));

    var merged =
        run(
            definition,
            params(
                "n", string("17"),
                "s", whole(5),
                "b", string("TRUE"),
                "m", Param.literal(ParamType.STRING_MAP, Map.of("a", "2"))));

    assertThat(results(merged))
        .isEqualTo(Map.of("n", 17L, "s", "5", "b", true, "m", Map.of("a", "2")));
    assertThat(merged.get("n").type()).isEqualTo(ParamType.LONG);
  }

  @Test
  void whatCannotBeCastIsAMismatch() {
    assertThatThrownBy(() -> run(params("n", whole(1)), params("n", string("many"))))
        .isInstanceOf(ParamException.class)
        .hasMessage("ParameterDefinition type mismatch name [n] from [STRING] != to [LONG]");
  }

  @Test
  void tagsAreUnited() {
    var merge =
        run(params("p", tagged("one", "a")), params("p", tagged("two", "b"))).get("p").tags();

    assertThat(merge).containsExactly(Tag.of("a"), Tag.of("b"));
  }

  private static Param tagged(String value, String tag) {
    return new Param(
        ParamType.STRING, value, null, null, null, null, null, List.of(Tag.of(tag)), null, null);
  }

  @Test
  void aParamWithoutAnyValueIsRequired() {
    var nothing =
        new Param(ParamType.STRING, null, null, null, null, null, null, List.of(), null, null);

    assertThatThrownBy(() -> run(params("p", nothing), Map.of()))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("[p] is a required parameter");
  }

  @Test
  void reservedNamesCannotBeSet() {
    assertThatThrownBy(() -> run(Map.of(), params("owner", string("eve"))))
        .isInstanceOf(ParamException.class)
        .hasMessageContaining("RESERVED");
  }

  @Test
  void everyProblemIsReported() {
    var definition =
        params("a", in(ParamMode.CONSTANT, string("1")), "b", in(ParamMode.IMMUTABLE, string("1")));

    assertThatThrownBy(() -> run(definition, params("a", string("2"), "b", string("2"))))
        .isInstanceOfSatisfying(ParamException.class, e -> assertThat(e.problems()).hasSize(2));
  }
}

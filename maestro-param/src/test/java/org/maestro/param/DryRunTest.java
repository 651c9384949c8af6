package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.maestro.param.ParamFixtures.FACTS;
import static org.maestro.param.ParamFixtures.NOW;
import static org.maestro.param.ParamFixtures.evaluator;
import static org.maestro.param.ParamFixtures.params;
import static org.maestro.param.ParamFixtures.scope;
import static org.maestro.param.ParamFixtures.sel;
import static org.maestro.param.ParamFixtures.step;
import static org.maestro.param.ParamFixtures.string;
import static org.maestro.param.ParamFixtures.whole;
import static org.maestro.param.ParamFixtures.withValidator;
import static org.maestro.param.ParamFixtures.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import tools.jackson.databind.json.JsonMapper;

class DryRunTest {
  private final ParamEvaluator evaluator = evaluator();

  private List<String> pointers(Workflow workflow) {
    return evaluator.dryRun(workflow, "tester", NOW).stream()
        .map(DefinitionProblem::pointer)
        .toList();
  }

  @Test
  void aSoundDefinitionHasNoProblems() {
    var workflow =
        workflow(
            params("x", sel(ParamType.STRING, "FROM_DATE + TO_DATE")),
            step("NoOp", params("y", string("$x"))));

    assertThat(pointers(workflow)).isEmpty();
  }

  @Test
  void whatOnlyARunKnowsCanBeUsedInSteps() {
    for (var expression :
        List.of(
            "params.getFromSignal('day')",
            "params.getFromSignal('db/orders', 'day')",
            "params.getFromSignalOrDefault('db/orders', 'day', 'none')",
            "derived + '!'")) {
      var workflow =
          workflow(
              params(
                  "derived", sel(ParamType.STRING, "params.getFromSignal('day')"),
                  "day", sel(ParamType.STRING, expression)),
              step(
                  "NoOp",
                  params(
                      "a", string("load ${day}"),
                      "b", sel(ParamType.STRING, "day + '!'"),
                      "c", sel(ParamType.STRING, "params.get('day')"),
                      "d", sel(ParamType.STRING, "params['day']"))));

      assertThat(pointers(workflow)).as(expression).isEmpty();
    }
  }

  @Test
  void everyProblemIsFoundAtOnce() {
    var workflow =
        workflow(
            params(
                "a", sel(ParamType.LONG, "nowhere"),
                "b", withValidator(whole(1), "param > 1"),
                "c", sel(ParamType.LONG, "1 +")),
            step("NoOp", Map.of()));

    assertThat(pointers(workflow)).containsExactly("/params/a", "/params/b", "/params/c");
  }

  @Test
  void validatorsOfComputedParamsWaitForTheRun() {
    var computed = withValidator(sel(ParamType.LONG, "1"), "param > 1");

    assertThat(pointers(workflow(params("x", computed), step("NoOp", Map.of())))).isEmpty();
  }

  @Test
  void requiredParamsOfAStepAreMissed() {
    assertThat(pointers(workflow(Map.of(), step("Notebook", Map.of()))))
        .contains("/steps/0/step/params/notebook/input_path");
  }

  @Test
  void whatOnlyARunKnowsIsNoProblem() {
    var step =
        step(
            "NoOp",
            params(
                "a", sel(ParamType.LONG, "params.getFromSignal('s', 'p')"),
                "b", sel(ParamType.LONG, "other__p + 1"),
                "c", sel(ParamType.LONG, "params.getFromForeach('f', 's', 'p')[0]"),
                "d", string("$a")));
    var before = List.of(named("other", params("p", whole(1))), named("f", Map.of()));

    assertThat(pointers(workflow(Map.of(), step, before.getFirst(), before.getLast()))).isEmpty();
  }

  private static Step named(String id, Map<String, Param> params) {
    return new Step.Typed(ParamFixtures.common(id, params), "NoOp", null, null, null);
  }

  @Test
  void whatNoRunWillEverKnowIsFound() {
    var extract = named("extract", params("rows", whole(1)));
    for (var expression :
        List.of(
            "extrct__rows + 1",
            "extract__row + 1",
            "params.getFromStep('extrct', 'rows')",
            "params.getFromStep('extract', 'row')",
            "params.getFromForeach('extrct', 's', 'p')[0]",
            "params.getFromSubworkflow('extrct', 's', 'p')")) {
      var workflow =
          workflow(Map.of(), extract, step("NoOp", params("a", sel(ParamType.LONG, expression))));

      assertThat(pointers(workflow)).as(expression).containsExactly("/steps/1/step/params/a");
      assertThat(evaluator.dryRun(workflow, "tester", NOW).getFirst().message())
          .as(expression)
          .contains("did you mean");
    }
    for (var expression :
        List.of(
            "extract__rows + 1",
            "params.getFromStep('extract', 'rows')",
            "params.getFromStep('extract', 'MAESTRO_STEP_END_TIME')")) {
      assertThat(
              pointers(
                  workflow(
                      Map.of(),
                      extract,
                      step("NoOp", params("a", sel(ParamType.LONG, expression))))))
          .as(expression)
          .isEmpty();
    }
  }

  @Test
  void handlersReadTheOutcomeAndTheirOwnStepsOnly() {
    var main = named("load", params("rows", whole(1)));
    assertThat(
            pointers(
                handled(
                    main,
                    named("tell", params("text", string("${run_status}: ${failed_error}"))),
                    named("after", params("text", string("${tell__text}"))))))
        .isEmpty();
    assertThat(pointers(handled(main, named("tell", params("text", string("${load__rows}"))))))
        .containsExactly("/on_failure/0/step/params/text");
    assertThat(pointers(handled(main, named("tell", params("text", string("${run_state}"))))))
        .containsExactly("/on_failure/0/step/params/text");
  }

  private static Workflow handled(Step main, Step... handler) {
    var plain = workflow(Map.of(), main);
    return new Workflow(
        plain.id(),
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        null,
        plain.params(),
        plain.steps(),
        Map.of(HandlerKind.ON_FAILURE, List.of(handler)));
  }

  @Test
  void everyDefinitionWrittenForTheStandardIsSoundAndEvaluates() throws IOException {
    var folder = Path.of("../../shared/definitions");
    assumeTrue(Files.isDirectory(folder));
    try (var files = Files.newDirectoryStream(folder, "*.json")) {
      for (var file : files) {
        var workflow = read(file);
        assertThat(evaluator.dryRun(workflow, "tester", NOW)).as(file.toString()).isEmpty();
        var run =
            evaluator.evaluateWorkflow(
                evaluator.mergeForStart(workflow, Map.of(), ParamSource.LAUNCH), FACTS, NOW);
        assertThat(run.keySet()).containsAll(workflow.params().keySet());
        if (workflow.id().equals("sample-nested-foreach-wf")) {
          // its loop param j has two elements and asks for more than two itself
          assertThatThrownBy(() -> evaluatedWhereItCan(workflow.steps().getFirst(), run))
              .isInstanceOf(ParamException.class)
              .hasMessageContaining("[j]: expected a value that meets the validator");
          continue;
        }
        for (var step : workflow.steps()) {
          var evaluated = evaluatedWhereItCan(step, run);
          assertThat(evaluated.values()).allMatch(Param::isEvaluated);
        }
      }
    }
  }

  /** Steps before this one have slept for 15 seconds; signals had every param. */
  private Map<String, Param> evaluatedWhereItCan(Step step, Map<String, Param> run) {
    var slept = params("sleep_seconds", whole(15));
    var upstream = new ParamFixtures.Steps().with("job1", slept).with("job3", slept);
    if (step.common().params().values().stream()
        .anyMatch(param -> String.valueOf(param.expression()).contains("getFromSignal("))) {
      return Map.of();
    }
    return evaluator.evaluateStep(step, Map.of(), Map.of(), scope(step, run, FACTS, upstream), NOW);
  }

  @SuppressWarnings("unchecked")
  private static Workflow read(Path file) throws IOException {
    var tree =
        (Map<String, Object>) JsonMapper.shared().readValue(Files.readString(file), Map.class);
    return switch (DefinitionReader.push(tree)) {
      case Read.Ok<PushRequest>(var push) -> push.workflow();
      case Read.Bad<PushRequest>(var problems) -> throw new AssertionError(file + ": " + problems);
    };
  }
}

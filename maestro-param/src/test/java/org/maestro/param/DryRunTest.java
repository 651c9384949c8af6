package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.RetryPolicy;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Transition;
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
  void namesThatNobodyHasAreOfOneKindWhereverTheyAreMissed() {
    var script = "ls\nn=1; echo $n ${region}\necho > $MAESTRO_OUTPUT";
    var workflow =
        workflow(
            params("region", string("eu"), "text", string("$regoin")),
            step(
                "NoOp",
                params(
                    "script", string(script),
                    "get", sel(ParamType.STRING, "params.get('regoin')"))));

    assertThat(problems(workflow)).extracting(DefinitionProblem::code).containsOnly("E0302");
    var inStep = workflow(params("region", string("eu")), workflow.steps().toArray(Step[]::new));
    assertThat(problems(inStep))
        .extracting(DefinitionProblem::code, DefinitionProblem::offset)
        .containsExactlyInAnyOrder(
            tuple("E0302", script.indexOf("$n")),
            tuple("E0302", script.indexOf("$MAESTRO_OUTPUT")),
            tuple("E0302", "params.".length()));
  }

  @Test
  void whatAStepPutsOutIsSuggestedWhereItsNameAloneIsRead() {
    var workflow =
        workflow(
            Map.of(),
            leadingTo("load", named("extract", params("rows", whole(1)))),
            named("load", params("text", string("${rows}"))));

    assertThat(problems(workflow))
        .singleElement()
        .extracting(DefinitionProblem::message)
        .asString()
        .contains("did you mean extract__rows?");
  }

  @Test
  void aTextThatIsCalledLikeASecretIsADoubtThatDoesNotTellIt() {
    var workflow =
        workflow(
            params("db_password", string("hunter2"), "secret", string("/run/secrets/db")),
            step(
                "NoOp",
                params(
                    "token",
                    string("${db_password}"),
                    "tokens",
                    string("five"),
                    "env",
                    Param.literal(
                        ParamType.STRING_MAP, Map.of("DB_PASSWORD", "${secret://db/password}")),
                    "http",
                    Param.literal(
                        ParamType.MAP, Map.of("Authorization", string("Bearer hunter2"))))));

    assertThat(evaluator.doubts(workflow))
        .extracting(DefinitionProblem::code, DefinitionProblem::pointer)
        .containsExactly(
            tuple("W0525", "/params/db_password"),
            tuple("W0525", "/steps/0/step/params/http/Authorization"));
    assertThat(evaluator.doubts(workflow))
        .extracting(DefinitionProblem::message)
        .noneMatch(message -> message.contains("hunter2"));
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
    var before = named("other", params("p", whole(1)));
    var loop = loop("f", Map.of(), named("s", params("p", whole(1))));

    assertThat(pointers(workflow(Map.of(), step, before, loop))).isEmpty();
  }

  private static Step loop(String id, Map<String, Param> params, Step... inner) {
    var all = new LinkedHashMap<>(params);
    all.put(
        "loop_params",
        ParamFixtures.map(params("day", Param.literal(ParamType.LONG_ARRAY, List.of(1L)))));
    return new Step.Foreach(ParamFixtures.common(id, all), null, false, null, List.of(inner));
  }

  @Test
  void whatIterationsReadIsKnown() {
    for (var text :
        List.of(
            "${day}",
            "${loop_index}",
            "${region}",
            "${rows}",
            "${before__rows}",
            "${RUN_TS}",
            "${step_id}",
            "${own}")) {
      assertThat(problems(inLoop("text", string(text)))).as(text).isEmpty();
    }
    for (var expression : List.of("day + 1", "params.get('rows')", "before__rows + day")) {
      assertThat(problems(inLoop("text", sel(ParamType.LONG, expression))))
          .as(expression)
          .isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${dya}                                   | there is no parameter dya (line 1:1); did you mean day?",
        "loading ${regoin}                        | there is no parameter regoin (line 1:9); did you mean region?",
        "${day} ${befor__rows}                    | there is no parameter befor__rows (line 1:8); did you mean before__rows?",
        "${before__row}                           | did you mean before__rows?",
        "${rows@extract}                          | step extract is outside of the loop each, so pass its result in: give each, beside its loop_params, params: {rows: '${rows@extract}'}, and read ${rows} here",
        "$HOME                                    | write $$ for a dollar sign that is just text",
      })
  void namesInTextsOfALoopAreLookedUp(String text, String message) {
    var found = problems(inLoop("text", string(text)));

    assertThat(found)
        .extracting(DefinitionProblem::pointer)
        .containsExactly("/steps/1/foreach/steps/1/step/params/text");
    assertThat(found.getFirst().message())
        .startsWith("step [inner]: param [text]: ")
        .contains(message);
    assertThat(found.getFirst().code()).isEqualTo("E0302");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dya + 1                                       | did you mean day?",
        "params.get('regoin')                          | did you mean region?",
        "params.getFromStep('befor', 'rows')           | did you mean before?",
        "params.getFromStep('before', 'row')           | did you mean rows?",
        "params.getFromStep('extract', 'rows')         | step extract is outside of the loop each",
        "params.getFromStp('before', 'rows')           | did you mean params.getFromStep?",
      })
  void namesInExpressionsOfALoopAreLookedUp(String expression, String message) {
    var found = problems(inLoop("text", sel(ParamType.LONG, expression)));

    assertThat(found)
        .extracting(DefinitionProblem::pointer)
        .containsExactly("/steps/1/foreach/steps/1/step/params/text");
    assertThat(found.getFirst().message()).contains(message);
  }

  @Test
  void aNameThatOnlySomeEvaluationsWouldMissIsADoubt() {
    var workflow = inLoop("text", sel(ParamType.LONG, "day > 1 ? dya : 1"));

    assertThat(problems(workflow)).isEmpty();
    assertThat(evaluator.doubts(workflow))
        .extracting(DefinitionProblem::code)
        .containsExactly("W0522");
  }

  @Test
  void anExpressionThatAsksWhetherANameIsThereIsNotDoubted() {
    var workflow = inLoop("text", sel(ParamType.LONG, "params.containsKey('no') ? no : 1"));

    assertThat(evaluator.doubts(workflow)).isEmpty();
  }

  /** A loop with two steps, the second of which has a param, behind a step. */
  private static Workflow inLoop(String name, Param param) {
    return workflow(
        params("region", string("eu")),
        leadingTo("each", named("extract", params("rows", whole(1)))),
        loop(
            "each",
            params("rows", sel(ParamType.LONG, "extract__rows")),
            leadingTo("inner", named("before", params("rows", whole(1)))),
            named("inner", params("own", whole(1), name, param))));
  }

  private static Step leadingTo(String next, Step step) {
    var common = step.common();
    return new Step.Typed(
        new Step.Common(
            common.id(),
            null,
            null,
            new Transition(List.of(), Map.of(next, "true")),
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            common.params()),
        "NoOp",
        null,
        null,
        null);
  }

  private List<DefinitionProblem> problems(Workflow workflow) {
    return evaluator.dryRun(workflow, "tester", NOW);
  }

  @Test
  void whatALoopCollectsIsLookedUpInIt() {
    for (var expression :
        List.of(
            "params.getFromForeach('each', 'innr', 'p')[0]",
            "params.getFromForeach('each', 'inner', 'rwos')[0]",
            "params.getFromForeach('extract', 'inner', 'p')[0]",
            "inner__rows + 1")) {
      var workflow = behindALoop(expression);

      assertThat(pointers(workflow)).as(expression).containsExactly("/steps/2/step/params/all");
    }
    assertThat(evaluator.dryRun(behindALoop("inner__rows + 1"), "tester", NOW).getFirst().message())
        .contains("params.getFromForeach('each', 'inner', 'rows')");
    assertThat(pointers(behindALoop("params.getFromForeach('each', 'inner', 'rows')[0]")))
        .isEmpty();
  }

  private static Workflow behindALoop(String expression) {
    return workflow(
        Map.of(),
        named("extract", params("rows", whole(1))),
        loop("each", Map.of(), named("inner", params("rows", whole(1)))),
        named("sum", params("all", sel(ParamType.LONG, expression))));
  }

  @Test
  void aStepThatReadsWhatItDoesNotWaitForIsDoubted() {
    for (var expression :
        List.of(
            "params.getFromForeach('each', 'inner', 'rows')[0]",
            "extract__rows + 1",
            "params.getFromStep('extract', 'rows')")) {
      var doubts = evaluator.doubts(behindALoop(expression));

      assertThat(doubts)
          .as(expression)
          .extracting(DefinitionProblem::code)
          .containsExactly("W0521");
      assertThat(doubts.getFirst().message()).as(expression).contains("such as needs: [e");
    }
    assertThat(evaluator.doubts(inLoop("text", string("${before__rows}")))).isEmpty();
  }

  @Test
  void everyNameThatIsMissedIsToldOnce() {
    var extract = named("extract", params("rows", whole(1)));
    var text = string("${regoin} ${extract_rows} ${extrct__rows}");
    var nested = ParamFixtures.map(params("in", string("${regoin}")));
    var step = step("NoOp", params("a", text, "m", nested));
    var found = problems(workflow(params("region", string("eu")), extract, step));

    assertThat(found)
        .extracting(DefinitionProblem::message)
        .satisfiesExactlyInAnyOrder(
            first -> assertThat(first).contains("[a]", "did you mean region?"),
            second -> assertThat(second).contains("[a]", "did you mean extract__rows?"),
            third -> assertThat(third).contains("extrct__rows", "did you mean extract__rows?"),
            fourth -> assertThat(fourth).contains("[m]", "did you mean region?"));
  }

  @Test
  void aScriptThatNobodyRunsIsDoubted() {
    assertThat(evaluator.doubts(workflow(Map.of(), named("a", params("script", string("ls"))))))
        .extracting(DefinitionProblem::pointer)
        .containsExactly("/steps/0/step/params/script");
    assertThat(evaluator.doubts(workflow(Map.of(), step("Shell", params("script", string("ls"))))))
        .isEmpty();
  }

  @Test
  void conditionsTimeoutsAndRetriesAreLookedUp() {
    var plain = named("load", params("rows", whole(1)));
    var common = plain.common();
    var step =
        new Step.Typed(
            new Step.Common(
                common.id(),
                null,
                null,
                new Transition(List.of(), Map.of("next", "rwos > 0")),
                null,
                List.of(),
                "${regoin}",
                List.of(),
                List.of(),
                common.params()),
            "NoOp",
            null,
            null,
            new RetryPolicy("${tries}", null, null, null));

    assertThat(pointers(workflow(params("region", string("1h")), step, named("next", Map.of()))))
        .containsExactlyInAnyOrder(
            "/steps/0/step/transition/successors/next",
            "/steps/0/step/timeout",
            "/steps/0/step/retry_policy/error_retry_limit");
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

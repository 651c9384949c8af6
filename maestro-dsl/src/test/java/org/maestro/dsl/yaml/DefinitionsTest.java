package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.HandlerKind;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;

/** What authors write in YAML, and what becomes of it. */
class DefinitionsTest {
  private static final String CONDITIONAL =
      """
      Workflow:
        id: sample-conditional-wf
        owner: tester
        run_strategy: parallel
        param0: 15
        jobs:
          - job: {id: job.1, type: NoOp, transition: [job.3]}
          - job:
              id: job.3
              type: NoOp
              param2: 15
              transition:
                - IF param2 < 0 THEN job.4
                - OTHERWISE job.6
          - job:
              id: job.4
              type: NoOp
              transition: ["IF params.getFromStep('job.3', 'param2') > 0 then job.6"]
          - job:
              id: job.6
              type: NoOp
              '!p5': params.get('param0')
      """;

  @Test
  void bareKeysAreParametersAndConditionsAreEdges() {
    var push = good(CONDITIONAL);
    var workflow = push.workflow();
    assertThat(push.properties().owner()).isEqualTo("tester");
    assertThat(workflow.params()).containsEntry("param0", Param.literal(ParamType.LONG, 15L));
    assertThat(workflow.steps().get(1).common().transition().successors())
        .containsEntry("job.4", "param2 < 0")
        .containsEntry("job.6", "!((param2 < 0))");
    assertThat(workflow.steps().get(2).common().transition().successors())
        .containsEntry("job.6", "params.getFromStep('job.3', 'param2') > 0");
    assertThat(workflow.steps().get(3).common().params())
        .containsEntry("p5", Param.expression(ParamType.STRING, "params.get('param0')"));
  }

  @Test
  void keysSayTypeModeAndExpression() {
    var params =
        good("""
        workflow:
          id: w
          '!count<long>(constant)': "1+9"
          'ratio<double>': 5
          'zip<string>(immutable)': 01234
          names: [a, b]
          none: []
          labels: {a: b}
          mixed: {a: b, n: 1}
          nothing: {}
          day: 2021-01-01
          answer: no
          mask: 0o17
          jobs: [{id: a, type: NoOp}]
        """)
            .workflow()
            .params();
    assertThat(params.get("count"))
        .isEqualTo(Param.expression(ParamType.LONG, "1+9").withMode(ParamMode.CONSTANT));
    assertThat(params.get("ratio").type()).isEqualTo(ParamType.DOUBLE);
    assertThat(params.get("zip").value()).isEqualTo("01234");
    assertThat(params.get("zip").mode()).isEqualTo(ParamMode.IMMUTABLE);
    assertThat(params.get("names").type()).isEqualTo(ParamType.STRING_ARRAY);
    assertThat(params.get("none").type()).isEqualTo(ParamType.STRING_ARRAY);
    assertThat(params.get("labels").type()).isEqualTo(ParamType.STRING_MAP);
    assertThat(params.get("mixed").type()).isEqualTo(ParamType.MAP);
    assertThat(params.get("nothing").type()).isEqualTo(ParamType.MAP);
    assertThat(params.get("day").value()).isEqualTo("2021-01-01");
    assertThat(params.get("answer").value()).isEqualTo("no");
    assertThat(params.get("mask").value()).isEqualTo(15L);
  }

  @Test
  void theArticlesExampleMeansWhatItsAuthorsMeant() {
    var steps =
        good("""
        Workflow:
          id: demo.pipeline
          FROM_DATE: 20210101 #inclusive
          TO_DATE: 20220101 #exclusive
          jobs:
            - job:
                id: step1
                type: NoOp
                '!dates': dateIntsBetween(FROM_DATE, TO_DATE, 1); #SEL expr
            - foreach:
                id: step2
                params:
                  date: ${dates@step1} #reference a upstream step parameter
                jobs:
                  - job:
                      id: backfill
                      type: Notebook
                      notebook:
                        input_path: s3://path/to/notebook.ipynb
                      arg1: $date #pass the foreach parameter into notebook
        """)
            .workflow()
            .steps();
    var dates = steps.getFirst().common();
    assertThat(dates.params().get("dates"))
        .isEqualTo(
            Param.expression(ParamType.LONG_ARRAY, "Util.dateIntsBetween(FROM_DATE, TO_DATE, 1);"));
    assertThat(dates.transition().successors()).containsExactlyEntriesOf(Map.of("step2", "true"));
    var loop = (Step.Foreach) steps.get(1);
    assertThat(loop.common().params().get("loop_params").nested().get("date"))
        .isEqualTo(Param.expression(ParamType.LONG_ARRAY, "step1__dates"));
    assertThat(loop.steps().getFirst().common().params().get("notebook").type())
        .isEqualTo(ParamType.MAP);
  }

  @Test
  void theMangledIndentationOfTheArticleIsNamed() {
    var reading =
        Definitions.read(
            """
            Workflow:
              id: demo.pipeline
              jobs:
              - foreach:
                id: step2
                params: {date: [1, 2]}
                jobs:
                - job: {id: backfill, type: NoOp}
            """,
            "w.yaml");
    assertThat(reading.problems()).hasSize(1);
    var problem = reading.problems().getFirst();
    assertThat(problem.code()).isEqualTo(ProblemCode.INDENTATION);
    assertThat(problem.line()).isEqualTo(5);
    assertThat(problem.message()).contains("indent the fields of 'foreach' two blanks deeper");
  }

  @Test
  void everyProblemIsFoundAtOnceAndShownAtItsPlace() {
    var reading =
        Definitions.read(
            """
            workflow:
              id: w
              jobs:
                - job:
                    id: job.3
                    type: NoOp
                    transitions:
                      - job.4
                    timeout: soon
                    '!x': |
                      a = 1;
                      a + * 2
                - job: {id: job.4, type: NoOp, transition: IF x > > 0 THEN job.5}
            """,
            "workflow.yaml");
    assertThat(reading.isGood()).isFalse();
    assertThat(reading.problems())
        .extracting(problem -> problem.code().id() + " " + problem.line() + ":" + problem.column())
        .containsExactly("E0203 7:9", "E0202 9:18", "E0301 12:15", "E0301 13:55", "E0401 13:64");
    assertThat(reading.problems().getFirst().render())
        .isEqualTo(
            """
            error[E0203] workflow.yaml:7:9: unknown field 'transitions' in job 'job.3'
                7 |         transitions:
                  |         ^^^^^^^^^^^ did you mean 'transition'?
               = help: docs/yaml.md#e0203 (a field that nobody knows)\
            """);
    assertThat(reading.problems().getFirst().jsonPointer())
        .isEqualTo("/workflow/jobs/0/job/transitions");
  }

  @Test
  void jobsByNameAreToldHowTheyAreWritten() {
    var reading =
        Definitions.read(
            """
            workflow:
              id: w
              jobs:
                extract: {type: NoOp}
            """,
            "workflow.yaml");
    assertThat(reading.problems())
        .extracting(problem -> problem.line() + ":" + problem.column() + " " + problem.message())
        .containsExactly(
            "3:3 expected a list of jobs, each with its id, such as '- {id: extract, type: …}'; found jobs by name");
  }

  @Test
  void aDelayNamesItsUnits() {
    var reading =
        Definitions.read(
            """
            workflow:
              id: w
              jobs:
                - {id: a, type: Shell, script: 'true', retry: {errors: 1, delay: 1m}}
            """,
            "w.yaml");
    assertThat(reading.problems()).hasSize(1);
    assertThat(reading.rendered())
        .contains("expected seconds, or a duration in d, h, min and s such as 1h 30min", "\"1m\"");
  }

  @Test
  void keysThatLookLikeFieldsAreNotSilentlyParameters() {
    Map.of(
            "depend_on", "needs",
            "depends_on", "needs",
            "retires", "retry",
            "if", "transition",
            "when", "transition",
            "trigger_rule", "transition",
            "on_failure", "failure_mode",
            "scrip", "script",
            "comand", "command")
        .forEach((key, meant) -> {
          var reading =
              Definitions.read(
                  """
                  workflow:
                    id: w
                    jobs:
                      - {id: before, type: NoOp}
                      - {id: a, type: Shell, %s: before}
                  """
                      .formatted(key),
                  "w.yaml");
          assertThat(reading.rendered()).as(key).contains("did you mean '" + meant + "'?");
        });
  }

  @Test
  void whatBelongsBesideTheWorkflowIsNoParameterOfIt() {
    for (var name :
        List.of("alerting", "access_control", "time_trigger_disabled", "git_info", "properties")) {
      var reading =
          Definitions.read(
              """
              workflow:
                id: w
                %s: {a: b}
                jobs: [{id: a, type: NoOp}]
              """
                  .formatted(name),
              "w.yaml");
      assertThat(reading.isGood()).as(name).isFalse();
      assertThat(reading.rendered())
          .contains("error[E0204] w.yaml:3:3: expected '" + name + "'", "beside 'workflow:'");
    }
  }

  @Test
  void fieldsOfAnotherPlaceAreNotSilentlyParameters() {
    var reading =
        good(
            """
            workflow:
              id: w
              notify: ann
              retry: 3
              jobs:
                - {id: a, type: NoOp, triggers: [], run_strategy: parallel, alerting: {emails: [a@b.org]}}
            """);
    assertThat(reading.workflow().params()).containsOnlyKeys("notify", "retry");
    assertThat(
            Definitions.read(
                    """
                    workflow:
                      id: w
                      notify: ann
                      retry: 3
                      jobs:
                        - {id: a, type: NoOp, run_strategy: parallel, alerting: {emails: [a@b.org]}}
                    """,
                    "w.yaml")
                .problems())
        .extracting(problem -> problem.code().id() + " " + problem.line() + " " + problem.message())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("W0501 3").contains("'alerting' under"),
            second -> assertThat(second).startsWith("W0501 4").contains("a field of jobs"),
            third -> assertThat(third).startsWith("W0501 6").contains("a field of the workflow"),
            fourth -> assertThat(fourth).startsWith("W0501 6").contains("'alerting' under"));
  }

  @Test
  void whatRunsAfterARunIsReadWithItsEdges() {
    var handlers =
        good("""
        workflow:
          id: w
          jobs: [{id: a, type: NoOp}]
          on_failure:
            - {id: tell, type: NoOp, text: '${failed_step}'}
            - {id: then, type: NoOp, needs: tell}
          on_end: []
        """)
            .workflow()
            .handlers();
    assertThat(handlers).containsOnlyKeys(HandlerKind.ON_FAILURE);
    assertThat(handlers.get(HandlerKind.ON_FAILURE).getFirst().common().transition().successors())
        .containsOnlyKeys("then");
  }

  @Test
  void problemsOfOthersAreShownWhereTheirPointersLead() {
    var reading = Definitions.read(CONDITIONAL, "w.yaml");
    var located =
        reading.located(
            List.of(
                new DefinitionProblem(
                    "/workflow/steps/1/step/params/param2/value", "too small", null)));
    assertThat(located).hasSize(1);
    assertThat(located.getFirst().line()).isEqualTo(11);
    assertThat(located.getFirst().column()).isEqualTo(17);
  }

  @Test
  void jsonHasPlacesToo() {
    var reading =
        Definitions.read(
            """
            {
              "workflow": {
                "id": "w",
                "steps": [{"step": {"id": "a", "typ": "NoOp"}}]
              }
            }
            """,
            "w.json");
    assertThat(reading.problems())
        .extracting(problem -> problem.code().id() + " " + problem.line() + ":" + problem.column())
        .containsExactly("E0201 4:24", "E0203 4:36");
  }

  @Test
  void oneTextMayHoldSeveralDefinitions() {
    var readings =
        Definitions.readAll(
            """
            workflow: {id: a, jobs: [{id: x, type: NoOp}]}
            ---
            workflow: {id: b, jobs: [{id: x, type: NoOp}]}
            ---
            """,
            "w.yaml");
    assertThat(readings)
        .extracting(reading -> reading.push().workflow().id())
        .containsExactly("a", "b");
    assertThat(Definitions.read("workflow: {}\n---\nworkflow: {}", "w.yaml").problems()).hasSize(1);
  }

  @Test
  void bytesThatArentUtf8AreRefused() {
    var reading =
        Definitions.readAll("workflow: ä".getBytes(StandardCharsets.ISO_8859_1), "w.yaml")
            .getFirst();
    assertThat(reading.problems())
        .extracting(SourceProblem::code)
        .containsExactly(ProblemCode.CHARACTER);
  }

  @Test
  void samplesAreGood() {
    for (var name : Samples.names()) {
      var reading = Definitions.read(Samples.text(name), name + ".yaml");
      assertThat(reading.problems()).as(name).isEmpty();
    }
  }

  private static PushRequest good(String text) {
    var reading = Definitions.read(text, "w.yaml");
    assertThat(reading.isGood()).as(reading.rendered()).isTrue();
    return reading.push();
  }
}

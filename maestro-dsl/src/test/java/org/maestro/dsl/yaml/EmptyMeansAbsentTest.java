package org.maestro.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.PushRequest;

/** A field that is written without saying anything is as good as one that isn't written. */
class EmptyMeansAbsentTest {
  private static final List<String> EMPTY = List.of("null", "''", "[]", "{}");

  /** What each kind of job needs at least, apart from its id. */
  private static final Map<String, String> LEAST =
      Map.of(
          "step", "job: {id: a, type: NoOp",
          "subworkflow", "subworkflow: {id: a",
          "foreach", "foreach: {id: a, ranges: {i: {to: 3}}, jobs: [{id: in, type: NoOp}]",
          "while", "while: {id: a, condition: 'false', jobs: [{id: in, type: NoOp}]",
          "template", "job: {id: a, type: some-template");

  static Stream<Arguments> fieldsOfJobs() {
    var cases = new ArrayList<Arguments>();
    LEAST.forEach((wrapper, least) -> {
      var fields = new LinkedHashSet<>(YamlFields.JOBS.get(wrapper));
      // An empty retry policy is one whose numbers are the defaults.
      fields.removeAll(Set.of("retry", "retry_policy"));
      fields.removeAll(Set.of("id", "jobs", "name", "description", "type", "ranges", "condition"));
      for (var field : fields) {
        EMPTY.forEach(empty -> cases.add(Arguments.of(least, field, empty)));
      }
    });
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource
  void fieldsOfJobs(String least, String field, String empty) {
    assertThat(good(job(least + ", " + field + ": " + empty + "}")))
        .isEqualTo(good(job(least + "}")));
  }

  private static String job(String job) {
    return """
    workflow:
      id: w
      owner: me
      dag: sequential
      jobs:
        - %s
        - job: {id: z, type: NoOp}
    """
        .formatted(job);
  }

  static Stream<Arguments> fieldsOfWorkflows() {
    var fields = new LinkedHashSet<>(YamlFields.WORKFLOW);
    fields.removeAll(Set.of("id", "owner", "jobs", "name", "description", "run_strategy"));
    return fields.stream().flatMap(f -> EMPTY.stream().map(empty -> Arguments.of(f, empty)));
  }

  @ParameterizedTest
  @MethodSource
  void fieldsOfWorkflows(String field, String empty) {
    var least =
        """
        workflow:
          id: w
          owner: me
          jobs: [{id: a, type: NoOp, x: 1}, {id: b, type: NoOp, y: '${a__x}'}]
        """;
    assertThat(good(least + "  " + field + ": " + empty + "\n")).isEqualTo(good(least));
  }

  static Stream<Arguments> fieldsOfParts() {
    return Stream.of(
            all("triggers: [{cron: '0 6 * * *'%s}]", without(YamlFields.TRIGGER, "cron")),
            all("triggers: [{signal: s%s}]", without(YamlFields.SIGNAL_TRIGGER, "signal")),
            all("triggers: [{signals: {s: {%s}}}]", YamlFields.TRIGGER_ENTRY),
            all(
                "jobs: [{id: b, type: NoOp, retry: {errors: 2%s}}]",
                without(YamlFields.RETRY, "errors", "backoff")),
            all(
                "jobs: [{id: b, type: NoOp, wait_for: [{signal: s%s}]}]",
                Set.of("match", "match_params")),
            all("jobs: [{id: b, type: NoOp, signals: [{signal: s%s}]}]", Set.of("params")),
            all("jobs: [{id: b, type: NoOp}]\n  dag: {%s}", Set.of("b")),
            all(
                "jobs: [{foreach: {id: l, ranges: {i: {to: 3%s}}, jobs: [{id: in, type: NoOp}]}}]",
                Set.of("from", "increment")))
        .flatMap(cases -> cases);
  }

  private static Set<String> without(Set<String> fields, String... needed) {
    var others = new LinkedHashSet<>(fields);
    List.of(needed).forEach(others::remove);
    return others;
  }

  private static Stream<Arguments> all(String part, Set<String> fields) {
    return fields.stream().flatMap(f -> EMPTY.stream().map(empty -> Arguments.of(part, f, empty)));
  }

  @ParameterizedTest
  @MethodSource
  void fieldsOfParts(String part, String field, String empty) {
    var least = "workflow:\n  id: w\n  owner: me\n  ";
    var jobs = part.startsWith("jobs") ? "\n" : "\n  jobs: [{id: a, type: NoOp}]\n";
    var comma = part.contains("{%s}") ? "" : ", ";
    assertThat(good(least + part.formatted(comma + field + ": " + empty) + jobs))
        .isEqualTo(good(least + part.formatted("") + jobs));
  }

  @Test
  void anEmptyTransitionLeavesTheEdgesOfTheDag() {
    for (var empty : List.of("null", "''", "[]", "{}", "{successors: {}}", "{predecessors: []}")) {
      var push =
          good(
              """
              workflow:
                id: w
                owner: me
                dag: {a: [b], b: IF x > 1 THEN c}
                jobs:
                  - job: {id: a, type: NoOp, transition: %s, needs: %s}
                  - job: {id: b, type: NoOp, x: 1, transition: %s}
                  - job: {id: c, type: NoOp, transition: %s}
              """
                  .formatted(empty, "[]", empty, empty));
      assertThat(push.workflow().steps())
          .as(empty)
          .extracting(step -> step.common().transition().successors())
          .containsExactly(Map.of("b", "true"), Map.of("c", "x > 1"), Map.of());
    }
  }

  @Test
  void anEmptyLoopBlockLeavesTheOthers() {
    for (var empty : EMPTY) {
      var push =
          good(
              """
              workflow:
                id: w
                owner: me
                jobs:
                  - foreach: {id: a, loop_params: %s, ranges: {i: [0, 10]}, jobs: [{id: b, type: NoOp}]}
                  - foreach: {id: c, loop_params: %s, params: {i: [1, 2]}, jobs: [{id: d, type: NoOp}]}
                  - foreach: {id: e, loop_params: {i: [1]}, ranges: %s, jobs: [{id: f, type: NoOp}]}
              """
                  .formatted(empty, empty, empty));
      assertThat(push.workflow().steps())
          .as(empty)
          .allSatisfy(step ->
              assertThat(step.common().params().get("loop_params").nested()).containsKey("i"));
    }
  }

  @Test
  void aRangeMayBeAListAsPythonWritesTuples() {
    var push =
        good(
            """
            workflow:
              id: w
              owner: me
              jobs:
                - foreach:
                    id: a
                    ranges:
                      i: !!python/tuple
                      - null
                      - 10
                      - null
                      j: [5, '${last}', 2]
                    jobs: [{id: b, type: NoOp}]
            """);
    assertThat(push.workflow().steps().getFirst().common().params().get("loop_params").nested())
        .extractingFromEntries(entry -> entry.getKey() + "=" + entry.getValue().expression())
        .containsExactly("i=Util.intsBetween(0, 10, 1)", "j=Util.intsBetween(5, last, 2)");
    assertThat(
            Definitions.read(
                    """
                    workflow:
                      id: w
                      owner: me
                      jobs: [{foreach: {id: a, ranges: {i: [5]}, jobs: [{id: b, type: NoOp}]}}]
                    """,
                    "w.yaml")
                .rendered())
        .contains("expected a range such as");
  }

  @Test
  void workflowVersionIsTheVersionOfASubworkflow() {
    var push =
        good(
            """
            workflow:
              id: w
              owner: me
              jobs: [{subworkflow: {id: a, workflow_id: child, workflow_version: 3}}]
            """);
    assertThat(push.workflow().steps().getFirst().common().params().get("subworkflow_version"))
        .extracting(version -> version.value())
        .isEqualTo("3");
  }

  @Test
  void whatHasToBeThereIsMissedWhenItIsEmpty() {
    for (var empty : EMPTY) {
      var reading =
          Definitions.read(
              """
              workflow:
                id: w
                owner: me
                jobs:
                  - job: {id: a, type: %s}
                  - foreach: {id: b, ranges: %s, jobs: []}
              """
                  .formatted(empty, empty),
              "w.yaml");
      assertThat(reading.problems())
          .as(empty)
          .extracting(SourceProblem::code)
          .contains(ProblemCode.MISSING);
      assertThat(reading.rendered()).contains("loop_params").contains("at least one step");
    }
  }

  private static PushRequest good(String text) {
    var reading = Definitions.read(text, "w.yaml");
    assertThat(reading.isGood()).as(text + reading.rendered()).isTrue();
    return reading.push();
  }
}

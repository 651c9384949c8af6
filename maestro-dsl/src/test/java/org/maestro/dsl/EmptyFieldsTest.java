package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.model.definition.PushRequest;

/** In JSON, a field that says nothing is as good as one that isn't there. */
class EmptyFieldsTest {
  private static final List<String> EMPTY = List.of("null", "''", "[]", "{}");
  private static final String STEP = "{'step': {'id': 'a', 'type': 'NoOp' %s}}";
  private static final String WORKFLOW =
      "{'workflow': {'id': 'w', 'steps': [{'step': {'id': 'a', 'type': 'NoOp'}}] %s}}";

  static Stream<Arguments> emptyFields() {
    return Stream.of(
            all(
                "{'workflow': {'id': 'w', 'steps': [{'step': {'id': 'a', 'type': 'NoOp'}}]} %s}",
                "is_active", "git_info"),
            all(
                WORKFLOW,
                "tags",
                "timeout",
                "time_triggers",
                "signal_triggers",
                "criticality",
                "instance_step_concurrency",
                "params"),
            all(
                steps(STEP),
                "transition",
                "failure_mode",
                "tags",
                "timeout",
                "signal_dependencies",
                "signal_outputs",
                "params",
                "sub_type",
                "sub_type_version"),
            all(steps(STEP.replace("%s", ", 'transition': {'successors': {} %s}")), "predecessors"),
            all(
                steps(STEP.replace("%s", ", 'retry_policy': {'error_retry_limit': 1 %s}")),
                "platform_retry_limit",
                "timeout_retry_limit"),
            all(
                steps(STEP.replace("%s", ", 'params': {'p': {'type': 'LONG', 'value': 1 %s}}")),
                "expression",
                "mode",
                "source",
                "tags"),
            all(
                steps(
                    "{'subworkflow': {'id': 'a', 'params': {'subworkflow_id': {'type': 'STRING',"
                        + " 'value': 'c'}} %s}}"),
                "sync",
                "explicit_params",
                "transition"),
            all(
                steps(
                    "{'foreach': {'id': 'a', 'params': {'loop_params': {'type': 'MAP', 'value': {'i':"
                        + " {'type': 'LONG_ARRAY', 'value': [1]}}}}, 'steps': [{'step': {'id': 'b',"
                        + " 'type': 'NoOp'}}] %s}}"),
                "concurrency",
                "strict_ordering",
                "max_failures",
                "transition"),
            all(
                WORKFLOW.replace(
                    "%s", ", 'time_triggers': [{'type': 'CRON', 'cron': '0 6 * * *' %s}]"),
                "timezone",
                "start",
                "end",
                "catch_up",
                "fuzzy_max_delay"),
            all(
                WORKFLOW.replace("%s", ", 'signal_triggers': [{'definitions': {'s': {}} %s}]"),
                "params",
                "condition",
                "dedup_expr"),
            all(
                WORKFLOW
                    .replace("%s", ", 'signal_triggers': [{'definitions': {'s': {'x': 1}} %s}]")
                    .replace("'x': 1", "%s")
                    .replace("}} %s", "}}"),
                "match_params",
                "join_keys"))
        .flatMap(cases -> cases);
  }

  private static String steps(String step) {
    return "{'workflow': {'id': 'w', 'steps': [" + step + "]}}";
  }

  private static Stream<Arguments> all(String document, String... fields) {
    return Stream.of(fields)
        .flatMap(field -> EMPTY.stream().map(empty -> Arguments.of(document, field, empty)));
  }

  @ParameterizedTest
  @MethodSource("emptyFields")
  void anEmptyFieldIsNoField(String document, String field, String empty) {
    var comma = document.contains("{%s") ? "" : ", ";
    assertThat(good(document.formatted(comma + "'" + field + "': " + empty)))
        .isEqualTo(good(document.formatted("")));
  }

  @Test
  void headersOfHttpStepsAreCheckedWhereTheyAreLiteral() {
    var http =
        "{'step': {'id': 'a', 'type': 'Http', 'params': {'http': {'type': 'MAP', 'value': {'url':"
            + " {'type': 'STRING', 'value': 'http://h/'}, 'headers': {'type': 'STRING_MAP', 'value':"
            + " {%s}}}}}}}";
    good(steps(http.formatted("'X': 'gr\u00fc\u00dfe', 'Y': '${x}', '${n}': 'v'")));
    for (var wrong : List.of("'X': 'a\\nb'", "'X': '\u65e5'", "'X y': 'v'", "'X': '\\u007f'")) {
      assertThat(DefinitionReader.push(Json.object(steps(http.formatted(wrong)))))
          .as(wrong)
          .isInstanceOf(Read.Bad.class);
    }
  }

  private static PushRequest good(String document) {
    return switch (DefinitionReader.push(Json.object(document))) {
      case Read.Ok<PushRequest>(var push) -> push;
      case Read.Bad<PushRequest>(var problems) ->
          throw new AssertionError(document + " is refused: " + problems);
    };
  }
}

package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.RunStrategy.Rule;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.tag.Tag;
import org.maestro.model.tag.TagNamespace;

class DefinitionReaderTest {
  private static final String STEP = "{'step': {'id': 'a', 'type': 'NoOp'}}";

  // ---------------------------------------------------------------- what is refused

  /**
   * Rule by rule: where it is broken, how, the pointer of the only problem, words of its message.
   */
  static Stream<Arguments> brokenRules() {
    return Stream.of(
        // the push body
        push("{}", "", "expected a definition to have the field \"workflow\""),
        push(
            "{'workflow': 5}", "/workflow", "expected a workflow as an object, found the number 5"),
        push(with("'is_active': 'maybe'"), "/is_active", "expected true or false"),
        push(with("'git_info': {'brunch': 'x'}"), "/git_info/brunch", "did you mean \"branch\"?"),
        push(with("'git_info': 'x'"), "/git_info", "expected git info as an object"),
        push(with("'version_author': 'x'"), "/version_author", "set by the system"),
        push(with("'notes': 'a\\u0000b'"), "/notes", "the character U+0000 at position 1"),
        push(with("'notes': '\\ud800'"), "/notes", "the character U+D800 at position 0"),
        push(with("'notes': 1e99999"), "/notes", "at most 1000 digits"),
        push(with("'notes': [" + "1e999,".repeat(300) + "1]"), "", "found 294 KB"),
        push(with("'notes': [" + "1e-999,".repeat(300) + "1]"), "", "found 294 KB"),
        // properties
        properties("'owner': {'team': 'x'}", "/owner", "to have the field \"name\""),
        properties("'owner': ' '", "/owner", "found a blank one"),
        properties("'ownr': 'x'", "/ownr", "did you mean \"owner\"?"),
        properties("'run_strategy': 'serial'", "/run_strategy", "expected one of SEQUENTIAL"),
        properties("'run_strategy': 0", "/run_strategy", "from 1 to 1000, found the number 0"),
        properties("'run_strategy': []", "/run_strategy", "expected a rule such as"),
        properties("'run_strategy': {}", "/run_strategy", "to have the field \"rule\""),
        properties(
            "'run_strategy': {'rule': 'SEQUENTIAL', 'workflow_concurrency': 2}",
            "/run_strategy/workflow_concurrency",
            "use the rule PARALLEL"),
        properties(
            "'run_strategy': {'rule': 'parallel', 'workflow_concurrency': 1001}",
            "/run_strategy/workflow_concurrency",
            "from 1 to 1000"),
        properties("'step_concurrency': 0", "/step_concurrency", "from 1 to 1000"),
        properties("'step_concurrency': 1001", "/step_concurrency", "from 1 to 1000"),
        properties("'alerting': 'me'", "/alerting", "expected alerting as an object"),
        properties(
            "'alerting': {'tct': {'completed_by_hour': 1, 'duration_minutes': 5}}",
            "/alerting/tct",
            "exactly one of completed_by_hour, duration_minutes, completed_by_ts"),
        properties("'alerting': {'tct': {'tz': 'UTC'}}", "/alerting/tct", "found []"),
        properties("'alerting_disabled': 7", "/alerting_disabled", "expected true or false"),
        // the workflow
        workflow("'id': 'maestro_x'", "/id", "neither starts with maestro_"),
        workflow("'id': 'x_maestro'", "/id", "nor ends with _maestro"),
        workflow("'id': '-x'", "/id", "expected a workflow id of letters"),
        workflow("'id': 'a b'", "/id", "expected a workflow id of letters"),
        workflow("'id': '" + "x".repeat(129) + "'", "/id", "at most 128 characters, found 129"),
        workflow("'id': null", "", "to have the field \"id\""),
        workflow("'name': '" + "x".repeat(257) + "'", "/name", "at most 256 characters"),
        workflow("'description': '" + "x".repeat(16_385) + "'", "/description", "at most 16384"),
        workflow("'stepz': []", "/stepz", "did you mean \"steps\"?"),
        workflow("'timeTriggers': []", "/timeTriggers", "did you mean \"time_triggers\"?"),
        workflow("'parameters': {}", "/parameters", "did you mean \"params\"?"),
        workflow("'frobnicate': 1", "/frobnicate", "unknown field \"frobnicate\" in a workflow"),
        workflow("'timeout': 0", "/timeout", "above zero"),
        workflow("'timeout': '121 days'", "/timeout", "at most 120 days"),
        workflow("'timeout': '5 weeks'", "/timeout", "expected one of the units"),
        workflow("'timeout': 1.5", "/timeout", "expected seconds or a duration"),
        workflow("'criticality': 'URGENT'", "/criticality", "expected one of CRITICAL, HIGH"),
        workflow("'instance_step_concurrency': 1000", "/instance_step_concurrency", "1 to 999"),
        workflow("'tags': 'x'", "/tags", "expected a list"),
        workflow("'tags': ['x', 'x']", "/tags/1", "\"x\" again"),
        workflow("'tags': ['x!']", "/tags/0", "expected a tag of letters"),
        workflow("'tags': [{'name': 'x#'}]", "/tags/0/name", "expected a tag of letters"),
        workflow("'tags': [{'namespace': 'SYSTEM'}]", "/tags/0", "to have the field \"name\""),
        workflow("'tags': [{'name': 'x', 'namespace': 'y'}]", "/tags/0/namespace", "one of SYSTEM"),
        workflow("'tags': [[]]", "/tags/0", "expected a tag as an object, found an empty list"),
        workflow("'steps': []", "/steps", "at least one step in the workflow"),
        workflow("'steps': null", "/steps", "at least one step in the workflow"),
        workflow("'steps': {}", "/steps", "expected a list, found an empty object"),
        workflow("'on_failure': {'a': 1}", "/on_failure", "expected a list"),
        workflow("'on_fail': [{}]", "/on_fail", "unknown field"),
        workflow(
            "'on_end': [{'step': {'id': 'h', 'type': 'Slep'}}]",
            "/on_end/0/step/type",
            "did you mean \"Sleep\"?"),
        workflow(
            "'on_end': [{'step': {'id': 'h', 'type': 'NoOp'}}, {'step': {'id': 'h', 'type': 'NoOp'}}]",
            "/on_end/1/step/id",
            "every step id once in a definition"),
        // parameters
        param("5", "", "expected a parameter such as"),
        param("{'value': 5}", "", "to have the field \"type\""),
        param("{'value': 5, 'type': 'INT'}", "/type", "expected one of STRING, LONG"),
        param("{'value': 5, 'type': 'LNG'}", "/type", "expected one of STRING, LONG"),
        param("{'type': 'LONG'}", "", "found neither"),
        param("{'type': 'LONG', 'value': null}", "", "found neither"),
        param("{'type': 'LONG', 'value': 1, 'expression': '1'}", "", "found both"),
        param(
            "{'type': 'LONG', 'value': 1.5}", "/value", "a whole number of 64 bits, found the num"),
        param("{'type': 'LONG', 'value': 'x'}", "/value", "found the text \"x\""),
        param("{'type': 'LONG', 'value': 9223372036854775808}", "/value", "64 bits"),
        param("{'type': 'STRING', 'value': ['x']}", "/value", "expected text, found a list"),
        param("{'type': 'DOUBLE', 'value': 'NaN'}", "/value", "expected a number"),
        param("{'type': 'DOUBLE', 'value': '1e999999999'}", "/value", "expected a number"),
        param("{'type': 'BOOLEAN', 'value': 'yes'}", "/value", "expected true or false"),
        param("{'type': 'LONG_ARRAY', 'value': 5}", "/value", "expected a list"),
        param("{'type': 'LONG_ARRAY', 'value': [1, 'x']}", "/value/1", "a whole number"),
        param("{'type': 'STRING_ARRAY', 'value': [null]}", "/value/0", "found nothing"),
        param(
            "{'type': 'STRING_MAP', 'value': {'a/b~c': {}}}", "/value/a~1b~0c", "use the type MAP"),
        param("{'type': 'STRING_MAP', 'value': 'x'}", "/value", "an object with text values"),
        param("{'type': 'MAP', 'value': 'x'}", "/value", "expected an object of parameters"),
        param("{'type': 'MAP', 'value': {'k': 'x'}}", "/value/k", "expected a parameter such as"),
        param(
            "{'type': 'MAP', 'value': {'k': {'type': 'LONG', 'value': 'x'}}}",
            "/value/k/value",
            "a whole number"),
        param("{'type': 'LONG', 'value': 1, 'mode': 'FIXED'}", "/mode", "expected one of MUTABLE"),
        param(
            "{'type': 'LONG', 'value': 1, 'internal_mode': 'RESERVED'}",
            "/internal_mode",
            "remove"),
        param(
            "{'type': 'LONG', 'value': 1, 'evaluated_result': 1}", "/evaluated_result", "a result"),
        param("{'type': 'LONG', 'value': 1, 'tags': ['a', 'a']}", "/tags/1", "again"),
        param("{'type': 'LONG', 'vale': 1, 'expression': '1'}", "/vale", "did you mean \"value\"?"),
        param("{'type': 'LONG', 'expression': '1 +'}", "/expression", "not a valid expression"),
        param("{'type': 'LONG', 'expression': ' '}", "/expression", "found a blank one"),
        param("{'type': 'LONG', 'expression': 'Runtime.getRuntime()'}", "/expression", "Runtime"),
        workflow("'params': {'Util': {'type': 'LONG', 'value': 1}}", "/params/Util", "is reserved"),
        workflow(
            "'params': {'AUTH_BLOB': {'type': 'LONG', 'value': 1}}", "/params/AUTH_BLOB", "res"),
        workflow("'params': {'': {'type': 'LONG', 'value': 1}}", "/params/", "1 to 256 characters"),
        // steps and their wrappers
        steps("5", "/steps/0", "expected a step such as"),
        steps("{'id': 'a', 'type': 'NoOp'}", "/steps/0", "write {\"step\": {…}}"),
        steps("{'job': {'id': 'a', 'type': 'NoOp'}}", "/steps/0/job", "did you mean \"step\"?"),
        steps("{'forech': {}}", "/steps/0/forech", "did you mean \"foreach\"?"),
        step("'id': null", "", "to have the field \"id\""),
        step("'id': 'a__b'", "/id", "expected a step id without __"),
        step("'id': '1a'", "/id", "starting with a letter or _"),
        step("'id': 'maestro_a'", "/id", "doesn't start with maestro_"),
        step("'id': '" + "x".repeat(129) + "'", "/id", "at most 128"),
        step("'type': null", "", "to have the field \"type\""),
        step("'type': 'Slep'", "/type", "did you mean \"Sleep\"?"),
        step("'type': 'Join'", "/type", "any step with several predecessors joins them"),
        step("'type': 'foreach'", "/type", "is a wrapper; write {\"foreach\": {…}}"),
        step("'failure_mode': 'ignore'", "/failure_mode", "expected one of FAIL_IMMEDIATELY"),
        step("'timeout': '0s'", "/timeout", "above zero"),
        step("'outputs': ['rows']", "/outputs/0", "expected the name of a parameter in params"),
        step("'outputs': 'rows'", "/outputs", "expected a list"),
        step("'outputs': [5]", "/outputs/0", "expected the name of a parameter, found the number"),
        step("'retires': {}", "/retires", "did you mean \"retry_policy\"?"),
        step(
            "'retry_policy': {'error_retry_limit': 100}",
            "/retry_policy/error_retry_limit",
            "0 to 99"),
        step(
            "'retry_policy': {'error_retry_limit': -1}",
            "/retry_policy/error_retry_limit",
            "0 to 99"),
        step(
            "'retry_policy': {'timeout_retry_limit': 'x'}",
            "/retry_policy/timeout_retry_limit",
            "who"),
        step(
            "'retry_policy': {'backoff': {}}",
            "/retry_policy/backoff",
            "to have the field \"type\""),
        step(
            "'retry_policy': {'backoff': {'type': 'FIXED_BACKOFF', 'error_retry_exponent': 2}}",
            "/retry_policy/backoff/error_retry_exponent",
            "unknown field"),
        step(
            "'retry_policy': {'backoff': {'type': 'FIXED_BACKOFF',"
                + " 'error_retry_backoff_in_secs': 86401}}",
            "/retry_policy/backoff/error_retry_backoff_in_secs",
            "from 0 to 86400"),
        step("'concurrency': 5", "/concurrency", "unknown field \"concurrency\" in a step"),
        steps("{'template': {'id': 'a'}}", "/steps/0/template", "to have the field \"sub_type\""),
        steps(
            "{'subworkflow': {'id': 'a'}}",
            "/steps/0/subworkflow/params",
            "parameter subworkflow_id"),
        steps(
            "{'subworkflow': {'id': 'a', 'params': {'subworkflow_id': {'type': 'LONG', 'value':"
                + " 1}}}}",
            "/steps/0/subworkflow/params/subworkflow_id",
            "to be a STRING, found a LONG"),
        // loops
        foreach("'concurrency': 0", "/concurrency", "from 1 to 500"),
        foreach("'concurrency': 501", "/concurrency", "from 1 to 500"),
        foreach(
            "'max_failures': -1", "/max_failures", "found the number -1; did you mean \"all\"?"),
        foreach("'max_failures': 0.1", "/max_failures", "did you mean \"10%\"?"),
        foreach("'max_failures': '10 %'", "/max_failures", "did you mean \"10%\"?"),
        foreach(
            "'max_failures': '101%'", "/max_failures", "expected all, a whole number such as 20"),
        foreach(
            "'max_failures': 'some'", "/max_failures", "expected all, a whole number such as 20"),
        foreach("'max_failures': [1]", "/max_failures", "expected all, a whole number such as 20"),
        foreach("'steps': []", "/steps", "at least one step in the loop \"f\""),
        foreach("'params': {}", "/params", "expected the parameter loop_params"),
        foreach(
            "'params': {'loop_params': {'type': 'STRING', 'value': 'x'}}",
            "/params/loop_params",
            "to be a MAP, found a STRING"),
        foreach(
            "'params': {'loop_params': {'type': 'MAP', 'value': {}}}",
            "/params/loop_params",
            "at least one array"),
        foreach(
            "'params': {'loop_params': {'type': 'MAP', 'value': {'i': {'type': 'LONG', 'value':"
                + " 1}}}}",
            "/params/loop_params/value/i/type",
            "expected an array type such as LONG_ARRAY"),
        whileLoop("'condition': null", "", "to have the field \"condition\""),
        whileLoop("'max_failures': 3", "/max_failures", "ends with the first iteration that fails"),
        whileLoop("'condition': 'i <'", "/condition", "not a valid expression"),
        whileLoop(
            "'params': {'loop_params': {'type': 'MAP', 'value':"
                + " {'i': {'type': 'LONG_ARRAY', 'value': []}}}}",
            "/params/loop_params/value/i/type",
            "expected a scalar type"),
        // the graph
        steps(STEP + ", " + STEP, "/steps/1/step/id", "also at /workflow/steps/0/step/id"),
        steps(
            STEP + ", {'while': {'id': 'w', 'condition': 'false', 'steps': [" + STEP + "]}}",
            "/steps/1/while/steps/0/step/id",
            "every step id once"),
        dag(
            "a>load-1; load_1>",
            "/0/step/transition/successors/load-1",
            "did you mean \"load_1\"?"),
        dag("a>b", "/0/step/transition/successors/b", "doesn't exist; add it or remove the edge"),
        dag("a>a", "/0/step/transition/successors/a", "found a -> a; remove"),
        dag("a>b; b>c; c>a", "/2/step/transition/successors/a", "found a -> b -> c -> a"),
        dag("a<b; b>", "/0/step/transition/predecessors/0", "to have an edge to this step"),
        dag("a<x; b>", "/0/step/transition/predecessors/0", "which doesn't exist"),
        dag("a>b; c>b; b<a", "/2/step/transition/predecessors", "found that [c] is missing"),
        steps(
            "{'step': {'id': 'a', 'type': 'NoOp', 'transition': {'successors': {'b': 'true'}}}},"
                + " {'while': {'id': 'w', 'condition': 'false', 'steps':"
                + " [{'step': {'id': 'b', 'type': 'NoOp'}}]}}",
            "/steps/0/step/transition/successors/b",
            "edges don't cross the border of a loop"),
        step("'transition': {'successors': ['b']}", "/transition/successors", "found a list"),
        step("'transition': {'next': {}}", "/transition/next", "did you mean \"successors\"?"),
        steps(
            "{'step': {'id': 'a', 'type': 'NoOp', 'transition': {'successors': {'b': 'x >'}}}},"
                + " {'step': {'id': 'b', 'type': 'NoOp'}}",
            "/steps/0/step/transition/successors/b",
            "not a valid expression"),
        steps(
            "{'step': {'id': 'a', 'type': 'NoOp', 'transition': {'successors': {'b': 5}}}},"
                + " {'step': {'id': 'b', 'type': 'NoOp'}}",
            "/steps/0/step/transition/successors/b",
            "expected a condition such as"),
        // time triggers
        time("{'cron': '* * * * *'}", "", "to have the field \"type\""),
        time("{'type': 'SOLAR'}", "/type", "expected one of CRON, PREDEFINED, INTERVAL"),
        time("{'type': 'CRON'}", "", "to have the field \"cron\""),
        time("{'type': 'CRON', 'cron': '0 0 12 1/1'}", "/cron", "5 fields (Unix) or 6 or 7"),
        time("{'type': 'CRON', 'cron': '0 0 0 1 1 ? * *'}", "/cron", "found 8"),
        time("{'type': 'CRON', 'cron': '0 0 * * $x'}", "/cron", "found \"$x\""),
        time("{'type': 'CRON', 'cron': '0 0 * * *', 'timezone': 'Mars'}", "/timezone", "time zone"),
        time(
            "{'type': 'CRON', 'cron': '0 0 * * *', 'interval': '1h'}",
            "/interval",
            "unknown field"),
        time("{'type': 'PREDEFINED', 'expression': '@dayly'}", "/expression", "one of @hourly"),
        time("{'type': 'INTERVAL'}", "", "to have the field \"interval\""),
        time("{'type': 'INTERVAL', 'interval': '119s'}", "/interval", "at least 120 seconds"),
        time("{'type': 'INTERVAL', 'interval': '1h', 'start': 'now'}", "/start", "expected a time"),
        time("{'type': 'INTERVAL', 'interval': '1h', 'catch_up': 'x'}", "/catch_up", "one of ALL"),
        time(
            "{'type': 'CRON', 'cron': '0 0 * * *', 'fuzzy_max_delay': 'x'}",
            "/fuzzy_max_delay",
            "seconds or a duration"),
        time(
            "{'type': 'CRON', 'cron': '0 0 * * *', 'fuzzy_max_delay': '367d'}",
            "/fuzzy_max_delay",
            "at most 366 days"),
        time("{'type': 'CRON', 'cron': '0 25 * * *'}", "/cron", "Value 25 not in range"),
        time("{'type': 'CRON', 'cron': '0 0 12 * * *'}", "/cron", "day of week must be ?"),
        time("{'type': 'CRON', 'cron': '0 0 31 6 *'}", "/cron", "names no date"),
        time("{'type': 'CRON', 'cron': '* * * * *'}", "/cron", "fires at 00:00 and at 00:01"),
        time("{'type': 'CRON', 'cron': '*/30 0 1 * * ?'}", "/cron", "at most every 2 minutes"),
        time(
            "{'type': 'CRON', 'cron': '0 0 * * *', 'start': '2026-02-01', 'end': '2026-01-01'}",
            "/end",
            "an end after the start \"2026-02-01\""),
        // signals
        signal("{}", "/definitions", "expected 1 to 8 signals in a trigger, found 0"),
        signal(
            "{'definitions': {'a':{},'b':{},'c':{},'d':{},'e':{},'f':{},'g':{},'h':{},'i':{}}}",
            "/definitions",
            "found 9; use several triggers"),
        signal(
            "{'definitions': {'a': {'join_keys': ['x']}, 'b': {}}}",
            "/definitions",
            "the same number of join_keys"),
        signal(
            "{'definitions': {'a': {'join_keys': ['x'], 'match_params': {'x': {'value': 1}}}}}",
            "/definitions/a/join_keys/0",
            "is also in match_params"),
        signal(
            "{'definitions': {'a': {'match_params': {'x': {'value': 1.5}}}}}",
            "/definitions/a/match_params/x",
            "text or a whole number"),
        signal(
            "{'definitions': {'a': {'match_params': {'x': {'value': 1, 'operator': '!='}}}}}",
            "/definitions/a/match_params/x/operator",
            "expected one of = > >= < <="),
        signal("{'definitions': {'a': {}}, 'condition': '1 +'}", "/condition", "valid expression"),
        signal("{'definitions': {'a': {}}, 'dedup_expr': ')'}", "/dedup_expr", "valid expression"),
        step("'signal_dependencies': [{}]", "/signal_dependencies/0", "to have the field \"name\""),
        step(
            "'signal_dependencies': [{'name': 'a', 'match_params': {'x': {'value': 1}}}]",
            "/signal_dependencies/0/match_params/x",
            "to have the field \"param\"",
            "/signal_dependencies/0/match_params/x/value",
            "unknown field"),
        step(
            "'signal_dependencies': [{'name': 'a', 'match_params': {'x': {'param':"
                + " {'type': 'DOUBLE', 'value': 1}}}}]",
            "/signal_dependencies/0/match_params/x/param",
            "the type STRING or LONG in a signal, found DOUBLE"),
        step(
            "'signal_dependencies': [{'name': 'a', 'match_params': {"
                + "'x': {'param': {'type': 'LONG', 'value': 1}, 'operator': '>'},"
                + "'y': {'param': {'type': 'LONG', 'value': 1}, 'operator': '<'}}}]",
            "/signal_dependencies/0/match_params",
            "found [x, y]; use = for the others"),
        step(
            "'signal_outputs': [{'name': 'a', 'params': {'x': {'type': 'BOOLEAN', 'value':"
                + " true}}}]",
            "/signal_outputs/0/params/x",
            "the type STRING or LONG"));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("brokenRules")
  void everyBrokenRuleIsNamedWhereItIsBroken(String document, List<String> expected) {
    var problems = problems(DefinitionReader.push(Json.object(document)));
    assertThat(problems).hasSize(expected.size() / 2);
    for (var i = 0; i < problems.size(); i++) {
      assertThat(problems.get(i).pointer()).isEqualTo(expected.get(2 * i));
      assertThat(problems.get(i).message()).contains(expected.get(2 * i + 1));
    }
  }

  @Test
  void allProblemsOfADocumentComeAtOnce() {
    var problems =
        problems(
            DefinitionReader.push(
                Json.object(
                    """
                    {'properties': {'step_concurrency': -1, 'colour': 'red'},
                     'workflow': {'id': 'maestro_x', 'timeout': 'soon',
                       'params': {'p': {'type': 'LONG', 'value': 'x'}},
                       'steps': [
                         {'step': {'id': 'a', 'type': 'Nop', 'transition': {'successors': {'c': 'true'}}}},
                         {'step': {'id': 'b', 'type': 'NoOp', 'transition': {'successors': {'b': 'true'}}}}]}}
                    """)));
    assertThat(problems)
        .extracting(DefinitionProblem::pointer)
        .containsExactly(
            "/properties/step_concurrency",
            "/properties/colour",
            "/workflow/id",
            "/workflow/timeout",
            "/workflow/params/p/value",
            "/workflow/steps/0/step/type",
            "/workflow/steps/0/step/transition/successors/c",
            "/workflow/steps/1/step/transition/successors/b");
  }

  @Test
  void suggestionsAreTheSpellingAlone() {
    var problems =
        problems(DefinitionReader.push(Json.object(inStep("'typo': 1, 'failureMode': 1"))));
    assertThat(problems)
        .extracting(DefinitionProblem::suggestion)
        .containsExactly("type", "failure_mode");
  }

  @Test
  void everyDisjointCycleIsPrinted() {
    var problems = problems(DefinitionReader.push(Json.object(inDag("a>b; b>a; c>d; d>c"))));
    assertThat(problems)
        .extracting(DefinitionProblem::message)
        .satisfiesExactly(
            first -> assertThat(first).contains("a -> b -> a"),
            second -> assertThat(second).contains("c -> d -> c"));
  }

  @Test
  void aCycleInsideALoopIsFoundToo() {
    var inner =
        "{'step': {'id': 'x', 'type': 'NoOp', 'transition': {'successors': {'y': 'true'}}}},"
            + "{'step': {'id': 'y', 'type': 'NoOp', 'transition': {'successors': {'x': 'true'}}}}";
    var problems =
        problems(DefinitionReader.push(Json.object(inForeach("'steps': [" + inner + "]"))));
    assertThat(problems)
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.pointer())
              .isEqualTo("/workflow/steps/0/foreach/steps/1/step/transition/successors/x");
          assertThat(problem.message()).contains("x -> y -> x");
        });
  }

  @Test
  void moreThanAThousandStepsAreRefusedAndThoseInLoopsCount() {
    var loop = new ArrayList<Object>();
    for (var i = 0; i < 600; i++) {
      loop.add(Map.of("step", Map.of("id", "in" + i, "type", "NoOp")));
    }
    var steps = new ArrayList<Object>();
    steps.add(Map.of("while", Map.of("id", "w", "condition", "false", "steps", loop)));
    for (var i = 0; i < 399; i++) {
      steps.add(Map.of("step", Map.of("id", "s" + i, "type", "NoOp")));
    }
    var workflow = new LinkedHashMap<String, Object>(Map.of("id", "w", "steps", steps));
    assertThat(DefinitionReader.push(Map.of("workflow", workflow))).isInstanceOf(Read.Ok.class);
    steps.add(Map.of("step", Map.of("id", "last", "type", "NoOp")));
    assertThat(problems(DefinitionReader.push(Map.of("workflow", workflow))))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.pointer()).isEqualTo("/workflow/steps");
          assertThat(problem.message()).contains("at most 1000 steps").contains("found 1001");
        });
  }

  @Test
  void aHundredTriggersOfAKindAreTheMost() {
    var time = Map.of("type", "CRON", "cron", "0 0 * * *");
    var signal = Map.of("definitions", Map.of("s", Map.of()));
    for (var kind : Map.of("time_triggers", time, "signal_triggers", signal).entrySet()) {
      var triggers = new ArrayList<Object>(Collections.nCopies(100, kind.getValue()));
      var workflow = new LinkedHashMap<>(Json.object("{'id': 'w', 'steps': [" + STEP + "]}"));
      workflow.put(kind.getKey(), triggers);
      assertThat(DefinitionReader.push(Map.of("workflow", workflow))).isInstanceOf(Read.Ok.class);
      triggers.add(kind.getValue());
      assertThat(problems(DefinitionReader.push(Map.of("workflow", workflow))))
          .singleElement()
          .satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/workflow/" + kind.getKey());
            assertThat(problem.message()).contains("at most 100").contains("found 101");
          });
    }
  }

  @Test
  void aDocumentOf256KilobytesIsTheLargest() {
    var document = Json.object(with("'notes': ''"));
    document.put("notes", "x".repeat(255 * 1024));
    assertThat(DefinitionReader.push(document)).isInstanceOf(Read.Ok.class);
    document.put("notes", "ä".repeat(130 * 1024));
    assertThat(problems(DefinitionReader.push(document)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("at most 256 KB as JSON"));
  }

  @Test
  void anExpressionMayNotBeLongerThanTheLanguageAllows() {
    var document = inWorkflow("'params': {'p': {'type': 'LONG', 'expression': '%s'}}");
    assertThat(
            problems(
                DefinitionReader.push(Json.object(document.formatted("1 + ".repeat(2_500) + "1")))))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.pointer()).isEqualTo("/workflow/params/p/expression");
          assertThat(problem.message()).contains("10000");
        });
  }

  @Test
  void mapsNestTwentyLevelsDeep() {
    assertThat(
            DefinitionReader.push(
                Json.object(inWorkflow("'params': {'p': " + nestedMap(20) + "}"))))
        .isInstanceOf(Read.Ok.class);
    assertThat(
            problems(
                DefinitionReader.push(
                    Json.object(inWorkflow("'params': {'p': " + nestedMap(21) + "}")))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("at most 20 levels of MAP"));
  }

  @Test
  void aDocumentNestedWithoutEndEndsAsAProblem() {
    Object tree = "x";
    for (var i = 0; i < 100_000; i++) {
      tree = List.of(tree);
    }
    assertThat(problems(DefinitionReader.push(Map.of("workflow", tree))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("at most 200 levels"));
  }

  @Test
  void aFloodOfProblemsIsCut() {
    var workflow =
        new LinkedHashMap<String, Object>(Json.object("{'id': 'w', 'steps': [" + STEP + "]}"));
    for (var i = 0; i < 500; i++) {
      workflow.put("zzzzzz" + i, 1L);
    }
    var problems = problems(DefinitionReader.push(Map.of("workflow", workflow)));
    assertThat(problems).hasSize(201);
    assertThat(problems.getLast().message()).contains("300 more problems");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void numbersThatJsonDoesNotKnowAreRefused(String number) {
    var document = Json.object(with("'notes': 1"));
    document.put("notes", Double.valueOf(number));
    assertThat(problems(DefinitionReader.push(document)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("JSON has no such number"));
  }

  // ---------------------------------------------------------------- what is accepted

  @Test
  void aSmallPushIsReadWithItsDefaults() {
    var push = push("{'workflow': {'id': 'w', 'steps': [" + STEP + "]}}");
    assertThat(push.active()).isTrue();
    assertThat(push.properties()).isNull();
    assertThat(push.gitInfo()).isNull();
    assertThat(push.extraInfo()).isEmpty();
    var workflow = push.workflow();
    assertThat(workflow.id()).isEqualTo("w");
    assertThat(workflow.params()).isEmpty();
    assertThat(workflow.steps()).singleElement().isInstanceOf(Step.Typed.class);
    assertThat(workflow.steps().getFirst().common().effectiveFailureMode())
        .isEqualTo(FailureMode.FAIL_AFTER_RUNNING);
  }

  @Test
  void whatElseStandsAtTheTopOfAPushIsKept() {
    var push =
        push(
            with(
                "'is_active': false, 'source': {'a': [1]}, 'dsl_lang': null,'git_info': {'branch':"
                    + " 'main', 'timestamp': 5, 'uncommitted_changes': false}"));
    assertThat(push.active()).isFalse();
    assertThat(push.extraInfo())
        .containsEntry("source", Map.of("a", List.of(1L)))
        .containsEntry("dsl_lang", null)
        .hasSize(2);
    assertThat(push.gitInfo()).containsEntry("timestamp", 5L);
  }

  static Stream<Arguments> strategies() {
    return Stream.of(
        Arguments.of("'sequential'", new RunStrategy(Rule.SEQUENTIAL, null)),
        Arguments.of("'Strict_Sequential'", new RunStrategy(Rule.STRICT_SEQUENTIAL, null)),
        Arguments.of("5", new RunStrategy(Rule.PARALLEL, 5L)),
        Arguments.of("{'rule': 'parallel'}", new RunStrategy(Rule.PARALLEL, null)),
        Arguments.of(
            "{'rule': 'LAST_ONLY', 'workflow_concurrency': 1}",
            new RunStrategy(Rule.LAST_ONLY, 1L)),
        Arguments.of(
            "{'rule': 'PARALLEL', 'workflow_concurrency': '30'}",
            new RunStrategy(Rule.PARALLEL, 30L)));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aRunStrategyIsANameANumberOrAnObject(String text, RunStrategy expected) {
    var push = push(inProperties("'run_strategy': " + text));
    assertThat(push.properties()).isNotNull();
    assertThat(push.properties().runStrategy()).isEqualTo(expected);
  }

  @Test
  void anOwnerMayCarryMore() {
    var properties = push(inProperties("'owner': {'name': 'me', 'AUTH_BLOB': 'x'}")).properties();
    assertThat(properties.owner()).isEqualTo("me");
    assertThat(properties.ownerAttributes()).isEqualTo(Map.of("AUTH_BLOB", "x"));
    assertThat(push(inProperties("'owner': 'me'")).properties().ownerAttributes()).isNull();
  }

  @Test
  void aTagIsANameOrAnObjectWithAnythingInIt() {
    assertThat(
            ok(
                DefinitionReader.tags(
                    Json.parse(
                        "['a b', {'name': 'c', 'namespace': 'system', 'x': 1, 'permit': 5}]"),
                    "")))
        .containsExactly(Tag.of("a b"), new Tag("c", TagNamespace.SYSTEM, Map.of("x", 1L)));
    assertThat(ok(DefinitionReader.tag("gold", ""))).isEqualTo(Tag.of("gold"));
    assertThat(problems(DefinitionReader.tag("#", "/tag")).getFirst().pointer()).isEqualTo("/tag");
    assertThat(ok(DefinitionReader.tags(null, ""))).isEmpty();
    assertThat(problems(DefinitionReader.tags("x", "/runtime_tags"))).hasSize(1);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("'string'", "'x'", ParamType.STRING, "x"),
        Arguments.of("'STRING'", "15", ParamType.STRING, "15"),
        Arguments.of("'lonG'", "15", ParamType.LONG, 15L),
        Arguments.of("'LONG'", "'-15'", ParamType.LONG, -15L),
        Arguments.of("'LONG'", "15.0", ParamType.LONG, 15L),
        Arguments.of("'DOUBLE'", "15", ParamType.DOUBLE, new BigDecimal("15.0")),
        Arguments.of("'DOUBLE'", "1.50", ParamType.DOUBLE, new BigDecimal("1.5")),
        Arguments.of("'DOUBLE'", "'1e-3'", ParamType.DOUBLE, new BigDecimal("0.001")),
        Arguments.of("'Boolean'", "true", ParamType.BOOLEAN, true),
        Arguments.of("'BOOLEAN'", "'False'", ParamType.BOOLEAN, false),
        Arguments.of("'String_array'", "['a', 1]", ParamType.STRING_ARRAY, List.of("a", "1")),
        Arguments.of("'LONG_ARRAY'", "[]", ParamType.LONG_ARRAY, List.of()),
        Arguments.of("'LONG_ARRAY'", "[1, '2']", ParamType.LONG_ARRAY, List.of(1L, 2L)),
        Arguments.of(
            "'DOUBLE_ARRAY'", "[1.5]", ParamType.DOUBLE_ARRAY, List.of(new BigDecimal("1.5"))),
        Arguments.of("'BOOLEAN_ARRAY'", "[true]", ParamType.BOOLEAN_ARRAY, List.of(true)),
        Arguments.of("'STRING_MAP'", "{'a': 'b'}", ParamType.STRING_MAP, Map.of("a", "b")),
        Arguments.of(
            "'MAP'",
            "{'a': {'type': 'LONG', 'value': 1}}",
            ParamType.MAP,
            Map.of("a", Param.literal(ParamType.LONG, 1L))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valuesTakeTheShapeOfTheirType(String type, String value, ParamType expected, Object shape) {
    var params =
        ok(
            DefinitionReader.params(
                Json.parse("{'p': {'type': " + type + ", 'value': " + value + "}}"), ""));
    assertThat(params.get("p")).isEqualTo(Param.literal(expected, shape));
  }

  @Test
  void whereAParameterCameFromIsDecidedAnewForAuthorsAndKeptForUs() {
    var tree =
        Json.parse("{'p': {'type': 'LONG', 'value': 1, 'mode': 'constant', 'source': 'LAUNCH'}}");
    var written = ok(DefinitionReader.params(tree, "")).get("p");
    assertThat(written.source()).isNull();
    assertThat(written.mode()).isEqualTo(ParamMode.CONSTANT);
    var stored = ok(DefinitionReader.params(tree, "", ParamForm.STORED)).get("p");
    assertThat(stored.source()).isEqualTo(ParamSource.LAUNCH);
  }

  @Test
  void jobsMayReportResultsAlone() {
    var tree =
        Json.parse("{'p': {'type': 'MAP', 'evaluated_result': {'a': [1]}, 'evaluated_time': 7}}");
    var param = ok(DefinitionReader.params(tree, "", ParamForm.WITH_RESULTS)).get("p");
    assertThat(param.evaluatedResult()).isEqualTo(Map.of("a", List.of(1L)));
    assertThat(param.evaluatedTime()).isEqualTo(7);
    assertThat(DefinitionReader.params(tree, "")).isInstanceOf(Read.Bad.class);
  }

  @Test
  void templatesMayLeaveTheValueOpenAndSetInternalModes() {
    var tree = Json.parse("{'p': {'type': 'STRING', 'internal_mode': 'required'}}");
    var param = ok(DefinitionReader.params(tree, "", ParamForm.TEMPLATE)).get("p");
    assertThat(param.internalMode()).isEqualTo(InternalMode.REQUIRED);
    assertThat(DefinitionReader.params(tree, "")).isInstanceOf(Read.Bad.class);
  }

  @Test
  void aStartTakesUpTo128Parameters() {
    var tree = new LinkedHashMap<String, Object>();
    for (var i = 0; i < 128; i++) {
      tree.put("p" + i, Json.parse("{'type': 'LONG', 'value': 1}"));
    }
    assertThat(ok(DefinitionReader.params(tree, "/run_params"))).hasSize(128);
    tree.put("more", Json.parse("{'type': 'LONG', 'value': 1}"));
    assertThat(problems(DefinitionReader.params(tree, "/run_params")).getFirst().message())
        .contains("at most 128 parameters, found 129");
    assertThat(ok(DefinitionReader.params(null, "/run_params"))).isEmpty();
  }

  @Test
  void interpolatedNumbersAreLeftForTheRun() {
    var step =
        push(inStep(
                "'timeout': '${bar}s', 'retry_policy': {'error_retry_limit': '$foo', 'backoff':"
                    + " {'type': 'fixed_backoff', 'error_retry_backoff_in_secs': '60'}}"))
            .workflow()
            .steps()
            .getFirst();
    assertThat(step.common().timeout()).isEqualTo("${bar}s");
    var policy = ((Step.Typed) step).retryPolicy();
    assertThat(policy.errorRetryLimit()).isEqualTo("$foo");
    assertThat(policy.backoff().errorRetryBackoffInSecs()).isEqualTo("60");
  }

  @Test
  void stepTypesAndWrappersAreReadWithoutRegardToCase() {
    var steps =
        push(inSteps("{'Step': {'id': 'a', 'type': 'kubernetes', 'sub_type': 'shell'}}"))
            .workflow()
            .steps();
    assertThat(((Step.Typed) steps.getFirst()).type()).isEqualTo("Kubernetes");
  }

  @Test
  void conditionsMayBeJsonBooleans() {
    var steps =
        push(inSteps(
                "{'step': {'id': 'a', 'type': 'NoOp', 'transition': {'successors': {'b':"
                    + " true}}}},{'step': {'id': 'b', 'type': 'NoOp', 'transition':"
                    + " {'predecessors': ['a']}}}"))
            .workflow()
            .steps();
    assertThat(steps.getFirst().common().transition().successors()).isEqualTo(Map.of("b", "true"));
  }

  @Test
  void triggersAndSignalsAreRead() {
    var workflow =
        push(inWorkflow(
                """
                'time_triggers': [
                  {'type': 'cron', 'cron': '0 0 12 1/1 * ? *', 'timezone': 'US/Pacific'},
                  {'type': 'INTERVAL', 'interval': '6h', 'start': '2026-01-31', 'end': 1790000000000,
                   'catch_up': 'latest', 'fuzzy_max_delay': 30}],
                'signal_triggers': [{'definitions': {'a': null, 'db/t': {'match_params': {
                  'x': {'value': 5, 'operator': '>='}, 'y': {'value': 'z'}}}},
                  'condition': '2 > 1', 'params': {'p': {'type': 'STRING', 'value': 'v'}}}]
                """))
            .workflow();
    assertThat(workflow.timeTriggers())
        .containsExactly(
            new TimeTrigger(
                TimeTrigger.Type.CRON,
                "0 0 12 1/1 * ? *",
                null,
                null,
                null,
                null,
                null,
                "US/Pacific",
                null),
            new TimeTrigger(
                TimeTrigger.Type.INTERVAL,
                null,
                null,
                "6h",
                "2026-01-31",
                "1790000000000",
                TimeTrigger.CatchUp.LATEST,
                null,
                "30"));
    var matches = workflow.signalTriggers().getFirst().definitions().get("db/t").matchParams();
    assertThat(matches.get("x").operator()).isEqualTo(MatchOperator.GREATER_OR_EQUAL);
    assertThat(matches.get("x").value()).isEqualTo(5L);
    assertThat(matches.get("y").operator()).isEqualTo(MatchOperator.EQUALS);
  }

  @Test
  void aStoredDefinitionIsReadEvenIfTodaysRulesRefuseIt() {
    var tree =
        Json.parse(
            "{'id': 'maestro_foreach_x', 'steps': [{'step': {'id': 'a__b', 'type': 'NoOp'}}]}");
    assertThat(ok(DefinitionReader.workflow(tree, "")).id()).isEqualTo("maestro_foreach_x");
    assertThat(problems(DefinitionReader.workflow("x", "/workflow")).getFirst().pointer())
        .isEqualTo("/workflow");
  }

  @Test
  void propertiesAloneAreReadFromAFlatBody() {
    var properties = ok(DefinitionReader.properties(Json.object("{'step_concurrency': 7}")));
    assertThat(properties.stepConcurrency()).isEqualTo(7);
    assertThat(properties.owner()).isNull();
    assertThat(problems(DefinitionReader.properties(Json.object("{'x': 7}"))).getFirst().pointer())
        .isEqualTo("/x");
  }

  // ---------------------------------------------------------------- documents around one part

  private static String with(String fields) {
    return "{" + fields + ", 'workflow': {'id': 'w', 'steps': [" + STEP + "]}}";
  }

  private static String inProperties(String fields) {
    return with("'properties': {" + fields + "}");
  }

  /** Fields that are written again replace the ones before. */
  private static String inWorkflow(String fields) {
    return "{'workflow': {'id': 'w', 'steps': [" + STEP + "], " + fields + "}}";
  }

  private static String inSteps(String steps) {
    return inWorkflow("'steps': [" + steps + "]");
  }

  private static String inStep(String fields) {
    return inSteps("{'step': {'id': 'a', 'type': 'NoOp', " + fields + "}}");
  }

  private static String inForeach(String fields) {
    return inSteps(
        "{'foreach': {'id': 'f', 'params': {'loop_params': {'type': 'MAP', 'value':"
            + " {'i': {'type': 'LONG_ARRAY', 'value': [1]}}}}, 'steps': ["
            + STEP
            + "], "
            + fields
            + "}}");
  }

  /** {@code a>b,c} are edges, {@code a<b} are predecessors. */
  private static String inDag(String dag) {
    var steps = new ArrayList<String>();
    for (var line : dag.split("; ")) {
      var parts = line.split("[<>]", -1);
      var ids = parts[1].isEmpty() ? new String[0] : parts[1].split(",");
      var transition =
          line.contains("<")
              ? "'predecessors': ['" + String.join("', '", ids) + "']"
              : "'successors': {"
                  + String.join(", ", Stream.of(ids).map(id -> "'" + id + "': 'true'").toList())
                  + "}";
      steps.add(
          "{'step': {'id': '"
              + parts[0]
              + "', 'type': 'NoOp', 'transition': {"
              + transition
              + "}}}");
    }
    return inSteps(String.join(", ", steps));
  }

  private static String nestedMap(int levels) {
    return levels == 0
        ? "{'type': 'LONG', 'value': 1}"
        : "{'type': 'MAP', 'value': {'k': " + nestedMap(levels - 1) + "}}";
  }

  private static Arguments push(String document, String... expected) {
    return Arguments.of(document, List.of(expected));
  }

  private static Arguments under(String prefix, String document, String... expected) {
    var absolute = new ArrayList<String>();
    for (var i = 0; i < expected.length; i++) {
      absolute.add(i % 2 == 0 ? prefix + expected[i] : expected[i]);
    }
    return Arguments.of(document, List.copyOf(absolute));
  }

  private static Arguments properties(String fields, String... expected) {
    return under("/properties", inProperties(fields), expected);
  }

  private static Arguments workflow(String fields, String... expected) {
    return under("/workflow", inWorkflow(fields), expected);
  }

  private static Arguments param(String param, String... expected) {
    return under("/workflow/params/p", inWorkflow("'params': {'p': " + param + "}"), expected);
  }

  private static Arguments steps(String steps, String... expected) {
    return under("/workflow", inSteps(steps), expected);
  }

  private static Arguments step(String fields, String... expected) {
    return under("/workflow/steps/0/step", inStep(fields), expected);
  }

  private static Arguments foreach(String fields, String... expected) {
    return under("/workflow/steps/0/foreach", inForeach(fields), expected);
  }

  private static Arguments whileLoop(String fields, String... expected) {
    var loop =
        "{'while': {'id': 'w', 'condition': 'i < 4', 'steps': [" + STEP + "], " + fields + "}}";
    return under("/workflow/steps/0/while", inSteps(loop), expected);
  }

  private static Arguments dag(String dag, String... expected) {
    return under("/workflow/steps", inDag(dag), expected);
  }

  private static Arguments time(String trigger, String... expected) {
    return under(
        "/workflow/time_triggers/0", inWorkflow("'time_triggers': [" + trigger + "]"), expected);
  }

  private static Arguments signal(String trigger, String... expected) {
    return under(
        "/workflow/signal_triggers/0",
        inWorkflow("'signal_triggers': [" + trigger + "]"),
        expected);
  }

  private static PushRequest push(String document) {
    return ok(DefinitionReader.push(Json.object(document)));
  }

  static <T> T ok(Read<T> read) {
    return switch (read) {
      case Read.Ok<T>(var value) -> value;
      case Read.Bad<T>(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static <T> List<DefinitionProblem> problems(Read<T> read) {
    return switch (read) {
      case Read.Ok<T>(var value) -> throw new AssertionError("accepted: " + value);
      case Read.Bad<T>(var problems) -> problems;
    };
  }
}

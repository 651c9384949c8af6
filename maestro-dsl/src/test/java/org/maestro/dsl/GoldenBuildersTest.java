package org.maestro.dsl;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.client.workflow.Workflows.cron;
import static org.maestro.client.workflow.Workflows.every;
import static org.maestro.client.workflow.Workflows.foreach;
import static org.maestro.client.workflow.Workflows.job;
import static org.maestro.client.workflow.Workflows.retries;
import static org.maestro.client.workflow.Workflows.sel;
import static org.maestro.client.workflow.Workflows.signal;
import static org.maestro.client.workflow.Workflows.signals;
import static org.maestro.client.workflow.Workflows.subworkflow;
import static org.maestro.client.workflow.Workflows.template;
import static org.maestro.client.workflow.Workflows.value;
import static org.maestro.client.workflow.Workflows.whileLoop;
import static org.maestro.client.workflow.Workflows.workflow;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maestro.client.workflow.WorkflowBuilder;
import org.maestro.dsl.yaml.CanonicalJson;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.model.definition.FailureMode;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamType;

/** The golden definitions in Java give the same bytes as in YAML. */
class GoldenBuildersTest {
  private static final Map<String, WorkflowBuilder> GOLDEN =
      Map.ofEntries(
          entry("01-minimal", minimal()),
          entry("02-properties", properties()),
          entry("03-param-types", paramTypes()),
          entry("04-param-modes", paramModes()),
          entry("05-sequential", sequential()),
          entry("06-conditions", conditions()),
          entry("07-needs", needs()),
          entry("08-dag", dag()),
          entry("09-foreach", loops()),
          entry("10-while", whileLoops()),
          entry("11-subworkflow", subworkflows()),
          entry("12-retries", retryPolicies()),
          entry("13-time-triggers", timeTriggers()),
          entry("14-signal-triggers", signalTriggers()),
          entry("15-signals", signalsOfJobs()),
          entry("16-outputs", outputs()),
          entry("17-templates", templates()),
          entry("18-article", article()),
          entry("19-text", text()),
          entry("20-http-and-kubernetes", httpAndKubernetes()),
          entry("22-handlers", handlers()));

  private static WorkflowBuilder minimal() {
    return workflow("minimal").jobs(job("only", StepType.NOOP));
  }

  private static WorkflowBuilder properties() {
    return workflow("properties")
        .name("All properties")
        .description("What a workflow can say about itself.\nIn two lines.\n")
        .owner("tester")
        .runStrategy(RunStrategy.Rule.PARALLEL)
        .workflowConcurrency(5)
        .stepConcurrency(50)
        .instanceStepConcurrency(20)
        .tags("finance")
        .tag("gold", ordered("namespace", "USER_DEFINED", "colour", "yellow"))
        .timeout("6h")
        .criticality("high")
        .jobs(job("only", StepType.NOOP))
        .property("description", "Belongs to all versions")
        .property(
            "alerting",
            ordered(
                "emails",
                List.of("team@example.org"),
                "tct",
                ordered("completed_by_hour", 6, "tz", "UTC")))
        .property("time_trigger_disabled", true)
        .active(false)
        .gitInfo(ordered("branch", "main", "sha", "121ef7b"))
        .extraInfo("source", "golden");
  }

  private static WorkflowBuilder paramTypes() {
    return workflow("param-types")
        .param("text", "hello")
        .param("number", 42)
        .param("negative", -7)
        .param("big", Long.MAX_VALUE)
        .param("ratio", 0.25)
        .param("whole_ratio", value(ParamType.DOUBLE, 5))
        .param("tiny", new BigDecimal("1e-7"))
        .param("flag", true)
        .param("zip", "01234")
        .param("answer", "no")
        .param("day", "2021-01-01")
        .param("names", List.of("a", "b"))
        .param("numbers", List.of(1, 2, 3))
        .param("ratios", List.of(1, 2.5))
        .param("flags", List.of(true, false))
        .param("none", List.of())
        .param("no_numbers", value(ParamType.LONG_ARRAY, List.of()))
        .param("labels", ordered("team", "data", "stage", "prod"))
        .param("no_labels", value(ParamType.STRING_MAP, Map.of()))
        .param("nothing", Map.of())
        .param(
            "settings",
            ordered(
                "image",
                "python:3",
                "retries",
                3,
                "nested",
                Map.of("deep", List.of(1, 2)),
                "computed",
                sel(ParamType.LONG, "1 + 2")))
        .param("typed", value(ParamType.MAP, Map.of("a", "x")))
        .jobs(job("only", StepType.NOOP));
  }

  private static WorkflowBuilder paramModes() {
    return workflow("param-modes")
        .param("a", value(1).mode(ParamMode.MUTABLE))
        .param("b", value(1).mode(ParamMode.MUTABLE_ON_START))
        .param("c", value(1).mode(ParamMode.MUTABLE_ON_START_RESTART))
        .param("d", value(1).mode(ParamMode.IMMUTABLE))
        .param("e", value(1).mode(ParamMode.CONSTANT))
        .param("f", sel(ParamType.LONG, "a + 1").mode(ParamMode.CONSTANT))
        .param("g", sel("'text ' + a"))
        .param("h", sel(ParamType.LONG_ARRAY, "Util.dateIntsBetween(20200101, 20200110, 1)"))
        .param("i", sel(ParamType.DOUBLE, "a * 0.5"))
        .param("j", sel(ParamType.BOOLEAN, "a > 0"))
        .param(
            "checked", value(5).mode(ParamMode.IMMUTABLE).validator("param > 0").tags("important"))
        .jobs(job("only", StepType.NOOP).param("local", sel(ParamType.LONG, "a + 1")));
  }

  private static WorkflowBuilder sequential() {
    return workflow("sequential")
        .sequential()
        .jobs(
            job("first", StepType.NOOP), job("second", StepType.NOOP), job("third", StepType.NOOP));
  }

  private static WorkflowBuilder conditions() {
    return workflow("conditions")
        .param("x", 15)
        .jobs(
            job("decide", StepType.NOOP)
                .thenIf("x < 0", "negative")
                .thenIf("x == 0", "zero")
                .otherwise("positive"),
            job("negative", StepType.NOOP).then("join"),
            job("zero", StepType.NOOP).then("join"),
            job("positive", StepType.NOOP).thenIf("params.getFromStep('decide', 'y') > 0", "join"),
            job("join", StepType.NOOP));
  }

  private static WorkflowBuilder needs() {
    return workflow("needs")
        .jobs(
            job("extract", StepType.NOOP),
            job("left", StepType.NOOP).needs("extract"),
            job("right", StepType.NOOP).needs("extract"),
            job("report", StepType.NOOP).needs("left", "right"));
  }

  private static WorkflowBuilder handlers() {
    return workflow("handlers")
        .jobs(job("load", StepType.SHELL).param("script", "./load"))
        .onFailure(
            job("tell", StepType.SHELL).param("script", "./tell '${failed_step}: ${failed_error}'"),
            job("file_ticket", StepType.NOOP).needs("tell"))
        .onSuccess(job("celebrate", StepType.NOOP))
        .onEnd(job("clean", StepType.SHELL).param("script", "./clean ${run_status}"));
  }

  private static WorkflowBuilder dag() {
    return workflow("dag")
        .param("size", 5)
        .jobs(
            job("a", StepType.NOOP).then("b").thenIf("size > 3", "c"),
            job("b", StepType.NOOP).then("d"),
            job("c", StepType.NOOP).then("d"),
            job("d", StepType.NOOP));
  }

  private static WorkflowBuilder loops() {
    return workflow("foreach")
        .jobs(
            job("days", StepType.NOOP)
                .param(
                    "dates",
                    sel(ParamType.LONG_ARRAY, "Util.dateIntsBetween(20210101, 20210201, 1)")),
            foreach("each_day")
                .concurrency(10)
                .strictOrdering(true)
                .loop("date", "${dates@days}")
                .loop("region", List.of("eu", "us"))
                .range("hour", 0, 24, 1)
                .range("part", 10, 100, 10)
                .param("table", "orders")
                .jobs(
                    job("load", StepType.SHELL)
                        .param("script", "echo \"${date} ${hour} ${region}\""),
                    foreach("each_shard")
                        .maxFailures("10%")
                        .loop("shard", List.of(1, 2, 3))
                        .sequential()
                        .jobs(job("check", StepType.NOOP), job("move", StepType.NOOP))));
  }

  private static WorkflowBuilder whileLoops() {
    return workflow("while")
        .jobs(
            whileLoop("poll", "attempt < 10 && !done")
                .loop("attempt", 1)
                .loop("done", false)
                .jobs(
                    job("ask", StepType.NOOP)
                        .param("attempt", sel(ParamType.LONG, "attempt + 1"))
                        .param("done", sel(ParamType.BOOLEAN, "attempt > 5"))));
  }

  private static WorkflowBuilder subworkflows() {
    return workflow("subworkflow")
        .parallel()
        .jobs(
            subworkflow("validation"),
            subworkflow("other")
                .workflowId("somebody-elses")
                .version("7")
                .sync(false)
                .explicitParams(true)
                .param("day", 20210101),
            subworkflow("dynamic")
                .param("subworkflow_id", sel("'load-' + region"))
                .param("region", "eu"));
  }

  private static WorkflowBuilder retryPolicies() {
    return workflow("retries")
        .param("tries", 3)
        .jobs(
            job("simple", StepType.NOOP).retry(3),
            job("computed", StepType.NOOP).retry("$tries").timeout("${tries}min"),
            job("kinds", StepType.NOOP)
                .timeout("90")
                .retry(
                    retries(3).platform(10).timeouts(1).delay("1min").exponent(2).maxDelay("1h")),
            job("fixed", StepType.NOOP).retry(retries(2).fixed().delay("30")),
            job("exact", StepType.NOOP)
                .failureMode(FailureMode.IGNORE_FAILURE)
                .retry(
                    retries(5)
                        .exactly(
                            "backoff",
                            ordered(
                                "type",
                                "EXPONENTIAL_BACKOFF",
                                "error_retry_backoff_in_secs",
                                10,
                                "platform_retry_exponent",
                                3))));
  }

  private static WorkflowBuilder timeTriggers() {
    return workflow("time-triggers")
        .trigger(cron("0 6 * * *").timezone("Europe/Berlin").fuzzyMaxDelay("5min"))
        .trigger(cron("@daily"))
        .trigger(
            every("90min")
                .start("2026-01-01")
                .end("2027-01-01T00:00:00Z")
                .catchUp(TimeTrigger.CatchUp.LATEST))
        .trigger(every("7200").catchUp(TimeTrigger.CatchUp.NONE))
        .jobs(job("only", StepType.NOOP));
  }

  private static WorkflowBuilder signalTriggers() {
    return workflow("signal-triggers")
        .trigger(signals().on(signal("db/orders")))
        .trigger(
            signals()
                .on(
                    signal("db/users")
                        .match("kind", "full")
                        .match("watermark", MatchOperator.GREATER_OR_EQUAL, 12345)
                        .joinKeys("region")))
        .trigger(
            signals()
                .on(
                    signal("db/orders")
                        .match("day", MatchOperator.GREATER, 20260101)
                        .joinKeys("region"),
                    signal("db/users").joinKeys("area"))
                .condition("1 < 2")
                .dedupExpr("'once'")
                .param("who", "signal")
                .param("day", sel(ParamType.LONG, "params.getFromSignal('db/orders', 'day')")))
        .trigger(signals().on(signal("a"), signal("b")))
        .jobs(job("only", StepType.NOOP));
  }

  private static WorkflowBuilder signalsOfJobs() {
    var day = sel(ParamType.LONG, "Util.tsToDateInt(RUN_TS)");
    return workflow("signals")
        .param("region", "eu")
        .jobs(
            job("load", StepType.NOOP)
                .waitFor(
                    signal("db/orders"),
                    signal("db/users/${region}")
                        .match("region", "${region}")
                        .match("day", MatchOperator.GREATER_OR_EQUAL, day))
                .announces(
                    signal("reports/started"),
                    signal("reports/loaded")
                        .param("region", "eu")
                        .param("day", day)
                        .payload(ordered("rows", List.of(1, 2), "by", "load", "empty", null))));
  }

  private static WorkflowBuilder outputs() {
    return workflow("outputs")
        .jobs(
            job("count", StepType.SHELL)
                .param("script", "echo counting")
                .outputs(
                    "message",
                    "rows<long>",
                    "ratio<double>",
                    "ok<boolean>",
                    "dates<array<long>>",
                    "labels<map>",
                    "more<pmap>"),
            job("guess", StepType.SHELL)
                .param("script", "echo guessing")
                .output("rows", 10)
                .output("region", "eu"),
            job("report", StepType.SHELL).param("script", "echo ${rows@count} ${region@guess}"));
  }

  private static WorkflowBuilder templates() {
    return workflow("templates")
        .jobs(
            job("by_type", "ingest").typeVersion("v1").param("table", "orders"),
            job("by_sub_type", StepType.NOTEBOOK)
                .subType("shell")
                .subTypeVersion("v2")
                .param("notebook", Map.of("input_path", "demo.ipynb")),
            template("by_wrapper", "ingest").version("v1"));
  }

  private static WorkflowBuilder article() {
    return workflow("demo.pipeline")
        .param("FROM_DATE", 20210101)
        .param("TO_DATE", 20220101)
        .jobs(
            job("step1", StepType.NOOP)
                .param(
                    "dates",
                    sel(ParamType.LONG_ARRAY, "Util.dateIntsBetween(FROM_DATE, TO_DATE, 1);")),
            foreach("step2")
                .loop("date", "${dates@step1}")
                .jobs(
                    job("backfill", StepType.NOTEBOOK)
                        .param("notebook", Map.of("input_path", "s3://path/to/notebook.ipynb"))
                        .param("arg1", "$date")));
  }

  private static WorkflowBuilder text() {
    return workflow("text")
        .param("quotes", "it's \"quoted\"")
        .param("backslash", "C:\\temp")
        .param("colon", "a: b")
        .param("hash", "a #b")
        .param("block", "line one\n  indented\n\nlast\n")
        .param("folded", "one line")
        .param("unicode", "äöü ☃ 😀")
        .param("escape", "tab\there \u0007 bell")
        .param("empty", "")
        .param("blank", " ")
        .param("null_text", "null")
        .param("number_text", "5")
        .param("dollar", "costs $$5")
        .param("url", "https://example.org/a?b=c&d=e#f")
        .jobs(job("only", StepType.NOOP));
  }

  private static WorkflowBuilder httpAndKubernetes() {
    return workflow("http-and-kubernetes")
        .owner("tester", Map.of("AUTH_BLOB", "opaque"))
        .runStrategy(RunStrategy.Rule.STRICT_SEQUENTIAL)
        .sequential()
        .jobs(
            job("call", StepType.HTTP)
                .param(
                    "http",
                    ordered(
                        "url",
                        "http://localhost:8080/api/v3/workflows",
                        "method",
                        "POST",
                        "headers",
                        Map.of("Content-Type", "application/json"),
                        "body",
                        "{}"))
                .param(
                    "state_expr",
                    "if (status_code == 404) return \"DONE\"; else return \"FATAL_ERROR\";\n"),
            job("pod", StepType.KUBERNETES)
                .name("A pod")
                .description("Prints two words")
                .tags("cluster-a")
                .failureMode(FailureMode.FAIL_IMMEDIATELY)
                .param(
                    "kubernetes",
                    ordered(
                        "image",
                        "busybox",
                        "command",
                        List.of("echo"),
                        "args",
                        List.of("hello", "world"),
                        "env",
                        Map.of("A", "b"))));
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  /** Predecessors, which are only checked, are JSON's alone. */
  private static final Set<String> WITHOUT_BUILDER = Set.of("21-json-form");

  static Stream<String> names() {
    return new TreeSet<>(GOLDEN.keySet()).stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void javaGivesTheCanonicalJson(String name) throws IOException {
    assertThat(json(GOLDEN.get(name))).isEqualTo(golden(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void javaGivesYamlThatMeansTheSame(String name) {
    var yaml = GOLDEN.get(name).toYaml();
    var read = Definitions.read(yaml, name);
    assertThat(read.problems()).as(read.rendered()).isEmpty();
    assertThat(read.json()).isEqualTo(json(GOLDEN.get(name)));
  }

  private static String json(WorkflowBuilder workflow) {
    return switch (Definitions.ofTree(workflow.tree())) {
      case Read.Ok<PushRequest>(var push) -> CanonicalJson.text(push);
      case Read.Bad<PushRequest>(var problems) -> problems.toString();
    };
  }

  private static String golden(String name) throws IOException {
    try (var in = GoldenBuildersTest.class.getResourceAsStream("/golden/" + name + ".json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyGoldenDefinitionHasItsBuilder() throws IOException, URISyntaxException {
    var folder = Path.of(GoldenBuildersTest.class.getResource("/golden").toURI());
    try (var files = Files.list(folder)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".json"))
                  .map(name -> name.replace(".json", ""))
                  .filter(name -> !WITHOUT_BUILDER.contains(name)))
          .containsExactlyInAnyOrderElementsOf(GOLDEN.keySet());
    }
  }

  @Test
  void everythingThatIsWrongIsFoundAtOnce() {
    var wrong =
        workflow("wrong")
            .timeout("soon")
            .jobs(job("a", StepType.NOOP).then("nowhere"), job("b", StepType.NOOP).needs("c"));
    var read = Definitions.ofTree(wrong.tree());
    assertThat(read instanceof Read.Bad<PushRequest>(var problems) ? problems : List.of())
        .hasSize(3);
  }
}

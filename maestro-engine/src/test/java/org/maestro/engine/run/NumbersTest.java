package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Numbers from every door, at their extremes: accepted ones can be read ever after. */
class NumbersTest {
  private final TestDatabase database = TestDatabase.create();

  @TempDir private Path dir;

  private TestEngine engine;
  private EngineClient client;

  @AfterEach
  void stop() {
    engine.close();
    database.close();
  }

  private void startEngine() {
    engine = TestEngine.start(database, "maestro.step.shell.data-dir=" + dir.resolve("steps"));
    client = new EngineClient(engine);
  }

  private static Map<String, Object> extremes() {
    var params = new LinkedHashMap<String, Object>();
    for (var number :
        List.of("1e20", "-1e30", "1e308", "1e999", "-1e-999", "9223372036854775808", "-0.0")) {
      params.put("d" + params.size(), param("DOUBLE", new BigDecimal(number)));
      params.put("t" + params.size(), param("DOUBLE", number));
    }
    params.put("ds", param("DOUBLE_ARRAY", List.of(new BigDecimal("1e20"), 5L)));
    params.put("l", param("LONG", Long.MIN_VALUE));
    params.put("s", param("STRING", "\uD7FF\uE000\uFFFF\u0001\uD83D\uDE00"));
    params.put("m", param("MAP", Map.of("inner", param("DOUBLE", new BigDecimal("1e25")))));
    params.put("x", expression("DOUBLE", "1.0e15 * 1.0e15"));
    params.put(
        "xm", expression("MAP", "Map m = new HashMap(); m.put('k', 1.0e15 * 1.0e15); return m;"));
    return params;
  }

  private void everyReaderAnswers(RunName run) {
    var instances = "/api/v3/workflows/" + run.workflowId() + "/instances";
    var one = instances + "/" + run.instance();
    for (var path :
        List.of(
            instances + "?first=5",
            instances + "?first=5&aggregated=true",
            one,
            one + "/runs/" + run.run() + "?enriched=true&aggregated=true",
            one + "/runs/" + run.run() + "/steps",
            one + "/runs/" + run.run() + "/why",
            "/api/v3/workflows/" + run.workflowId() + "/versions/latest")) {
      var answer = engine.call("GET", path, null);
      assertThat(answer.status()).as(path + " " + answer.text()).isEqualTo(200);
    }
  }

  @Test
  void whatIsAcceptedCanBeReadRunOnAndRunAgain() {
    startEngine();
    client.push(
        workflow(
            "extremes",
            Map.of("params", extremes()),
            List.of(
                sleep("s", 3, "t"), noop("t", List.of(), params("p", param("STRING", "$d0"))))));
    var run = client.start("extremes", Map.of("run_params", extremes()));
    client.reached(run, "s", "RUNNING");
    var before = client.instance(run).get("params");
    everyReaderAnswers(run);

    engine.close();
    startEngine();

    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(client.instance(run).get("params")).isEqualTo(before);
    assertThat(value(client.step(run, "t"), "p")).isEqualTo("100000000000000000000.0");
    everyReaderAnswers(run);
    var again = client.restart(run, "RESTART_FROM_BEGINNING");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
    everyReaderAnswers(again);
    for (var name : List.of("d0", "x", "xm", "m", "ds")) {
      assertThat(value(client.instance(again), name)).isEqualTo(value(client.instance(run), name));
    }
  }

  @Test
  void oneDoubleHasOneTextWhicheverWayItCame() {
    startEngine();
    var ways = new LinkedHashMap<String, Object>();
    ways.put("whole", param("DOUBLE", 10_000_000_000L));
    ways.put("exponent", param("DOUBLE", new BigDecimal("1e10")));
    ways.put("scientific", param("DOUBLE", new BigDecimal("1.0E+10")));
    ways.put("text", param("DOUBLE", "10000000000.00"));
    ways.put("computed", expression("DOUBLE", "1.0e5 * 1.0e5"));
    ways.put("concat", expression("STRING", "'' + computed"));
    ways.put("given", param("DOUBLE", 1L));
    var names = String.join(" ", ways.keySet().stream().map(name -> "${" + name + "}").toList());
    client.push(
        workflow(
            "texts",
            Map.of("params", ways),
            List.of(
                shell(
                    "job",
                    "printf '{\"said\": \"%s\", \"made\": 1e10}' \"$$TEN\" > \"$$MAESTRO_OUTPUT\"",
                    List.of("after"),
                    params(
                        "env",
                        param("MAP", Map.of("TEN", param("DOUBLE", new BigDecimal("1e10")))),
                        "said",
                        param("STRING", ""),
                        "made",
                        param("DOUBLE", 0L))),
                noop(
                    "after",
                    List.of(),
                    params("all", param("STRING", names + " ${made@job} ${said@job}"))))));
    var run =
        client.start(
            "texts",
            Map.of("run_params", Map.of("given", param("DOUBLE", new BigDecimal("1e10")))));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    var texts = ((String) value(client.step(run, "after"), "all")).split(" ");
    assertThat(texts).hasSize(9).containsOnly("10000000000.0");
    for (var name : List.of("whole", "exponent", "scientific", "text", "computed", "given")) {
      assertThat(value(client.instance(run), name))
          .as(name)
          .isEqualTo(new BigDecimal("10000000000.0"));
    }
  }

  @Test
  void aLongIsALongHoweverItIsWritten() {
    startEngine();
    client.push(
        workflow(
            "longs",
            params("n", param("LONG", new BigDecimal("5.0"))),
            List.of(
                shell(
                    "job",
                    "printf '{\"a\": 5.0, \"b\": {\"type\": \"LONG\", \"value\": 5e0},"
                        + " \"big\": 123456789012345678901234567890}' > \"$$MAESTRO_OUTPUT\"",
                    List.of(),
                    params(
                        "a",
                        param("LONG", 0),
                        "b",
                        param("LONG", 0),
                        "big",
                        param("DOUBLE", 0))))));
    var run =
        client.start(
            "longs", Map.of("run_params", Map.of("n", param("LONG", new BigDecimal("7e0")))));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    assertThat(value(client.instance(run), "n")).isEqualTo(7L);
    assertThat(value(client.step(run, "job"), "a")).isEqualTo(5L);
    assertThat(value(client.step(run, "job"), "b")).isEqualTo(5L);
    assertThat(value(client.step(run, "job"), "big"))
        .isEqualTo(new BigDecimal("123456789012345678901234567890.0"));
    var refused =
        client.tryStart(
            "longs", Map.of("run_params", Map.of("n", param("LONG", new BigDecimal("5.5")))));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("/run_params/n/value").contains("5.5");
  }

  @Test
  void aRowThatCantBeReadIsShownAsSuchAndHidesNoOther() {
    startEngine();
    client.push(workflow("spoilt", noop("s")));
    var good = client.start("spoilt");
    client.ended(good);
    var bad = client.start("spoilt");
    client.ended(bad);
    for (var change :
        List.of(
            "workflow_run SET facts = CAST(jsonb_set(CAST(facts AS jsonb), '{params}', '5') AS"
                + " text)",
            "step_attempt SET facts = '5'")) {
      assertThat(
              database
                  .jdbc()
                  .sql("UPDATE " + change + " WHERE workflow_id = 'spoilt' AND instance_id = ?")
                  .param(bad.instance())
                  .update())
          .isEqualTo(1);
    }
    everyReaderAnswers(good);
    everyReaderAnswers(bad);
    var list = engine.call("GET", "/api/v3/workflows/spoilt/instances?first=5", null);
    assertThat((List<?>) list.at("elements")).hasSize(2);
    assertThat(list.text()).contains("This run can't be read: ");
    assertThat(client.instance(bad)).containsEntry("status", "SUCCEEDED");
    assertThat(client.instance(bad).get("timeline").toString()).contains("can't be read");
    assertThat(client.step(bad, "s").get("timeline").toString()).contains("can't be read");
  }
}

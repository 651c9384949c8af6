package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.typed;
import static org.maestro.engine.Workflows.workflow;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** What runs after a run has ended: when, with which params, and what it doesn't change. */
class HandlersTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @TempDir static Path dir;

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine =
        TestEngine.start(
            DATABASE,
            "maestro.step.shell.data-dir=" + dir.resolve("steps"),
            "maestro.step.http.allow-list=127.0.0.1");
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  /** All three, each with a step that keeps what it read. */
  private static Map<String, Object> withHandlers(String id, List<Map<String, Object>> steps) {
    return workflow(
        id,
        Map.of(
            "params",
            Map.of("day", param("STRING", "20260101")),
            "on_failure",
            List.of(reader("tell_failure")),
            "on_success",
            List.of(reader("tell_success")),
            "on_end",
            List.of(reader("clean"))),
        steps);
  }

  private static Map<String, Object> reader(String id) {
    return noop(
        id,
        List.of(),
        params(
            "read",
            param(
                "STRING",
                "${run_status} ${run_ref} ${failed_step}.${failed_attempt} ${failed_status} ${day}"),
            "because",
            param("STRING", "${run_message}|${failed_error}"),
            "all",
            Map.of("type", "STRING_ARRAY", "expression", "failed_steps")));
  }

  /** The runs of a run's handlers by the field of the definition, once they have ended. */
  private static Map<String, RunName> handlers(RunName run) {
    var found = new TreeMap<String, RunName>();
    if (client.instance(run).get("handlers") instanceof List<?> handlers) {
      for (var element : handlers) {
        var handler = (Map<?, ?>) element;
        var name =
            new RunName(
                (String) handler.get("workflow_id"),
                ((Number) handler.get("workflow_instance_id")).longValue(),
                ((Number) handler.get("workflow_run_id")).longValue());
        client.ended(name);
        found.put((String) handler.get("on"), name);
      }
    }
    return found;
  }

  private static Object read(RunName handler, String step) {
    return value(client.step(handler, step), "read");
  }

  @Test
  void afterAFailureTheyKnowWhatFailed() {
    var run =
        client.run(
            withHandlers(
                "fails",
                List.of(
                    noop("first", "bad"),
                    shell("bad", "exit 3", List.of("never"), NO_RETRY),
                    noop("never"))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    var handlers = handlers(run);
    assertThat(handlers).containsOnlyKeys("on_failure", "on_end");
    var told = handlers.get("on_failure");
    assertThat(client.status(told)).isEqualTo("SUCCEEDED");
    assertThat(read(told, "tell_failure"))
        .isEqualTo("FAILED fails#1.1 bad.1 FATALLY_FAILED 20260101");
    assertThat(value(client.step(told, "tell_failure"), "all")).isEqualTo(List.of("bad"));
    assertThat(value(client.step(told, "tell_failure"), "because").toString()).contains("3");
    assertThat(read(handlers.get("on_end"), "clean")).isEqualTo(read(told, "tell_failure"));
  }

  @Test
  void afterASuccessNothingHasFailed() {
    var run = client.run(withHandlers("succeeds", List.of(noop("a"))));
    var handlers = handlers(run);
    assertThat(handlers).containsOnlyKeys("on_success", "on_end");
    assertThat(read(handlers.get("on_success"), "tell_success"))
        .isEqualTo("SUCCEEDED succeeds#1.1 .0  20260101");
  }

  @Test
  void whatIsKilledHasFailedWhatIsStoppedHasOnlyEnded() {
    client.push(
        withHandlers("ended", List.of(sleep("long", 600))),
        Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 10)));
    var killed = client.start("ended");
    client.reached(killed, "long", "RUNNING");
    client.action(killed, "kill");
    client.ended(killed);
    assertThat(handlers(killed)).containsOnlyKeys("on_failure", "on_end");
    assertThat(read(handlers(killed).get("on_end"), "clean").toString())
        .startsWith("FAILED ended#1.1 long.1 FATALLY_FAILED");

    var stopped = client.start("ended");
    client.reached(stopped, "long", "RUNNING");
    client.action(stopped, "stop");
    client.ended(stopped);
    assertThat(handlers(stopped)).containsOnlyKeys("on_end");
    assertThat(read(handlers(stopped).get("on_end"), "clean").toString())
        .startsWith("STOPPED ended#2.1 ");
  }

  @Test
  void aRunThatTimesOutHasFailed() {
    var definition = new LinkedHashMap<>(withHandlers("late", List.of(sleep("long", 600))));
    definition.put("timeout", 1);
    var run = client.run(definition);
    assertThat(client.status(run)).isEqualTo("TIMED_OUT");
    assertThat(read(handlers(run).get("on_failure"), "tell_failure").toString())
        .startsWith("TIMED_OUT late#1.1 long.1 TIMED_OUT");
  }

  @Test
  void whatNeverBeganHasNoHandlers() {
    client.push(
        withHandlers("queued", List.of(sleep("long", 600))),
        Map.of("run_strategy", Map.of("rule", "SEQUENTIAL")));
    var first = client.start("queued");
    client.reached(first, "long", "RUNNING");
    var second = client.start("queued");
    client.action(second, "stop");
    client.ended(second);
    assertThat(handlers(second)).isEmpty();
    client.action(first, "stop");
    client.ended(first);
  }

  @Test
  void aHandlerThatFailsIsTakenNoNoticeOfButSaid() {
    var run =
        client.run(
            workflow(
                "unheard",
                Map.of("on_end", List.of(shell("tell", "exit 4", List.of(), NO_RETRY))),
                List.of(noop("a"))));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var handler = handlers(run).get("on_end");
    assertThat(client.status(handler)).isEqualTo("FAILED");
    var why = engine.call("GET", run.path() + "/why", null);
    assertThat(why.text()).contains("HANDLER_FAILED").contains(handler.workflowId());

    // It can be run again by its own name; the run stays as it is.
    var again = client.restart(handler, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(again)).isEqualTo("FAILED");
    assertThat(again.run()).isEqualTo(2);
    assertThat(again.workflowId()).isEqualTo(handler.workflowId());
    assertThat(handlers(run).get("on_end").run()).isEqualTo(2);
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
  }

  @Test
  void theNextInstanceDoesNotWaitForThem() {
    client.push(
        workflow("ahead", Map.of("on_end", List.of(sleep("slow", 600))), List.of(noop("a"))),
        Map.of("run_strategy", Map.of("rule", "SEQUENTIAL")));
    var first = client.start("ahead");
    assertThat(client.ended(first)).isEqualTo("SUCCEEDED");
    assertThat(client.ended(client.start("ahead"))).isEqualTo("SUCCEEDED");
    for (var instance = 1; instance <= 2; instance++) {
      var run = new RunName("ahead", instance, 1);
      var handler = ((Map<?, ?>) ((List<?>) client.instance(run).get("handlers")).getFirst());
      assertThat(handler.get("status")).isEqualTo("IN_PROGRESS");
      var name = new RunName((String) handler.get("workflow_id"), 1, 1);
      client.action(name, "kill");
      assertThat(client.ended(name)).isEqualTo("FAILED");
      assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    }
  }

  @Test
  void everyRunOfAnInstanceHasItsOwn() {
    var run =
        client.run(withHandlers("again", List.of(shell("bad", "exit 3", List.of(), NO_RETRY))));
    var second = client.restart(run, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(second)).isEqualTo("FAILED");
    assertThat(read(handlers(second).get("on_failure"), "tell_failure").toString())
        .startsWith("FAILED again#1.2 bad.1");
    assertThat(handlers(run).get("on_failure").instance()).isEqualTo(1);
    assertThat(handlers(second).get("on_failure").instance()).isEqualTo(2);
    assertThat(read(handlers(run).get("on_failure"), "tell_failure").toString())
        .startsWith("FAILED again#1.1 bad.1");
  }

  @Test
  void aChildHasItsOwnAndItsParentDoesNotWaitForThem() {
    client.push(withHandlers("child", List.of(shell("bad", "exit 3", List.of(), NO_RETRY))));
    var run = client.run(withHandlers("parent", List.of(subworkflow("call", "child", true))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(read(handlers(run).get("on_failure"), "tell_failure").toString())
        .startsWith("FAILED parent#1.1 call.1");
    var child = client.child(run, "call");
    assertThat(read(handlers(child).get("on_failure"), "tell_failure").toString())
        .startsWith("FAILED child#1.1 bad.1");
  }

  @Test
  void iterationsHaveNoneAndHandlersMayLoop() {
    var loop =
        foreach(
            "each",
            Map.of("i", param("LONG_ARRAY", List.of(1, 2, 3))),
            List.of(noop("one")),
            List.of());
    var run =
        client.run(
            workflow(
                "loops",
                Map.of(
                    "on_end",
                    List.of(
                        foreach(
                            "tell_each",
                            Map.of("who", param("STRING_ARRAY", List.of("ada", "bob"))),
                            List.of(
                                noop(
                                    "tell",
                                    List.of(),
                                    params("read", param("STRING", "${who} ${run_status}")))),
                            List.of()))),
                List.of(loop)));
    assertThat(client.status(run)).isEqualTo("SUCCEEDED");
    var handler = handlers(run).get("on_end");
    assertThat(client.status(handler)).isEqualTo("SUCCEEDED");
    var artifact =
        (Map<?, ?>)
            ((Map<?, ?>) client.step(handler, "tell_each").get("artifacts")).get("maestro_foreach");
    var iteration = new RunName((String) artifact.get("foreach_workflow_id"), 2, 1);
    assertThat(value(client.step(iteration, "tell"), "read")).isEqualTo("bob SUCCEEDED");
    var inner =
        (Map<?, ?>) ((Map<?, ?>) client.step(run, "each").get("artifacts")).get("maestro_foreach");
    assertThat(client.instance(new RunName((String) inner.get("foreach_workflow_id"), 1, 1)))
        .doesNotContainKey("handlers");
  }

  @Test
  void anHttpStepTellsAWebhook() throws IOException {
    var bodies = new LinkedBlockingQueue<String>();
    var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      var request =
          Map.of(
              "url",
              param("STRING", "http://127.0.0.1:%d/hook".formatted(server.getAddress().getPort())),
              "method",
              param("STRING", "POST"),
              "body",
              expression(
                  "STRING",
                  "\"{'text': '\" + run_ref + \" ended \" + run_status + \": \" + failed_step + \"'}\""));
      var run =
          client.run(
              workflow(
                  "hooked",
                  Map.of(
                      "on_failure",
                      List.of(
                          typed("tell", "Http", List.of(), Map.of("http", param("MAP", request))))),
                  List.of(shell("bad", "exit 3", List.of(), NO_RETRY))));
      assertThat(client.status(handlers(run).get("on_failure"))).isEqualTo("SUCCEEDED");
      assertThat(bodies).containsExactly("{'text': 'hooked#1.1 ended FAILED: bad'}");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theyGoWithTheirWorkflow() {
    var run = client.run(withHandlers("gone", List.of(noop("a"))));
    var handler = handlers(run).get("on_end");
    assertThat(engine.call("DELETE", "/api/v3/workflows/gone", null).status()).isBetween(200, 299);
    awaitUntil(
        "the handler's run is deleted",
        () -> engine.call("GET", handler.path(), null).status() == 404,
        () -> engine.call("GET", handler.path(), null).text());
  }
}

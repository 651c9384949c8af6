package org.maestro.engine.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.workflow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Params that take long to evaluate hold up nobody but the run that they are for. */
class SlowParamsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  /** About 18 million operations, and the number of the instance. */
  private static final String SLOW =
      "s = 0; for (int i = 0; i < 220; i += 1) { for (int j = 0; j < 10000; j += 1) { s += 1; } }"
          + " s - 2200000 + params.getFromInstance('workflow_instance_id')";

  private static final Map<String, Object> MANY =
      Map.of("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 100));

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  private static Map<String, Object> withParams(String id, int count, String expression) {
    var params = new LinkedHashMap<String, Object>();
    for (var i = 0; i < count; i++) {
      params.put("p" + i, Map.of("type", "LONG", "expression", expression, "mode", "IMMUTABLE"));
    }
    var workflow = new LinkedHashMap<>(workflow(id, noop("s")));
    workflow.put("params", params);
    return workflow;
  }

  /** How long starts of some workflows take at most while something else is done. */
  private record Beside(TestEngine.Answer answer, Duration took, Duration longest) {
    /** Behind the same lock it would be half of it. */
    boolean isDelayed() {
      var part = took.dividedBy(4);
      var least = Duration.ofMillis(300);
      return longest.compareTo(part.compareTo(least) > 0 ? part : least) >= 0;
    }
  }

  /** The machine may delay a start now and then; a lock does so each time. */
  private static void assertNobodyIsDelayed(Beside first, Callable<Beside> again) throws Exception {
    var tries = new ArrayList<>(List.of(first));
    while (tries.getLast().isDelayed() && tries.size() < 3) {
      tries.add(again.call());
    }
    assertThat(tries.getLast().isDelayed()).as(tries.toString()).isFalse();
  }

  private static Beside beside(List<String> others, Callable<TestEngine.Answer> work)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var began = System.nanoTime();
      var slow = threads.submit(work);
      var longest = 0L;
      while (!slow.isDone()) {
        for (var other : others) {
          var sent = System.nanoTime();
          var answer = client.tryStart(other, Map.of());
          assertThat(answer.status()).as(answer.text()).isEqualTo(200);
          longest = Math.max(longest, System.nanoTime() - sent);
        }
      }
      return new Beside(
          slow.get(), Duration.ofNanos(System.nanoTime() - began), Duration.ofNanos(longest));
    }
  }

  @Test
  void aStartWithSlowParamsDelaysNoOther() throws Exception {
    client.push(withParams("slow", 5, SLOW), MANY);
    client.push(workflow("quick", noop("s")), MANY);
    client.start("quick");

    Callable<Beside> start =
        () -> beside(List.of("quick"), () -> client.tryStart("slow", Map.of()));
    var beside = start.call();

    var run = EngineClient.named(beside.answer());
    assertThat(run.instance()).isEqualTo(1);
    assertThat(value(client.instance(run), "p4")).isEqualTo(1L);
    assertNobodyIsDelayed(beside, start);
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
  }

  @Test
  void aRestartWithSlowParamsDelaysNoStartOfItsOwnWorkflow() throws Exception {
    client.push(withParams("restarted", 5, "params.getFromInstance('workflow_instance_id')"), MANY);
    var run = client.start("restarted");
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    // As the definition of the run was all the time.
    DATABASE
        .jdbc()
        .sql("UPDATE workflow_run SET facts = replace(facts, ?, ?) WHERE workflow_id = 'restarted'")
        .param("params.getFromInstance('workflow_instance_id')")
        .param(SLOW)
        .update();

    var latest = new AtomicReference<>(run);
    Callable<Beside> restart =
        () -> {
          client.ended(latest.get());
          var beside =
              beside(
                  List.of("restarted"),
                  () ->
                      client.tryRestart(
                          latest.get(), Map.of("restart_policy", "RESTART_FROM_BEGINNING")));
          latest.set(EngineClient.named(beside.answer()));
          return beside;
        };
    var beside = restart.call();

    var again = EngineClient.named(beside.answer());
    assertThat(again.run()).isEqualTo(2);
    assertThat(value(client.instance(again), "p0")).isEqualTo(1L);
    assertNobodyIsDelayed(beside, restart);
  }

  @Test
  void everyInstanceThatAsksForItsNumberGetsItsOwn() throws Exception {
    client.push(withParams("numbered", 1, "params.getFromInstance('workflow_instance_id')"), MANY);
    var runs = new ArrayList<RunName>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var starts =
          IntStream.range(0, 30)
              .mapToObj(i ->
                  threads.submit(
                      () -> client.start("numbered", Map.of("request_id", "request-" + i / 2))))
              .toList();
      for (var one : starts) {
        runs.add(one.get());
      }
    }
    assertThat(new HashSet<>(runs)).hasSize(15);
    for (var run : runs) {
      assertThat(value(client.instance(run), "p0")).isEqualTo(run.instance());
    }
    var latest = runs.stream().mapToLong(RunName::instance).max().orElseThrow();
    // The latest number that is shown has an instance, whatever was taken in vain after it.
    assertThat(
            engine
                .call("GET", "/api/v3/workflows/numbered/overview", null)
                .at("latest_instance_id"))
        .isEqualTo(latest);
    assertThat(client.start("numbered").instance()).isGreaterThan(latest);
  }

  @Test
  void aStartThatIsRefusedTakesNoNumber() {
    var workflow =
        withParams("refused", 1, "10 / n + params.getFromInstance('workflow_instance_id')");
    var params = new LinkedHashMap<Object, Object>((Map<?, ?>) workflow.get("params"));
    params.put("n", Map.of("type", "LONG", "value", 1));
    workflow.put("params", params);
    client.push(workflow, MANY);
    var refused = client.tryStart("refused", given(0));
    assertThat(refused.status()).as(refused.text()).isEqualTo(422);
    assertThat(client.start("refused", given(2)).instance()).isEqualTo(1);
  }

  private static Map<String, Object> given(long n) {
    return Map.of("run_params", Map.of("n", Map.of("type", "LONG", "value", n)));
  }
}

package org.maestro.engine.instance.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.whileLoop;
import static org.maestro.engine.Workflows.workflow;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** "Why?" asked at the top of a run, of what waits far below. */
@Timeout(120)
class WhyLoopsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Map<String, Object> PARALLEL =
      Map.of("run_strategy", Map.of("rule", "PARALLEL"));
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

  private static Map<String, Object> items(String name, Object... values) {
    return Map.of(name, param("LONG_ARRAY", List.of(values)));
  }

  /** A step that waits for a signal that nobody sends. */
  private static Map<String, Object> waiting(Map<String, Object> more) {
    return noop(
        "n", List.of(), Map.of("signal_dependencies", List.of(Map.of("name", "never"))), more);
  }

  private static RunName started(Map<String, Object> workflow) {
    client.push(workflow, PARALLEL);
    return client.start((String) workflow.get("id"));
  }

  private static String why(RunName run) {
    var answer =
        engine.call(
            "GET",
            "/api/v3/workflows/%s/instances/%d/why".formatted(run.workflowId(), run.instance()),
            null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  /** Waits until the answer has all of these, then ends the run. */
  private static void says(RunName run, String... texts) {
    awaitUntil(
        "why " + run + " says " + List.of(texts),
        () -> List.of(texts).stream().allMatch(why(run)::contains),
        () -> why(run));
    client.action(run, "kill");
    assertThat(client.ended(run)).isEqualTo("FAILED");
  }

  @Test
  void aSignalIsNamedWhereverItsStepStands() {
    client.push(workflow("waits", waiting(Map.of())), PARALLEL);
    var loop = foreach("f", items("i", 1, 2), List.of(waiting(Map.of())), List.of());

    says(
        started(workflow("in-foreach", loop)),
        "WAITING_FOR_ITERATIONS",
        "never",
        "\"running\":false");
    says(
        started(workflow("nested", foreach("g", items("j", 1, 2), List.of(loop), List.of()))),
        "iteration 0",
        "never");
    says(
        started(
            workflow(
                "in-while",
                whileLoop(
                    "w",
                    "i < 3",
                    Map.of("i", param("LONG", 1)),
                    List.of(waiting(params("i", expression("LONG", "i + 1"))))))),
        "WAITING_FOR_CHILD_RUN",
        "never");
    says(
        started(
            workflow(
                "child-of-iteration",
                foreach("f", items("i", 1), List.of(subworkflow("c", "waits", true)), List.of()))),
        "WAITING_FOR_CHILD_RUN",
        "waits",
        "never");
  }

  @Test
  void whoHoldsThePermitIsNamed() {
    engine.call("POST", "/api/v3/tag-permits", Map.of("tag", "one", "max_allowed", 1));
    var tagged = Map.<String, Object>of("tags", List.of("one"));

    says(
        started(
            workflow(
                "holds-itself",
                foreach(
                    "f",
                    items("i", 1),
                    List.of(sleep("n", 0, List.of(), tagged)),
                    List.of(),
                    tagged))),
        "one is held by 1 of 1 (step \\\"f\\\" of holds-itself");

    var holder = started(workflow("holder", sleep("h", 600, List.of(), tagged)));
    client.reached(holder, "h", "RUNNING");
    says(
        started(
            workflow(
                "queues",
                foreach(
                    "f", items("i", 1, 2), List.of(sleep("n", 0, List.of(), tagged)), List.of()))),
        "one is held by 1 of 1 (step \\\"h\\\" of holder",
        "1 wait ahead (step \\\"n\\\" of maestro_foreach");
    client.action(holder, "kill");
  }

  @Test
  void theWindowOfALoopAndTheNextAttemptAreTold() {
    says(
        started(
            workflow(
                "narrow",
                foreach(
                    "f",
                    items("i", 1, 2, 3),
                    List.of(sleep("n", 600)),
                    List.of(),
                    Map.of("concurrency", 1)))),
        "QUEUED=2",
        "at most 1 run at a time",
        "SLEEPING");
  }

  @Test
  void aRunThatItsStrategyStoppedSaysWhoWasThere() {
    client.push(
        workflow("first", sleep("s", 600)), Map.of("run_strategy", Map.of("rule", "FIRST_ONLY")));
    var there = client.start("first");
    var late = client.start("first");
    assertThat(why(late)).contains("FIRST_ONLY: instance 1 was there already, running");
    client.action(there, "kill");

    client.push(
        workflow("last", sleep("s", 600)), Map.of("run_strategy", Map.of("rule", "LAST_ONLY")));
    var replaced = client.start("last");
    client.reached(replaced, "s", "RUNNING");
    var newer = client.start("last");
    assertThat(client.ended(replaced)).isEqualTo("STOPPED");
    awaitUntil(
        "the replaced run names the newer one",
        () -> why(replaced).contains("the newer instance 2 replaces it"),
        () -> why(replaced));
    client.action(newer, "kill");

    client.push(
        workflow("one-by-one", sleep("s", 600)),
        Map.of("run_strategy", Map.of("rule", "SEQUENTIAL")));
    var runs =
        List.of(client.start("one-by-one"), client.start("one-by-one"), client.start("one-by-one"));
    assertThat(why(runs.get(2))).contains("running: [1]", "place 2 in the queue, behind [2]");
    client.workflowAction("one-by-one", "kill");
  }
}

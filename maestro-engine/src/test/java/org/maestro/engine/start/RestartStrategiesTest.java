package org.maestro.engine.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** Run strategies hold for restarts as for starts. */
class RestartStrategiesTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  @TempDir static Path dir;

  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE, "maestro.step.shell.data-dir=" + dir.resolve("steps"));
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  /** An instance whose file isn't there fails; one whose file is there runs until it may end. */
  private static void push(String id, Object strategy) {
    client.push(
        workflow(
            id,
            shell(
                "s",
                "if ! [ -e %1$s-$$N ]; then exit 3; fi; while ! [ -e %1$s-$$N-end ]; do sleep 0.05; done"
                    .formatted(dir.resolve(id))
                    .replace("$$N", "${workflow_instance_id}"),
                List.of(),
                NO_RETRY)),
        Map.of("run_strategy", strategy));
  }

  private static void may(RunName run, String what) throws IOException {
    Files.createFile(dir.resolve(run.workflowId() + '-' + run.instance() + what));
  }

  private static RunName failed(String id) {
    var run = client.start(id);
    assertThat(client.ended(run)).isEqualTo("FAILED");
    return run;
  }

  private static RunName running(String id, long instance) throws IOException {
    may(new RunName(id, instance, 1), "");
    var run = client.start(id);
    client.reached(run, "s", "RUNNING");
    return run;
  }

  @Test
  void aRestartQueuesBehindTheInstanceThatRuns() throws IOException {
    push("sequential", "SEQUENTIAL");
    var first = failed("sequential");
    var second = running("sequential", 2);
    may(first, "");
    var again = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(client.status(again)).isEqualTo("CREATED");
    may(second, "-end");
    client.reached(again, "s", "RUNNING");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
    may(first, "-end");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
  }

  @Test
  void aSkipThatRevivesARunQueuesAsWell() throws IOException {
    push("skip-queues", Map.of("rule", "PARALLEL", "workflow_concurrency", 1));
    var first = failed("skip-queues");
    var second = running("skip-queues", 2);
    client.stepAction(first, "s", "skip");
    var again = new RunName("skip-queues", 1, 2);
    assertThat(client.status(again)).isEqualTo("CREATED");
    may(second, "-end");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
  }

  @Test
  void aRestartIsRefusedWhereOnlyTheFirstMayRun() throws IOException {
    push("first-only", "FIRST_ONLY");
    var first = failed("first-only");
    var second = running("first-only", 2);
    var refused = client.tryRestart(first, Map.of());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("FIRST_ONLY", "found instance 2", "restart instance 1");
    assertThat(client.stepAction(first, "s", "skip").status()).isEqualTo(409);
    may(second, "-end");
    client.ended(second);
    may(first, "");
    may(first, "-end");
    assertThat(client.ended(client.restart(first, "RESTART_FROM_INCOMPLETE")))
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void aRestartReplacesWhatRunsWhereOnlyTheLastMayRun() throws IOException {
    push("last-only", "LAST_ONLY");
    var first = failed("last-only");
    var second = running("last-only", 2);
    may(first, "");
    may(first, "-end");
    var again = client.restart(first, "RESTART_FROM_INCOMPLETE");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
    assertThat(client.ended(second)).isEqualTo("STOPPED");
  }

  @Test
  void aRestartOfTheFailureThatHoldsBackComesBeforeThoseThatItHeldBack() throws IOException {
    push("strict", "STRICT_SEQUENTIAL");
    var first = failed("strict");
    var second = client.start("strict");
    assertThat(client.status(second)).isEqualTo("CREATED");
    may(first, "");
    may(second, "");
    var again = client.restart(first, "RESTART_FROM_INCOMPLETE");
    client.reached(again, "s", "RUNNING");
    assertThat(client.status(second)).isEqualTo("CREATED");
    may(first, "-end");
    may(second, "-end");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
    assertThat(client.ended(second)).isEqualTo("SUCCEEDED");
  }

  @Test
  void aRestartThatClimbsQueuesAtItsRoot() throws IOException {
    push("below", "PARALLEL");
    client.push(workflow("above", subworkflow("kid", "below", true)));
    var first = client.start("above");
    assertThat(client.ended(first)).isEqualTo("FAILED");
    may(new RunName("below", 2, 1), "");
    var second = client.start("above");
    client.reached(client.child(second, "kid"), "s", "RUNNING");
    var again = EngineClient.named(client.tryRestart(client.child(first, "kid"), Map.of()));
    assertThat(again).isEqualTo(new RunName("above", 1, 2));
    assertThat(client.status(again)).isEqualTo("CREATED");
    may(new RunName("below", 1, 1), "");
    may(new RunName("below", 1, 1), "-end");
    may(new RunName("below", 2, 1), "-end");
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
  }

  @Test
  void theStepIsToldWhoseQueuedChildIsReplaced() throws IOException {
    push("replaced", "SERIAL_LATEST_ONLY");
    client.push(workflow("waits-for-replaced", subworkflow("kid", "replaced", true)));
    var first = running("replaced", 1);
    var parent = client.start("waits-for-replaced");
    client.child(parent, "kid");
    client.start("replaced");
    assertThat(client.ended(parent)).isEqualTo("STOPPED");
    may(first, "-end");
  }
}

package org.maestro.engine.instance.why;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

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

/** "Why?" asked of what has failed: the cause, however far below. */
class FirstFailureTest {
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

  private static Map<?, ?> first(RunName run, String rest) {
    var why = engine.call("GET", run.path() + rest + "/why", null);
    var reasons = (List<?>) why.at("reasons");
    return (Map<?, ?>)
        reasons.stream()
            .filter(reason -> ((Map<?, ?>) reason).get("code").equals("FAILED_FIRST"))
            .findFirst()
            .orElseThrow(() -> new AssertionError(why.text()));
  }

  private static String message(Map<?, ?> reason) {
    return (String) reason.get("message");
  }

  @Test
  void aStepIsNamedWithItsCauseAndWhatItPrintedLast() {
    var run =
        client.run(
            workflow(
                "plain",
                noop("before", "job"),
                shell(
                    "job",
                    "seq 1 20; echo cannot open the table >&2; exit 3",
                    List.of("after"),
                    NO_RETRY),
                noop("after")));
    assertThat(client.status(run)).isEqualTo("FAILED");
    var reason = first(run, "");
    assertThat(message(reason))
        .startsWith("Failed first: step \"job\", attempt 1: ")
        .contains("3", "\n    cannot open the table\n", "restart it with that version");
    assertThat(reason.get("step_id")).isEqualTo("job");
    assertThat(reason.get("last_lines")).isEqualTo(List.of("cannot open the table"));
    var reasons = (List<?>) engine.call("GET", run.path() + "/why", null).at("reasons");
    assertThat(reasons.toString()).containsSubsequence("code=ENDED", "code=FAILED_FIRST");
    assertThat(((Map<?, ?>) reasons.get(1)).get("code")).isEqualTo("FAILED_FIRST");
  }

  @Test
  void whoKilledARunIsNamed() {
    client.push(workflow("killed", shell("job", "sleep 600", List.of(), NO_RETRY)));
    var run = client.start("killed");
    client.reached(run, "job", "RUNNING");
    client.action(run, "kill");
    assertThat(client.ended(run)).isEqualTo("FAILED");
    var reasons = (List<?>) engine.call("GET", run.path() + "/why", null).at("reasons");
    assertThat((String) ((Map<?, ?>) reasons.getFirst()).get("message"))
        .startsWith("The run ended FAILED: Killed by ");
  }

  @Test
  void withoutErrorsTheEndOfTheOutputIsShown() {
    var run = client.run(workflow("output", shell("job", "seq 1 20; exit 1", List.of(), NO_RETRY)));
    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(first(run, "").get("last_lines").toString())
        .isEqualTo("[11, 12, 13, 14, 15, 16, 17, 18, 19, 20]");
  }

  @Test
  void aFailureIsFollowedThroughLoopsAndChildren() {
    client.push(
        workflow(
            "leaf",
            foreach(
                "tables",
                Map.of("table", param("STRING_ARRAY", List.of("a", "b"))),
                List.of(shell("load", "echo ${table}; [ ${table} = a ]", List.of(), NO_RETRY)),
                List.of())));
    var run =
        client.run(
            workflow(
                "top",
                foreach(
                    "days",
                    Map.of("day", param("LONG_ARRAY", List.of(20260101, 20260102))),
                    List.of(subworkflow("call", "leaf", true)),
                    List.of(),
                    Map.of("concurrency", 1))));
    assertThat(client.status(run)).isEqualTo("FAILED");
    for (var asked : List.of(first(run, ""), first(run, "/steps/days"))) {
      assertThat(message(asked))
          .startsWith("Failed first: step \"load\" in days[0] (day=20260101) / call (leaf")
          .contains("/ tables[1] (table=b), attempt 1: ")
          .contains("\n    b\n");
    }
  }

  @Test
  void nothingIsNamedWhereNothingHasFailed() {
    var run = client.run(workflow("fine", noop("s")));
    var why = engine.call("GET", run.path() + "/why", null);
    assertThat(why.text()).contains("ENDED").doesNotContain("FAILED_FIRST");
  }
}

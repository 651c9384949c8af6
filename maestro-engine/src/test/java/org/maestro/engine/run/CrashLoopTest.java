package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineApplication;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.service.database.TestDatabase;
import org.maestro.zones.Zones;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Runs that end whichever process works at them, as one that needs too much memory does. */
class CrashLoopTest {
  private static final int MOST_DEATHS = 6;

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private final List<Process> processes = new ArrayList<>();
  private TestEngine engine;

  /** A node that ends at once when it comes to a step named {@code deadly}. */
  static final class Node {
    public static void main(String[] args) {
      Zones.install();
      new SpringApplication(EngineApplication.class, Deadly.class).run(args);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Deadly {
    @Bean
    @Primary
    Breakpoints deadly() {
      return (_, stepId) -> {
        if (stepId.equals("deadly")) {
          Runtime.getRuntime().halt(3);
        }
        return false;
      };
    }
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    if (engine != null) {
      engine.close();
    }
    database.close();
  }

  private EngineClient client() {
    engine = TestEngine.start(database);
    return new EngineClient(engine);
  }

  private String kept(RunName run, String column) {
    return database
        .jdbc()
        .sql(
            "SELECT coalesce(%s, '') FROM workflow_run WHERE workflow_id = ? AND instance_id = ?"
                .formatted(column))
        .param(run.workflowId())
        .param(run.instance())
        .query(String.class)
        .single();
  }

  private List<String> statuses() {
    return database
        .jdbc()
        .sql("SELECT workflow_id || '#' || instance_id || ' ' || status FROM workflow_run")
        .query(String.class)
        .list();
  }

  private Process start() {
    var log = dir.resolve("node-" + processes.size() + ".log");
    var process = TestEngine.startProcess(Node.class, database, log, "maestro.careful-for=8s");
    processes.add(process);
    return process;
  }

  private String tail() {
    try {
      var lines = Files.readAllLines(dir.resolve("node-" + (processes.size() - 1) + ".log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Nodes, each started when the one before it has ended, until one stays; how many ended. */
  private int endedUntil(java.util.function.BooleanSupplier reached) {
    for (int deaths = 0; deaths <= MOST_DEATHS; deaths++) {
      var process = start();
      try {
        for (int i = 0; i < 600; i++) {
          if (reached.getAsBoolean()) {
            assertThat(process.isAlive()).as(tail()).isTrue();
            return deaths;
          }
          if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
            assertThat(process.exitValue()).as(tail()).isEqualTo(3);
            break;
          }
        }
        assertThat(process.isAlive()).as("%s\n%s", statuses(), tail()).isFalse();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(
        "expected at most %d processes to end, found %s\n%s"
            .formatted(MOST_DEATHS, statuses(), tail()));
  }

  private static List<RunName> start(EngineClient client, String id, int count) {
    var runs = new ArrayList<RunName>();
    for (int i = 0; i < count; i++) {
      runs.add(client.start(id));
    }
    return runs;
  }

  private void killNode() throws InterruptedException {
    processes.getLast().destroyForcibly().waitFor();
  }

  @Test
  @Timeout(240)
  void aRunThatEndsTheProcessIsSetAsideAndAllOthersGoOn() throws InterruptedException {
    var client = client();
    var parallel = Map.<String, Object>of("run_strategy", Map.of("rule", "PARALLEL"));
    client.push(workflow("canary", sleep("s", 3, "t"), noop("t")), parallel);
    client.push(workflow("poison", sleep("s", 4, "deadly"), noop("deadly")), parallel);
    var canaries = start(client, "canary", 30);
    var poison = client.start("poison");
    client.reached(poison, "s", "RUNNING");
    engine.close();

    var deaths = endedUntil(() -> kept(poison, "status").equals("PAUSED"));

    assertThat(deaths).isBetween(4, 5);
    assertThat(kept(poison, "progress")).contains("processes ended while they were at work on it");
    for (var canary : canaries) {
      awaitUntil(canary + " ends", () -> kept(canary, "status").equals("SUCCEEDED"), this::tail);
    }
    killNode(); // without a word

    client = client();
    assertThat(client.status(poison)).isEqualTo("PAUSED");
    assertThat(client.instance(poison).get("timeline").toString())
        .contains("processes ended while they were at work on it");
    assertThat(engine.call("GET", poison.path() + "/why", null).text())
        .contains("processes ended while they were at work on it");
    assertThat(client.ended(client.start("canary"))).isEqualTo("SUCCEEDED");
    assertThat(client.action(poison, "kill").status()).isEqualTo(200);
    assertThat(kept(poison, "status")).isEqualTo("FAILED");
    awaitUntil(
        "nothing is suspected of that run any more",
        () ->
            database
                    .jdbc()
                    .sql("SELECT count(*) FROM run_suspect WHERE workflow_id = 'poison'")
                    .query(Long.class)
                    .single()
                == 0,
        () -> "some");
    var again = client.restart(poison, "RESTART_FROM_BEGINNING"); // this node survives it
    assertThat(client.ended(again)).isEqualTo("SUCCEEDED");
  }

  @Test
  @Timeout(240)
  void aLoopWhoseIterationsEndTheProcessFails() {
    var client = client();
    client.push(
        workflow(
            "loop",
            sleep("s", 4, "f"),
            foreach(
                "f",
                Map.of("i", param("LONG_ARRAY", List.of(1, 2, 3))),
                List.of(noop("deadly")),
                List.of())));
    client.push(workflow("canary", sleep("s", 3, "t"), noop("t")));
    var run = client.start("loop");
    var canary = client.start("canary");
    client.reached(run, "s", "RUNNING");
    engine.close();

    endedUntil(() -> kept(run, "status").equals("FAILED"));

    assertThat(kept(run, "progress")).contains("processes ended while they were at work on it");
    awaitUntil(canary + " ends", () -> kept(canary, "status").equals("SUCCEEDED"), this::tail);
  }
}

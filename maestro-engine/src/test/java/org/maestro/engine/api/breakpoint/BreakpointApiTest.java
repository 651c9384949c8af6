package org.maestro.engine.api.breakpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.api.definition.DefinitionApiConfiguration;
import org.maestro.engine.api.permit.TestRoutes;
import org.maestro.engine.breakpoint.BreakpointConfiguration;
import org.maestro.engine.breakpoint.BreakpointNews;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.definition.DefinitionConfiguration;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.service.database.DatabaseConfiguration;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.security.SecurityConfiguration;
import org.maestro.service.web.WebConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

class BreakpointApiTest {
  private static final String BREAKPOINTS = "/workflows/steps/breakpoints";
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final List<RunCommand> SENT = new ArrayList<>();
  private static TestRoutes routes;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
  @Import({
    DatabaseConfiguration.class,
    WebConfiguration.class,
    SecurityConfiguration.class,
    DefinitionConfiguration.class,
    DefinitionApiConfiguration.class,
    BreakpointConfiguration.class,
    BreakpointApiConfiguration.class
  })
  static class Routes {
    @Bean
    static InstantSource clock() {
      return InstantSource.system();
    }

    @Bean
    static BreakpointNews breakpointNews() {
      return () -> {};
    }

    @Bean
    static RunCommands runCommands() {
      return new RunCommands() {
        @Override
        public void send(RunCommand command) {
          SENT.add(command);
        }

        @Override
        public void tell(RunCommand command) {
          throw new UnsupportedOperationException("a person's command must be kept");
        }

        @Override
        public Runnable within(List<RunCommand> sent, List<RunCommand> told) {
          throw new UnsupportedOperationException("nothing is started here");
        }
      };
    }
  }

  @BeforeAll
  static void start() {
    routes = new TestRoutes(DATABASE, Routes.class);
  }

  @AfterAll
  static void stop() {
    routes.close();
    DATABASE.close();
  }

  private static void push(String id) {
    var step = Map.of("step", Map.of("id", "s", "type", "NoOp"));
    var workflow = Map.of("id", id, "name", id, "steps", List.of(step));
    var body = Map.of("properties", Map.of("owner", "tester"), "workflow", workflow);
    var answer = routes.call("POST", "/workflows", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static void attempt(String workflowId, long instanceId, String status) {
    var jdbc = DATABASE.jdbc();
    jdbc.sql(
            """
            INSERT INTO workflow_run (workflow_id, instance_id, run_id, uuid, shard, status,
                   admitted, blocking, version_id, create_time, modify_time, facts)
            VALUES (?, ?, 1, ?, 0, 'IN_PROGRESS', TRUE, FALSE, 3, 1, 1, '{}')
            """)
        .params(workflowId, instanceId, "u" + instanceId)
        .update();
    jdbc.sql(
            """
            INSERT INTO step_attempt (workflow_id, instance_id, run_id, step_id, attempt_id, shard,
                   seq, status, create_time, facts)
            VALUES (?, ?, 1, 's', 2, 0, 1, ?, 77, '{}')
            """)
        .params(workflowId, instanceId, status)
        .update();
  }

  @Test
  void aBreakpointIsSetListedAndRemoved() {
    push("set");
    var body = Map.of("workflow_id", "set", "step_id", "s");
    var set = routes.call("POST", BREAKPOINTS, body);
    assertThat(set.status()).isEqualTo(200);
    assertThat(set.at("workflow_id")).isEqualTo("set");
    assertThat(set.at("created_by")).isEqualTo("tester");
    assertThat(routes.bean(Breakpoints.class).isSet("set", "s")).isTrue();
    assertThat(routes.bean(Breakpoints.class).isSet("set", "t")).isFalse();
    assertThat(routes.call("POST", BREAKPOINTS, body).json())
        .as("setting it again changes nothing")
        .isEqualTo(set.json());
    assertThat(routes.call("GET", BREAKPOINTS + "?workflowId=set&stepId=s", null).text())
        .isEqualTo("[" + set.text() + "]");
    assertThat(routes.call("GET", BREAKPOINTS + "?workflowId=set", null).text())
        .isEqualTo("[" + set.text() + "]");
    assertThat(routes.call("GET", BREAKPOINTS + "?workflowId=set&stepId=t", null).text())
        .isEqualTo("[]");
    var removed = routes.call("DELETE", BREAKPOINTS + "?workflowId=set&stepId=s", null);
    assertThat(removed.json())
        .isEqualTo(Map.of("workflow_id", "set", "step_id", "s", "deleted", 1L, "resumed", 0L));
    assertThat(routes.bean(Breakpoints.class).isSet("set", "s")).isFalse();
  }

  @Test
  void aBreakpointForOneRunOnlyIsRefused() {
    push("specific");
    for (var field : List.of("workflow_instance_id", "workflow_version_id", "unknown")) {
      var answer =
          routes.call(
              "POST", BREAKPOINTS, Map.of("workflow_id", "specific", "step_id", "s", field, 1));
      assertThat(answer.status()).as(field).isEqualTo(400);
      assertThat(answer.at("code")).isEqualTo("invalid-breakpoint");
    }
    assertThat(routes.call("POST", BREAKPOINTS, Map.of("workflow_id", "specific")).status())
        .isEqualTo(400);
    assertThat(routes.bean(Breakpoints.class).isSet("specific", "s")).isFalse();
  }

  @Test
  void aWorkflowThatIsNotThereHasNoBreakpoints() {
    var body = Map.of("workflow_id", "nobody", "step_id", "s");
    assertThat(routes.call("POST", BREAKPOINTS, body).at("code")).isEqualTo("no-such-workflow");
    for (var path :
        List.of("?workflowId=nobody", "/paused-step-attempts?workflowId=nobody&stepId=s")) {
      assertThat(routes.call("GET", BREAKPOINTS + path, null).status()).isEqualTo(404);
    }
  }

  @Test
  void whatStandsAnywhereIsListedTheOldestFirst() {
    for (var id : List.of("held-a", "held-b", "held-not")) {
      push(id);
      attempt(id, 1, "PAUSED");
      attempt(id, 2, "RUNNING");
    }
    for (var id : List.of("held-a", "held-b")) {
      routes.call("POST", BREAKPOINTS, Map.of("workflow_id", id, "step_id", "s"));
    }
    var jdbc = DATABASE.jdbc();
    jdbc.sql("UPDATE step_attempt SET create_time = 76 WHERE workflow_id = 'held-b'").update();
    var held = routes.call("GET", BREAKPOINTS + "/paused-step-attempts", null);
    assertThat(held.text())
        .containsSubsequence("\"workflow_id\":\"held-b\"", "\"workflow_id\":\"held-a\"")
        .doesNotContain("\"held-not\"", "\"workflow_instance_id\":2");
    var half = routes.call("GET", BREAKPOINTS + "/paused-step-attempts?workflowId=held-a", null);
    assertThat(half.status()).isEqualTo(400);
    assertThat(half.at("code")).isEqualTo("invalid-step-id");
  }

  @Test
  void whatStandsAtABreakpointIsListedAndLetGoWithIt() {
    push("many");
    for (int instance = 1; instance <= 450; instance++) {
      attempt("many", instance, "PAUSED");
    }
    attempt("many", 451, "RUNNING");
    var list =
        routes.call("GET", BREAKPOINTS + "/paused-step-attempts?workflowId=many&stepId=s", null);
    assertThat(list.text())
        .startsWith(
            "[{\"workflow_id\":\"many\",\"workflow_version_id\":3,\"workflow_instance_id\":1,"
                + "\"workflow_run_id\":1,\"step_id\":\"s\",\"step_attempt_id\":2,"
                + "\"create_time\":77}");
    SENT.clear();
    var kept = routes.call("DELETE", BREAKPOINTS + "?workflowId=many&stepId=s&resume=false", null);
    assertThat(kept.at("resumed")).isEqualTo(0L);
    assertThat(SENT).isEmpty();
    var removed =
        routes.call("DELETE", BREAKPOINTS + "?workflowId=many&stepId=s&resume=true", null);
    assertThat(removed.at("resumed")).isEqualTo(450L);
    assertThat(SENT)
        .hasSize(450)
        .doesNotHaveDuplicates()
        .contains(new RunCommand.ResumeStep(new RunKey("many", 450, 1), "s", 2, "tester"))
        .doesNotContain(new RunCommand.ResumeStep(new RunKey("many", 451, 1), "s", 2, "tester"));
  }

  @Test
  void oneAttemptIsLetGoByItself() {
    push("one");
    attempt("one", 1, "PAUSED");
    attempt("one", 2, "RUNNING");
    SENT.clear();
    var path = BREAKPOINTS + "/one/instances/%d/runs/1/steps/s/attempts/2/actions/resume";
    var answer = routes.call("PUT", path.formatted(1), null);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json())
        .containsOnlyKeys(
            "workflow_id",
            "workflow_instance_id",
            "workflow_run_id",
            "step_id",
            "step_attempt_id",
            "step_runtime_state",
            "timeline_event");
    assertThat(answer.at("step_runtime_state", "status")).isEqualTo("PAUSED");
    assertThat(answer.at("timeline_event", "author")).isEqualTo("tester");
    assertThat(SENT)
        .containsExactly(new RunCommand.ResumeStep(new RunKey("one", 1, 1), "s", 2, "tester"));
    assertThat(routes.call("PUT", path.formatted(2), null).at("code")).isEqualTo("not-paused");
    assertThat(routes.call("PUT", path.formatted(3), null).at("code"))
        .isEqualTo("no-such-step-attempt");
  }
}

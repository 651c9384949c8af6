package org.maestro.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.subworkflow;
import static org.maestro.engine.Workflows.workflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whoever may not do something directly may not do it by a detour either. */
class DetoursTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  /** Ada owns; cal may start what she lets him; bob and root have nothing to do with her. */
  private static final List<String> PEOPLE = List.of("bob", "cal", "ada", "root");

  /** Its answer goes on until somebody hangs up. */
  private static final String ENDLESS = "/api/v3/stream";

  private static TestEngine engine;

  @BeforeAll
  static void start() {
    var settings = new ArrayList<String>();
    for (var i = 0; i < PEOPLE.size(); i++) {
      var token = "maestro.security.tokens[" + i + "].";
      settings.add(token + "sha256=" + TokenAuthenticator.digest(PEOPLE.get(i) + "-token"));
      settings.add(token + "principal=" + PEOPLE.get(i));
      settings.add(token + "roles=" + (PEOPLE.get(i).equals("root") ? "USER,ADMIN" : "USER"));
    }
    engine = TestEngine.startWithout(DATABASE, settings.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  private static TestEngine.Answer as(String user, String method, String path, Object body) {
    return engine.call(method, path, body, Map.of("Authorization", "Bearer " + user + "-token"));
  }

  private static TestEngine.Answer push(
      String owner, Map<String, Object> workflow, List<String> starters) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("owner", owner);
    properties.put("run_strategy", Map.of("rule", "PARALLEL", "workflow_concurrency", 50));
    if (!starters.isEmpty()) {
      properties.put("access_control", Map.of("start", starters));
    }
    var answer =
        as(
            owner,
            "POST",
            "/api/v3/workflows",
            Map.of("properties", properties, "workflow", workflow));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private static TestEngine.Answer startAs(String user, String workflowId) {
    return as(
        user,
        "POST",
        "/api/v3/workflows/" + workflowId + "/versions/latest/actions/start",
        Map.of("initiator", Map.of("type", "manual")));
  }

  private static String instance(String workflowId, long instance) {
    return "/api/v3/workflows/" + workflowId + "/instances/" + instance;
  }

  private static Map<String, Object> ended(String workflowId, long instance) {
    var ends = Set.of("SUCCEEDED", "FAILED", "STOPPED", "TIMED_OUT");
    var path = instance(workflowId, instance);
    awaitUntil(
        path + " ends",
        () -> {
          var answer = as("root", "GET", path, null);
          return answer.status() == 200 && ends.contains(String.valueOf(answer.at("status")));
        },
        () -> as("root", "GET", path, null).text());
    return as("root", "GET", path, null).json();
  }

  private static long count(String workflowId) {
    return DATABASE
        .jdbc()
        .sql("SELECT count(*) FROM workflow_run WHERE workflow_id = ?")
        .param(workflowId)
        .query(Long.class)
        .single();
  }

  // ------------------------------------------------------------------ steps that start workflows

  @Test
  void aStepStartsOnlyWhatTheOwnerOfItsWorkflowMayStart() {
    push("ada", workflow("adas", noop("s")), List.of());
    assertThat(startAs("bob", "adas").status()).isEqualTo(403);

    var pushed = push("bob", workflow("bobs", subworkflow("call", "adas", true)), List.of());
    assertThat(pushed.text())
        .contains("step [call] would not be able to start its workflow now")
        .contains("/workflow/steps/0/subworkflow/params/subworkflow_id");
    assertThat(startAs("bob", "bobs").status()).isEqualTo(200);
    assertThat(ended("bobs", 1)).containsEntry("status", "FAILED");
    assertThat(as("bob", "GET", instance("bobs", 1) + "/runs/1/steps/call/attempts/1", null).text())
        .contains("access_control.start")
        .contains("ask \\\"ada\\\"");
    assertThat(count("adas")).isZero();

    push("ada", workflow("adas", noop("s")), List.of("bob"));
    assertThat(startAs("bob", "bobs").status()).isEqualTo(200);
    assertThat(ended("bobs", 2)).containsEntry("status", "SUCCEEDED");
    assertThat(count("adas")).isEqualTo(1);
    assertThat(startAs("bob", "adas").status()).isEqualTo(200);
    assertThat(startAs("cal", "adas").status()).isEqualTo(403);
    ended("adas", 2);

    // What was let in may start, and nothing else.
    for (var action : List.of("stop", "kill")) {
      assertThat(as("bob", "PUT", instance("adas", 1) + "/actions/" + action, null).status())
          .isEqualTo(403);
    }
    assertThat(push("bob", workflow("bobs", subworkflow("call", "adas", true)), List.of()).text())
        .doesNotContain("would not be able");
  }

  @Test
  void aStepWithinALoopIsAskedAsAnyOther() {
    push("ada", workflow("looped", noop("s")), List.of());
    push(
        "bob",
        workflow(
            "loops",
            foreach(
                "loop",
                Map.of("i", param("LONG_ARRAY", List.of(1, 2))),
                List.of(subworkflow("call", "looped", true)),
                List.of())),
        List.of());
    assertThat(startAs("bob", "loops").status()).isEqualTo(200);
    assertThat(ended("loops", 1)).containsEntry("status", "FAILED");
    assertThat(count("looped")).isZero();
  }

  @Test
  void anAdministratorsWorkflowStartsAnybodysAndEverybodyMayBeLetIn() {
    push("ada", workflow("closed", noop("s")), List.of());
    push("ada", workflow("open", noop("s")), List.of("*"));
    push("root", workflow("roots", subworkflow("call", "closed", true)), List.of());
    push("cal", workflow("cals", subworkflow("call", "open", true)), List.of());
    assertThat(startAs("root", "roots").status()).isEqualTo(200);
    assertThat(startAs("cal", "cals").status()).isEqualTo(200);
    assertThat(ended("roots", 1)).containsEntry("status", "SUCCEEDED");
    assertThat(ended("cals", 1)).containsEntry("status", "SUCCEEDED");
  }

  @Test
  void aStepThatIsNotAllowedAnyMoreRestartsNothing() {
    push("ada", workflow("lent", noop("s")), List.of("bob"));
    push("bob", workflow("borrows", subworkflow("call", "lent", true)), List.of());
    assertThat(startAs("bob", "borrows").status()).isEqualTo(200);
    assertThat(ended("borrows", 1)).containsEntry("status", "SUCCEEDED");
    assertThat(
            as(
                    "ada",
                    "POST",
                    "/api/v3/workflows/lent/properties",
                    Map.of("access_control", Map.of("start", List.of("cal"))))
                .status())
        .isEqualTo(200);
    var again =
        as(
            "bob",
            "POST",
            instance("borrows", 1) + "/actions/restart",
            Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(ended("borrows", 1)).containsEntry("status", "FAILED");
    assertThat(count("lent")).isEqualTo(1);
  }

  @Test
  void namesThatAreNoneAreRefusedWithTheirPlace() {
    var answer =
        as(
            "ada",
            "POST",
            "/api/v3/workflows",
            Map.of(
                "properties",
                Map.of("owner", "ada", "access_control", Map.of("start", "bob")),
                "workflow",
                workflow("wrong", noop("s"))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("/properties/access_control/start");
  }

  // ------------------------------------------------------------------ restarts that climb

  @Test
  void aRestartClimbsOnlyWhereTheCallerMayRunWhatRunsAgain() {
    push("bob", workflow("child", noop("s")), List.of("ada"));
    push(
        "ada",
        workflow("parent", subworkflow("call", "child", true, "after"), noop("after")),
        List.of());
    assertThat(startAs("ada", "parent").status()).isEqualTo(200);
    assertThat(ended("parent", 1)).containsEntry("status", "SUCCEEDED");

    var fromBeginning = Map.of("restart_policy", "RESTART_FROM_BEGINNING");
    var child = instance("child", 1);
    for (var refused :
        List.of(
            as("bob", "POST", child + "/actions/restart", fromBeginning),
            as("bob", "POST", child + "/steps/s/actions/restart", Map.of()),
            as("bob", "PUT", child + "/steps/s/actions/skip", null))) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(403);
      assertThat(refused.text()).contains("parent").contains("RESTART_FROM_STEP");
    }
    assertThat(count("parent")).isEqualTo(1);
    assertThat(count("child")).isEqualTo(1);

    var alone =
        as(
            "bob",
            "POST",
            child + "/actions/restart",
            Map.of(
                "restart_policy",
                "RESTART_FROM_BEGINNING",
                "upstream_restart_mode",
                "RESTART_FROM_STEP"));
    assertThat(alone.status()).as(alone.text()).isEqualTo(200);
    ended("child", 1);
    assertThat(count("parent")).isEqualTo(1);
  }

  @Test
  void whoMayRunEverythingAboveClimbs() {
    push("root", workflow("low", noop("s")), List.of("ada"));
    push("ada", workflow("high", subworkflow("call", "low", true)), List.of());
    assertThat(startAs("ada", "high").status()).isEqualTo(200);
    assertThat(ended("high", 1)).containsEntry("status", "SUCCEEDED");
    var climbed =
        as(
            "root",
            "POST",
            instance("low", 1) + "/actions/restart",
            Map.of("restart_policy", "RESTART_FROM_BEGINNING"));
    assertThat(climbed.status()).as(climbed.text()).isEqualTo(200);
    assertThat(climbed.at("workflow_id")).isEqualTo("high");
    ended("high", 1);
    assertThat(count("high")).isEqualTo(2);
  }

  // ------------------------------------------------------------------ every route

  private enum Right {
    /** Everybody who may come in. */
    READ(Set.of()),
    /** The owner, administrators, and whom the owner lets start. */
    START(Set.of("bob")),
    /** The owner and administrators. */
    OWN(Set.of("bob", "cal")),
    ADMINISTER(Set.of("bob", "cal", "ada"));

    private final Set<String> refused;

    Right(Set<String> refused) {
      this.refused = refused;
    }
  }

  private record Row(Right right, Object body, String query) {}

  private static Row row(Right right) {
    return new Row(right, null, "");
  }

  private static Row row(Right right, Object body) {
    return new Row(right, body, "");
  }

  private static Row row(Right right, Object body, String query) {
    return new Row(right, body, query);
  }

  /** What each route asks for, by method and pattern; {@code $} stands for the workflow. */
  private static Map<String, Row> rows() {
    var rows = new TreeMap<String, Row>();
    var w = "/api/v3/workflows";
    var of = w + "/{workflowId}";
    var instance = of + "/instances/{instanceId}";
    var run = instance + "/runs/{run}";
    var push =
        Map.of("properties", Map.of("owner", "ada"), "workflow", workflow("$", noop("other")));
    var yaml = "{workflow: {id: $, owner: ada, jobs: [{id: s, type: NoOp}]}}";
    rows.put("POST " + w, row(Right.OWN, push));
    rows.put("PUT " + w + "/actions/validate", row(Right.OWN, push));
    rows.put("POST " + w + "/yaml", row(Right.OWN, yaml));
    rows.put("PUT " + w + "/actions/validate/yaml", row(Right.OWN, yaml));
    rows.put("PUT " + w + "/actions/preview/yaml", row(Right.OWN, yaml));
    for (var read :
        List.of(
            w,
            w + "/instances/action-map",
            w + "/steps/instances/action-map",
            of + "/overview",
            of + "/timeline",
            of + "/properties-snapshot/{snapshot}",
            of + "/versions/pagination",
            of + "/versions/{version}",
            of + "/versions/{version}/yaml",
            of + "/instances",
            of + "/backfills",
            instance,
            instance + "/runs",
            instance + "/steps",
            instance + "/steps/{stepId}",
            instance + "/why",
            run,
            run + "/steps",
            run + "/steps/{stepId}/attempts",
            run + "/steps/{stepId}/attempts/{attempt}",
            run + "/steps/{stepId}/why",
            run + "/why",
            run + "/notifications",
            run + "/steps/{stepId}/iterations",
            run + "/steps/{stepId}/iterations/failures",
            run + "/steps/{stepId}/iterations/nested",
            run + "/steps/{stepId}/iterations/strip",
            run + "/steps/{stepId}/iterations/summary",
            run + "/steps/{stepId}/iterations/{index:\\d+}",
            instance + "/runs/{runId}/steps/{stepId}/attempts/{attemptId}/logs",
            instance + "/runs/{runId}/steps/{stepId}/attempts/{attemptId}/logs/stream",
            "/api/v3/info",
            "/api/v3/openapi.json",
            "/api/v3/reference",
            ENDLESS,
            "/api/v3/instances",
            "/api/v3/notifications",
            "/api/v3/failures",
            "/api/v3/backfills/{id}",
            "/api/v3/backfills/{id}/runs",
            "/api/v3/tag-permits",
            "/api/v3/tag-permits/{tag}",
            "/api/v3/schema/workflow.json",
            "/api/v3/schema/workflow-yaml.json")) {
      rows.put("GET " + read, row(Right.READ));
    }
    rows.put(
        "POST " + of + "/versions/{version}/actions/start",
        row(Right.START, Map.of("initiator", Map.of("type", "manual"))));
    for (var action : List.of("stop", "kill", "unblock")) {
      rows.put("PUT " + of + "/actions/" + action, row(Right.OWN));
    }
    rows.put("POST " + instance + "/actions/restart", row(Right.OWN, Map.of()));
    rows.put("PUT " + instance + "/actions/{action:stop|kill|unblock}", row(Right.OWN));
    rows.put(
        "PUT " + instance + "/runs/{runId}/actions/{action:stop|kill|unblock}", row(Right.OWN));
    rows.put("POST " + instance + "/steps/{stepId}/actions/restart", row(Right.OWN, Map.of()));
    rows.put(
        "PUT " + instance + "/steps/{stepId}/actions/{action:stop|kill|skip|bypass}",
        row(Right.OWN));
    rows.put(
        "POST " + run + "/steps/{stepId}/iterations/actions/{action:restart|stop|kill}",
        row(Right.OWN, Map.of()));
    for (var action : List.of("deactivate", "pause", "resume")) {
      rows.put("PUT " + of + "/actions/" + action, row(Right.OWN));
    }
    rows.put("PUT " + of + "/versions/{version}/actions/activate", row(Right.OWN));
    rows.put("POST " + of + "/properties", row(Right.OWN, Map.of("step_concurrency", 3)));
    rows.put("POST " + of + "/properties/tag", row(Right.OWN, Map.of("name", "t")));
    rows.put("DELETE " + of + "/properties/tag", row(Right.OWN, null, "?name=t"));
    rows.put("DELETE " + of + "/properties/tag/{name}", row(Right.OWN));
    rows.put("DELETE " + of, row(Right.OWN));
    rows.put("POST " + of + "/backfills", row(Right.OWN, Map.of()));
    rows.put(
        "PUT /api/v3/backfills/{id}/actions/{action:pause|resume|stop|restart-failed}",
        row(Right.OWN));
    var breakpoints = w + "/steps/breakpoints";
    rows.put("POST " + breakpoints, row(Right.OWN, Map.of("workflow_id", "$", "step_id", "s")));
    rows.put("GET " + breakpoints, row(Right.READ, null, "?workflowId=$"));
    rows.put("DELETE " + breakpoints, row(Right.OWN, null, "?workflowId=$&stepId=s"));
    rows.put(
        "GET " + breakpoints + "/paused-step-attempts",
        row(Right.READ, null, "?workflowId=$&stepId=s"));
    rows.put(
        "PUT "
            + breakpoints
            + "/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}"
            + "/actions/resume",
        row(Right.OWN));
    rows.put(
        "POST /api/v3/tag-permits", row(Right.ADMINISTER, Map.of("tag", "t", "max_allowed", 3)));
    rows.put("DELETE /api/v3/tag-permits", row(Right.ADMINISTER, null, "?tag=t"));
    rows.put("DELETE /api/v3/tag-permits/{tag}", row(Right.ADMINISTER));
    rows.put("POST /api/v3/notifications/{id}/actions/retry", row(Right.OWN));
    rows.put("GET /api/v3/parked-requests", row(Right.ADMINISTER));
    rows.put("GET /api/v3/engine-dead-letters", row(Right.ADMINISTER));
    rows.put("POST /api/v3/parked-requests/{id}/actions/replay", row(Right.ADMINISTER));
    rows.put("POST /api/v3/engine-dead-letters/{id}/actions/replay", row(Right.ADMINISTER));
    rows.put("POST /api/v3/parked-requests/{id}/actions/discard", row(Right.ADMINISTER));
    rows.put("POST /api/v3/engine-dead-letters/{id}/actions/discard", row(Right.ADMINISTER));
    return rows;
  }

  /** The routes of the running engine. */
  private static Set<String> routes() {
    var routes = new TreeSet<String>();
    for (var mapping :
        engine.context().getBeansOfType(RequestMappingHandlerMapping.class).values()) {
      for (var info : mapping.getHandlerMethods().keySet()) {
        for (var pattern : info.getPatternValues()) {
          if (pattern.startsWith("/api/")) {
            info.getMethodsCondition()
                .getMethods()
                .forEach(method -> routes.add(method + " " + pattern));
          }
        }
      }
    }
    return routes;
  }

  @Test
  void everyRouteAsksForTheRightThatItsRowNames() {
    var rows = rows();
    assertThat(routes()).isEqualTo(rows.keySet());

    var number = 0;
    for (var entry : rows.entrySet()) {
      var method = entry.getKey().split(" ")[0];
      var pattern = entry.getKey().split(" ")[1];
      var row = entry.getValue();
      for (var action : actions(pattern)) {
        var workflowId = "row-" + number++;
        prepare(workflowId);
        var path = path(pattern, action, workflowId) + row.query().replace("$", workflowId);
        for (var person : PEOPLE) {
          var status = call(person, method, path, row.body(), workflowId);
          if (row.right().refused.contains(person)) {
            assertThat(status).as("%s as %s", method + " " + path, person).isEqualTo(403);
          } else {
            assertThat(status).as("%s as %s", method + " " + path, person).isNotIn(401, 403, 500);
          }
        }
      }
    }
  }

  private static int call(
      String person, String method, String path, Object body, String workflowId) {
    var text =
        body == null || body instanceof String
            ? (String) body
            : tools.jackson.databind.json.JsonMapper.builder().build().writeValueAsString(body);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Authorization", "Bearer " + person + "-token");
    if (path.endsWith("yaml") && text != null) {
      headers.put("Content-Type", "application/yaml");
    }
    if (path.equals(ENDLESS)) {
      var answer = engine.follow(path, headers);
      answer.body().close();
      return answer.statusCode();
    }
    return engine
        .call(method, path, text == null ? null : text.replace("$", workflowId), headers)
        .status();
  }

  /** A workflow of Ada's that cal may start, with a run that has ended. */
  private static void prepare(String workflowId) {
    push(
        "ada",
        workflow(
            workflowId,
            Map.of("params", Map.of("date", param("STRING", "none"))),
            List.of(
                noop("s"),
                foreach(
                    "f",
                    Map.of("i", param("LONG_ARRAY", List.of(1, 2))),
                    List.of(noop("inner")),
                    List.of()))),
        List.of("cal"));
    assertThat(startAs("ada", workflowId).status()).isEqualTo(200);
    ended(workflowId, 1);
  }

  private static String id(String pattern, String workflowId) {
    if (pattern.contains("/notifications/")) {
      return notification(workflowId);
    }
    return pattern.contains("/backfills/") ? backfill(workflowId) : "x";
  }

  /** Something about the run that nobody took. */
  private static String notification(String workflowId) {
    DATABASE
        .jdbc()
        .sql(
            """
            INSERT INTO notification
                   (workflow_id, instance_id, run_id, event, receiver, message_id, channel, status,
                    due_at, attempts, create_time, end_time, error)
            VALUES (:id, 1, 1, 'FAILURE', 'webhook:ops', :id, 'webhook:ops', 'FAILED', 1, 20, 1, 2, 'no')
            """)
        .param("id", workflowId)
        .update();
    return workflowId;
  }

  private static List<String> actions(String pattern) {
    var from = pattern.indexOf("{action:");
    return from < 0
        ? List.of("")
        : List.of(pattern.substring(from + 8, pattern.indexOf('}', from)).split("\\|"));
  }

  private static String path(String pattern, String action, String workflowId) {
    return pattern
        .replaceAll("\\{action:[^}]*}", action)
        .replace("{workflowId}", workflowId)
        .replace("{stepId}", pattern.contains("/iterations") ? "f" : "s")
        .replace("{snapshot}", "latest")
        .replace("{id}", id(pattern, workflowId))
        .replaceAll("\\{(tag|name)}", "t")
        .replaceAll("\\{[^}]*}", "1");
  }

  private static String backfill(String workflowId) {
    var made =
        as(
            "ada",
            "POST",
            "/api/v3/workflows/" + workflowId + "/backfills",
            Map.of("param", "date", "days", Map.of("from", "20210101", "to", "20210101")));
    assertThat(made.status()).as(made.text()).isBetween(200, 299);
    return String.valueOf(made.at("id"));
  }
}

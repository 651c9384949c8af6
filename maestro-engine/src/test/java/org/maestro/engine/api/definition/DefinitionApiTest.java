package org.maestro.engine.api.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.TestEngine;
import org.maestro.engine.TestEngine.Answer;
import org.maestro.service.database.TestDatabase;

/** Definitions over HTTP, as clients of the standard see them. */
class DefinitionApiTest {
  private static final String API = "/api/v3/workflows";
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static TestEngine engine;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  @Test
  void aVersionIsAnsweredWithTheFieldsOfTheStandard() {
    push("shape");
    var answer = get("/shape/versions/latest");
    assertThat(answer.json())
        .containsKeys(
            "activate_time",
            "activated_by",
            "internal_id",
            "is_active",
            "is_default",
            "is_latest",
            "metadata",
            "modify_time",
            "properties_snapshot",
            "workflow");
    assertThat(answer.at("properties_snapshot", "owner")).isEqualTo("tester");
    assertThat(answer.at("metadata", "version_author")).isEqualTo("tester");
    assertThat((Long) answer.at("internal_id")).isGreaterThanOrEqualTo(10_000);
  }

  @Test
  void aPushAnswersWithTheDefinition() {
    var answer =
        post("", Map.of("properties", Map.of("owner", "tester"), "workflow", wf("answer")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("workflow_definition", "metadata", "workflow_version_id")).isEqualTo(1L);
    assertThat(answer.at("workflow_definition", "is_active")).isEqualTo(true);
  }

  private static Answer pushWith(String id, Map<String, Object> trigger) {
    var workflow = new HashMap<String, Object>(wf(id));
    workflow.put("time_triggers", List.of(trigger));
    return post("", Map.of("properties", Map.of("owner", "tester"), "workflow", workflow));
  }

  @Test
  @SuppressWarnings("unchecked")
  void aPushAnswersWithTheNextFiresAndWithWhatOtherToolsReadOtherwise() {
    var answer =
        pushWith(
            "clock", Map.of("type", "CRON", "cron", "30 2 */2 * 1", "timezone", "Europe/Berlin"));
    var fires = (List<Map<String, Object>>) answer.at("next_fires");
    assertThat(fires).hasSize(3);
    assertThat(fires).allMatch(fire -> ((String) fire.get("local_time")).contains("T02:30:00+0"));
    var warnings = (List<Map<String, Object>>) answer.at("warnings");
    assertThat(warnings)
        .allMatch(found -> found.get("pointer").equals("/workflow/time_triggers/0/cron"));
    assertThat(warnings.toString()).contains("both must fit").contains("skips the time between");
    assertThat(pushWith("calm", Map.of("type", "CRON", "cron", "30 6 * * 1-5")).json())
        .doesNotContainKey("warnings")
        .containsKey("next_fires");
  }

  @Test
  void aPushWithTheCronOfAnotherToolOrNoZoneSaysWhatToWrite() {
    assertThat(pushWith("event", Map.of("type", "CRON", "cron", "cron(0 12 * * ? *)")).text())
        .contains("/workflow/time_triggers/0/cron")
        .contains("0 0 12 * * ? *");
    assertThat(
            pushWith("zone", Map.of("type", "CRON", "cron", "0 6 * * *", "timezone", "PST")).text())
        .contains("/workflow/time_triggers/0/timezone")
        .contains("America/Los_Angeles");
  }

  @Test
  void selectorsFindVersions() {
    push("select");
    push("select", Map.of("is_active", false));
    push("select", Map.of("is_active", false));
    assertThat(version("select", "active")).isEqualTo(1L);
    assertThat(version("select", "latest")).isEqualTo(3L);
    assertThat(version("select", "default")).isEqualTo(1L);
    assertThat(version("select", "2")).isEqualTo(2L);
    assertThat(get("/select/versions/9").status()).isEqualTo(404);
    assertThat(get("/select/versions/x").status()).isEqualTo(400);
    assertThat(get("/select/versions/0").status()).isEqualTo(400);
    var overview = get("/select/overview");
    assertThat(overview.at("active_version_id")).isEqualTo(1L);
    assertThat(overview.at("latest_version_id")).isEqualTo(3L);
    assertThat(overview.at("default_version_id")).isEqualTo(1L);
    assertThat(overview.at("nonterminal_instances", "CREATED")).isEqualTo(0L);
  }

  @Test
  void activationMovesTheActiveVersionAndDeactivationRemovesIt() {
    push("active");
    push("active", Map.of("is_active", false));
    var activated = put("/active/versions/2/actions/activate");
    assertThat(activated.status()).isEqualTo(200);
    assertThat(activated.at("workflow_version_id")).isEqualTo(2L);
    assertThat(activated.at("timeline_event", "type")).isEqualTo("LOG");
    assertThat(version("active", "active")).isEqualTo(2L);
    assertThat(get("/active/versions/2").at("activated_by")).isEqualTo("tester");

    assertThat(put("/active/actions/deactivate").status()).isEqualTo(200);
    var none = get("/active/versions/active");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.at("code")).isEqualTo("no-active-version");
    assertThat(version("active", "default")).isEqualTo(2L);

    assertThat(put("/active/versions/7/actions/activate").status()).isEqualTo(404);
  }

  @Test
  void propertiesChangeAndGoBack() {
    push("props");
    var changed = post("/props/properties", Map.of("step_concurrency", 7, "description", "d"));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.at("step_concurrency")).isEqualTo(7L);
    assertThat(changed.at("owner")).isEqualTo("tester");

    var tagged = post("/props/properties/tag", Map.of("name", "gold", "namespace", "USER_DEFINED"));
    assertThat(tagged.status()).isEqualTo(200);
    assertThat(tagged.at("tags"))
        .isEqualTo(List.of(Map.of("name", "gold", "namespace", "USER_DEFINED")));
    var snapshot = get("/props/properties-snapshot/latest");
    assertThat(snapshot.at("step_concurrency")).isEqualTo(7L);

    var reset = post("/props/properties", Map.of("reset_step_concurrency", true));
    assertThat(reset.json()).doesNotContainKey("step_concurrency").containsKey("tags");
    assertThat(call("DELETE", "/props/properties/tag/gold", null).json()).doesNotContainKey("tags");

    var earlier = get("/props/properties-snapshot/" + changed.at("create_time"));
    assertThat(earlier.at("step_concurrency")).isEqualTo(7L);
    assertThat(get("/props/properties-snapshot/1").status()).isEqualTo(404);
    assertThat(get("/props/properties-snapshot/x").status()).isEqualTo(400);
  }

  @Test
  void aTagThatCannotBePartOfAPathIsDeletedByQuery() {
    push("slash");
    post("/slash/properties/tag", Map.of("name", "team/a"));
    var deleted = call("DELETE", "/slash/properties/tag?name=team%2Fa", null);
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json()).doesNotContainKey("tags");
  }

  @Test
  void theCharacterNulIsRefusedWhereverItIs() {
    push("nul");
    assertThat(get("?first=1&owner=%00").status()).isEqualTo(400);
    assertThat(post("/nul/properties", Map.of("description", "a\0b")).status()).isEqualTo(400);
    assertThat(post("/nul/properties/tag", "\"a\\u0000b\"").status()).isEqualTo(400);
    var workflow = new LinkedHashMap<String, Object>(wf("nul"));
    workflow.put("description", "a\0b");
    assertThat(post("", Map.of("workflow", workflow)).status()).isEqualTo(400);
    assertThat(post("", Map.of("workflow", wf("nul"), "a\0", "b\0")).status()).isEqualTo(400);
  }

  @Test
  void resettingTheRunStrategyGivesTheDefault() {
    push("strategy", Map.of("properties", Map.of("owner", "tester", "run_strategy", 5)));
    assertThat(get("/strategy/properties-snapshot/latest").at("run_strategy", "rule"))
        .isEqualTo("PARALLEL");
    var reset = post("/strategy/properties", Map.of("reset_workflow_concurrency", true));
    assertThat(reset.at("run_strategy")).isEqualTo(Map.of("rule", "PARALLEL"));
    assertThat(post("/strategy/properties", Map.of("reset_run_strategy_rule", true)).json())
        .doesNotContainKey("run_strategy");
  }

  @Test
  void aPropertiesChangeNamesEveryMistake() {
    push("mistakes");
    var answer =
        post(
            "/mistakes/properties",
            Map.of("step_concurrency", 0, "reset_step_concurrency", "yes", "sped", 1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("/step_concurrency", "/reset_step_concurrency", "/sped");
  }

  @Test
  void propertiesStayAsTheyAreWhenAPushHasNone() {
    push("keep", Map.of("properties", Map.of("owner", "tester", "step_concurrency", 3)));
    var first = get("/keep/properties-snapshot/latest");
    assertThat(post("", Map.of("workflow", wf("keep"))).status()).isEqualTo(200);
    assertThat(get("/keep/properties-snapshot/latest").json()).isEqualTo(first.json());
    assertThat(version("keep", "latest")).isEqualTo(2L);
  }

  @Test
  void theFirstPushNeedsAnOwner() {
    for (var push :
        List.of(
            Map.of("workflow", wf("ownerless")),
            Map.of("workflow", wf("ownerless"), "properties", Map.of("step_concurrency", 3)))) {
      var answer = post("", push);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.at("code")).isEqualTo("owner-required");
    }
    assertThat(get("/ownerless/overview").status()).isEqualTo(404);
  }

  @Test
  void everyMistakeOfADefinitionIsNamedWithItsPlace() {
    var workflow = Map.of("id", "maestro_bad", "steps", List.of(step("a", "b")));
    var answer = post("", Map.of("properties", Map.of("owner", "tester"), "workflow", workflow));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.at("code")).isEqualTo("invalid-definition");
    assertThat(answer.at("status")).isEqualTo("BAD_REQUEST");
    assertThat((List<?>) answer.at("errors")).hasSizeGreaterThan(1);
    assertThat(answer.text()).contains("/workflow/id");
  }

  @Test
  void validationChangesNothing() {
    var good = Map.of("properties", Map.of("owner", "t"), "workflow", wf("valid"));
    assertThat(call("PUT", "/actions/validate", good).status()).isEqualTo(200);
    assertThat(get("/valid/overview").status()).isEqualTo(404);
    var cycle =
        Map.of(
            "properties",
            Map.of("owner", "t"),
            "workflow",
            Map.of("id", "cycle", "steps", List.of(step("a", "a"))));
    assertThat(call("PUT", "/actions/validate", cycle).status()).isEqualTo(400);
  }

  @Test
  void aNameInALoopThatNothingDeclaresIsRefusedWithItsPlace() {
    var text = Map.of("type", "STRING", "value", "day ${dya}");
    var inner = new LinkedHashMap<String, Object>(Map.of("id", "cell", "type", "NoOp"));
    inner.put("params", Map.of("text", text));
    var days = Map.of("day", Map.of("type", "LONG_ARRAY", "value", List.of(1)));
    var loop =
        Map.of(
            "id", "days",
            "steps", List.of(Map.of("step", inner)),
            "params", Map.of("loop_params", Map.of("type", "MAP", "value", days)));
    var answer =
        push(
            "inside",
            Map.of("workflow", Map.of("id", "inside", "steps", List.of(Map.of("foreach", loop)))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("/workflow/steps/0/foreach/steps/0/step/params/text", "did you mean day?");
  }

  @Test
  void parametersThatCannotBeEvaluatedAreFoundWhenADefinitionIsPushed() {
    var workflow = new LinkedHashMap<String, Object>(wf("dry"));
    workflow.put("params", Map.of("a", Map.of("type", "LONG", "expression", "nowhere + 1")));
    var answer = push("dry", Map.of("workflow", workflow));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("/workflow/params/a");
    assertThat(get("/dry/overview").status()).isEqualTo(404);
  }

  @Test
  void stepsThatCannotBeRunHereAreSaidWhenTheyArePushed() {
    var inner = Map.of("step", Map.of("id", "cell", "type", "Spark"));
    var lacksParam = Map.of("step", Map.of("id", "notebook", "type", "Notebook"));
    var loop = new LinkedHashMap<String, Object>();
    loop.put("id", "days");
    loop.put("steps", List.of(inner, lacksParam));
    loop.put(
        "params",
        Map.of(
            "loop_params",
            Map.of(
                "type",
                "MAP",
                "value",
                Map.of("n", Map.of("type", "LONG_ARRAY", "value", List.of(1))))));
    var workflow = Map.of("id", "not-here", "steps", List.of(Map.of("foreach", loop)));
    var answer = push("not-here", Map.of("workflow", workflow));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("warnings").toString())
        .contains("/workflow/steps/0/foreach/steps/0/step", "steps of type Spark");
    var body = Map.of("properties", Map.of("owner", "t"), "workflow", workflow);
    var check = call("PUT", "/actions/validate", body);
    assertThat(check.at("level")).isEqualTo("WARN");
    assertThat(check.at("message").toString()).contains("steps of type Spark");
    assertThat(check.at("warnings").toString())
        .contains("pointer=/workflow/steps/0/foreach/steps/0/step,", "code=W0520", "code=W0524");
    var start =
        post(
            "/not-here/versions/latest/actions/start",
            Map.of("initiator", Map.of("type", "manual")));
    assertThat(start.status()).isEqualTo(422);
    assertThat(start.text()).contains("not-yet", "/foreach/steps/0/step");
  }

  @Test
  void aParamOfATriggerThatNothingReadsAndIsNearlyADeclaredOneIsRefused() {
    var workflow = new LinkedHashMap<String, Object>(wf("misspelt-trigger"));
    workflow.put("params", Map.of("day", Map.of("type", "STRING", "value", "monday")));
    var trigger = new LinkedHashMap<String, Object>();
    trigger.put("definitions", Map.of("ready", Map.of()));
    workflow.put("signal_triggers", List.of(trigger));
    trigger.put("params", Map.of("dya", Map.of("type", "STRING", "value", "tuesday")));
    var answer = push("misspelt-trigger", Map.of("workflow", workflow));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("/workflow/signal_triggers/0/params/dya", "\"day\"");
    trigger.put("params", Map.of("day", Map.of("type", "STRING", "value", "tuesday")));
    assertThat(push("misspelt-trigger", Map.of("workflow", workflow)).status()).isEqualTo(200);
    trigger.put("params", Map.of("colour", Map.of("type", "STRING", "value", "red")));
    assertThat(push("misspelt-trigger", Map.of("workflow", workflow)).status()).isEqualTo(200);
  }

  @Test
  void parametersKeepTheirOrder() {
    var params = new LinkedHashMap<String, Object>();
    for (var name : List.of("zebra", "a", "mm", "b", "yak")) {
      params.put(name, Map.of("type", "STRING", "value", name));
    }
    var workflow = new LinkedHashMap<String, Object>(wf("order"));
    workflow.put("params", params);
    push("order", Map.of("workflow", workflow));
    var read = (Map<?, ?>) get("/order/versions/1").at("workflow", "params");
    assertThat(new ArrayList<Object>(read.keySet()))
        .containsExactly("zebra", "a", "mm", "b", "yak");
    var enriched = get("/order/versions/1?enriched=true");
    assertThat((Map<?, ?>) enriched.at("enriched_extras", "workflow_params")).hasSize(5);
  }

  @Test
  void otherTopLevelKeysAreKeptInTheMetadata() {
    push("extra", Map.of("dsl_lang", "python", "git_info", Map.of("branch", "main")));
    var answer = get("/extra/versions/1");
    assertThat(answer.at("metadata", "dsl_lang")).isEqualTo("python");
    assertThat(answer.at("metadata", "git_info", "branch")).isEqualTo("main");
  }

  @Test
  void versionsComeInPages() {
    for (var i = 0; i < 5; i++) {
      push("pages");
    }
    var first = get("/pages/versions/pagination?first=2");
    assertThat(ids(first)).containsExactly(5L, 4L);
    assertThat(first.at("page_info", "has_next_page")).isEqualTo(true);
    assertThat(first.at("page_info", "has_previous_page")).isEqualTo(false);
    assertThat(first.at("total_count")).isEqualTo(5L);
    var next =
        get("/pages/versions/pagination?first=2&cursor=" + first.at("page_info", "end_cursor"));
    assertThat(ids(next)).containsExactly(3L, 2L);
    assertThat(next.at("page_info", "has_previous_page")).isEqualTo(true);
    var last = get("/pages/versions/pagination?last=2");
    assertThat(ids(last)).containsExactly(2L, 1L);
    assertThat(last.at("page_info", "has_next_page")).isEqualTo(false);
    var before =
        get("/pages/versions/pagination?last=2&cursor=" + last.at("page_info", "start_cursor"));
    assertThat(ids(before)).containsExactly(4L, 3L);
    for (var bad :
        List.of("", "?first=0", "?first=201", "?first=1&last=1", "?first=a", "?first=1&cursor=x")) {
      assertThat(get("/pages/versions/pagination" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  /** Rows that somebody, or a bug, has spoilt. */
  @Test
  void aVersionThatCannotBeReadHidesNoOther() {
    for (int i = 0; i < 4; i++) {
      push("spoilt");
    }
    spoil("spoilt", 2, "definition = '[1'");
    spoil("spoilt", 3, "extra_info = 'x'");
    var answer = get("/spoilt/versions/pagination?first=9");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(ids(answer)).containsExactly(4L, 3L, 2L, 1L);
    var elements = (List<?>) answer.at("elements");
    for (int i = 0; i < 4; i++) {
      var unreadable = ((Map<?, ?>) elements.get(i)).get("unreadable");
      if (i == 1 || i == 2) {
        assertThat(unreadable).isInstanceOf(String.class).asString().isNotBlank();
      } else {
        assertThat(unreadable).isNull();
      }
    }
    assertThat(((Map<?, ?>) elements.get(2)).get("workflow")).isEqualTo(Map.of());
    assertThat(((Map<?, ?>) elements.get(1)).get("workflow")).isNotEqualTo(Map.of());
    var alone = get("/spoilt/versions/2");
    assertThat(alone.status()).isEqualTo(500);
    assertThat(alone.text()).contains("unreadable");
    assertThat(get("?first=9&q=spoilt").status()).isEqualTo(200);
  }

  private static void spoil(String workflow, long version, String how) {
    DATABASE
        .jdbc()
        .sql(
            "UPDATE workflow_version SET %s WHERE workflow_id = '%s' AND version_id = %d"
                .formatted(how, workflow, version))
        .update();
  }

  @Test
  void whatHappenedIsOnTheTimeline() {
    push("history");
    put("/history/actions/pause");
    put("/history/actions/resume");
    var events = (List<?>) get("/history/timeline").at("timeline_events");
    assertThat(events).hasSize(3);
    assertThat(events.getFirst().toString()).contains("resumed");
  }

  @Test
  void aPausedWorkflowSaysByWhomAndSince() {
    push("pause");
    assertThat(put("/pause/actions/pause").status()).isEqualTo(200);
    assertThat(get("/pause/overview").at("pause", "by")).isEqualTo("tester");
    assertThat(put("/pause/actions/pause").status()).isEqualTo(200);
    assertThat(put("/pause/actions/resume").status()).isEqualTo(200);
    assertThat(get("/pause/overview").json()).doesNotContainKey("pause");
  }

  @Test
  void workflowsAreFoundByIdOwnerTagAndActivity() {
    push("find-a", Map.of("properties", Map.of("owner", "finder")));
    push("find-b", Map.of("properties", Map.of("owner", "finder"), "is_active", false));
    var tagged = new LinkedHashMap<String, Object>(wf("find-c"));
    tagged.put("tags", List.of("shiny"));
    tagged.put("name", "Ten % Done");
    push("find-c", Map.of("properties", Map.of("owner", "finder"), "workflow", tagged));
    assertThat(found("first=10&owner=finder")).containsExactly("find-a", "find-b", "find-c");
    assertThat(found("first=10&q=FIND-")).containsExactly("find-a", "find-b", "find-c");
    assertThat(found("first=10&q=ten+%25+d")).containsExactly("find-c");
    assertThat(found("first=10&q=find%5F")).isEmpty();
    assertThat(found("first=10&tag=shiny")).containsExactly("find-c");
    assertThat(found("first=10&owner=finder&active=false")).containsExactly("find-b");
    assertThat(found("first=1&owner=finder&cursor=find-a")).containsExactly("find-b");
    assertThat(found("last=2&owner=finder")).containsExactly("find-b", "find-c");
    assertThat(found("last=1&owner=finder&cursor=find-c")).containsExactly("find-b");
    assertThat(found("last=1&tag=shiny")).containsExactly("find-c");
    assertThat(get("").status()).isEqualTo(400);
  }

  @Test
  void aDeletedWorkflowIsGoneAndItsIdCanBeUsedAgain() throws InterruptedException {
    push("delete");
    var before = get("/delete/versions/1").at("internal_id");
    assertThat(call("DELETE", "/delete", null).status()).isEqualTo(200);
    assertThat(get("/delete/versions/latest").status()).isEqualTo(404);
    var again = push("delete");
    for (var until = System.nanoTime() + 20_000_000_000L;
        again.status() == 409 && System.nanoTime() < until; ) {
      assertThat(again.at("code")).isEqualTo("workflow-deleting");
      Thread.onSpinWait();
      again = push("delete");
    }
    assertThat(again.status()).isEqualTo(200);
    assertThat(version("delete", "latest")).isEqualTo(1L);
    assertThat(get("/delete/versions/1").at("internal_id")).isNotEqualTo(before);
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    for (var path :
        List.of(
            "/zzz/versions/latest",
            "/zzz/overview",
            "/zzz/timeline",
            "/zzz/versions/pagination?first=1",
            "/zzz/properties-snapshot/latest")) {
      var answer = get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.at("code")).isEqualTo("no-such-workflow");
    }
    assertThat(put("/zzz/actions/deactivate").status()).isEqualTo(404);
    assertThat(call("DELETE", "/zzz", null).status()).isEqualTo(404);
    assertThat(post("/zzz/properties", Map.of("step_concurrency", 1)).status()).isEqualTo(404);
  }

  @Test
  void badBodiesAreRefusedWithTheirPlace() {
    for (var body :
        List.of(
            "",
            "{",
            "[]",
            "null",
            "{\"workflow\": 1, \"workflow\": 2}",
            "{\"a\": " + "[".repeat(200) + "]".repeat(200) + "}",
            "{\"a\": 1" + "0".repeat(200) + "}",
            "{} {}")) {
      var answer = call("POST", "", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }
    var form =
        engine.call(
            "POST", API, "a=b", Map.of("Content-Type", "application/x-www-form-urlencoded"));
    assertThat(form.status()).isEqualTo(415);
    assertThat(call("PATCH", "", "{}").status()).isEqualTo(405);
    var huge = "{\"a\": \"" + "x".repeat(5_000_000) + "\"}";
    assertThat(call("POST", "", huge).status()).isEqualTo(413);
  }

  private static Map<String, Object> wf(String id) {
    return Map.of("id", id, "steps", List.of(step("s")));
  }

  private static Map<String, Object> step(String id, String... successors) {
    var edges = new LinkedHashMap<String, Object>();
    for (var successor : successors) {
      edges.put(successor, "true");
    }
    return Map.of(
        "step", Map.of("id", id, "type", "NoOp", "transition", Map.of("successors", edges)));
  }

  private static Answer push(String id) {
    return push(id, Map.of());
  }

  private static Answer push(String id, Map<String, ?> more) {
    var body = new LinkedHashMap<String, Object>();
    body.put("properties", Map.of("owner", "tester"));
    body.put("workflow", wf(id));
    body.putAll(more);
    return post("", body);
  }

  private static Object version(String id, String selector) {
    return get("/" + id + "/versions/" + selector).at("metadata", "workflow_version_id");
  }

  private static List<Object> ids(Answer page) {
    var ids = new ArrayList<Object>();
    for (var element : (List<?>) page.at("elements")) {
      ids.add(((Map<?, ?>) ((Map<?, ?>) element).get("metadata")).get("workflow_version_id"));
    }
    return ids;
  }

  private static List<Object> found(String query) {
    var ids = new ArrayList<Object>();
    for (var element : (List<?>) get("?" + query).at("elements")) {
      ids.add(((Map<?, ?>) element).get("workflow_id"));
    }
    return ids;
  }

  private static Answer get(String path) {
    return call("GET", path, null);
  }

  private static Answer put(String path) {
    return call("PUT", path, null);
  }

  private static Answer post(String path, Object body) {
    return call("POST", path, body);
  }

  private static Answer call(String method, String path, Object body) {
    return engine.call(method, API + path, body);
  }
}

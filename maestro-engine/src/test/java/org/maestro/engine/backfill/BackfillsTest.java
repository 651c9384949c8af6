package org.maestro.engine.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.NO_RETRY;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.engine.TestEngine.Answer;
import org.maestro.service.database.TestDatabase;

/** Back-fills over HTTP, with a real database and a real broker. */
class BackfillsTest {
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

  private static void push(Map<String, Object> workflow, String rule) {
    client.push(workflow, Map.of("run_strategy", Map.of("rule", rule)));
  }

  private static Map<String, Object> withDate(String id, Map<String, Object> step) {
    return workflow(id, params("date", param("STRING", "never")), List.of(step));
  }

  private static Answer post(String workflow, Map<String, Object> body) {
    return engine.call("POST", "/api/v3/workflows/" + workflow + "/backfills", body);
  }

  private static String create(String workflow, Map<String, Object> body) {
    var answer = post(workflow, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return String.valueOf(answer.at("id"));
  }

  private static Answer get(String id) {
    return engine.call("GET", "/api/v3/backfills/" + id, null);
  }

  private static Answer act(String id, String action) {
    var answer = engine.call("PUT", "/api/v3/backfills/" + id + "/actions/" + action, null);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer;
  }

  private static long count(String id, String name) {
    return ((Number) get(id).at("counts", name)).longValue();
  }

  private static void await(String id, String status) {
    awaitUntil(
        "back-fill is " + status, () -> status.equals(get(id).at("status")), () -> get(id).text());
  }

  private static void awaitCount(String id, String name, long count) {
    awaitUntil(name + " is " + count, () -> count(id, name) == count, () -> get(id).text());
  }

  /** A value counts as running from when it is claimed, a moment before its run is accepted. */
  private static void awaitInstances(String workflow, int count) {
    awaitUntil(
        count + " instances",
        () -> instances(workflow).size() == count,
        () -> instances(workflow).toString());
  }

  private static Map<String, Object> days(String from, String to) {
    return Map.of("from", from, "to", to);
  }

  private static Map<String, Object> body(Object... namesAndValues) {
    var body = new HashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      body.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return body;
  }

  private static List<Long> instances(String workflow) {
    return DATABASE
        .jdbc()
        .sql("SELECT instance_id FROM workflow_run WHERE workflow_id = :id ORDER BY instance_id")
        .param("id", workflow)
        .query(Long.class)
        .list();
  }

  private static Object valueOf(String workflow, long instance, String param) {
    return EngineClient.value(client.instance(new RunName(workflow, instance, 1)), param);
  }

  // ------------------------------------------------------------------ what fails

  private static Map<String, Object> failingFrom(int n) {
    return shell("s", "[ ${n} -lt %d ]".formatted(n), List.of(), NO_RETRY);
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  @Timeout(120)
  void itPausesWhenMoreValuesFailThanMayAndGoesOnWhenItIsResumed() {
    push(workflow("fragile", params("n", param("LONG", 0)), List.of(failingFrom(2))), "PARALLEL");
    var id = create("fragile", body("values", numbers(10), "param", "n", "max_failures", "20%"));
    await(id, "PAUSED");
    assertThat(count(id, "failed")).isEqualTo(3);
    assertThat(count(id, "waiting")).isEqualTo(5);
    assertThat(get(id).at("max_failures")).isEqualTo("20%");
    assertThat(get(id).at("problem").toString())
        .contains("3 of its 10 values did not succeed", "max_failures 20% allows for 2");
    act(id, "resume");
    awaitCount(id, "failed", 6);
    await(id, "PAUSED");
    act(id, "restart-failed");
    act(id, "resume");
    await(id, "PAUSED");
    assertThat(count(id, "succeeded")).isEqualTo(2);
  }

  @Test
  @Timeout(60)
  void allValuesAreRunUnlessItSaysHowManyMayFail() {
    push(workflow("broken", params("n", param("LONG", 0)), List.of(failingFrom(0))), "PARALLEL");
    var id = create("broken", body("values", numbers(5), "param", "n", "concurrency", 5));
    await(id, "COMPLETED");
    assertThat(count(id, "failed")).isEqualTo(5);
    var allowed =
        create(
            "broken",
            body("values", numbers(5), "param", "n", "max_failures", 5, "concurrency", 5));
    await(allowed, "COMPLETED");
  }

  @Test
  void whatIsNoNumberOfFailuresIsRefusedWithWhatWasMeant() {
    push(workflow("refused", params("n", param("LONG", 0)), List.of(noop("s"))), "PARALLEL");
    var answer = post("refused", body("values", List.of(1), "param", "n", "max_failures", -1));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("/max_failures", "percentage such as 10%", "did you mean");
  }

  // ------------------------------------------------------------------ what is run

  @Test
  @Timeout(120)
  void everyDayOfAYearIsRunOnceInOrderOneAtATime() {
    push(withDate("year", noop("s")), "PARALLEL");
    var id = create("year", body("days", days("20210101", "20220101"), "param", "date"));
    await(id, "COMPLETED");
    assertThat(count(id, "succeeded")).isEqualTo(366);
    assertThat(instances("year")).hasSize(366);
    assertThat(valueOf("year", 1, "date")).isEqualTo("20210101");
    assertThat(valueOf("year", 2, "date")).isEqualTo("20210102");
    assertThat(valueOf("year", 366, "date")).isEqualTo("20220101");
    assertThat(mostAtATime("year")).isEqualTo(1);
  }

  private static long mostAtATime(String workflow) {
    record Event(long at, int by) {}
    var events = new ArrayList<Event>();
    DATABASE
        .jdbc()
        .sql("SELECT create_time, end_time FROM workflow_run WHERE workflow_id = :id")
        .param("id", workflow)
        .query(row -> {
          events.add(new Event(row.getLong(1), 1));
          events.add(new Event(row.getLong(2), -1));
        });
    events.sort(Comparator.comparingLong(Event::at).thenComparingInt(Event::by));
    var now = 0L;
    var most = 0L;
    for (var event : events) {
      now += event.by();
      most = Math.max(most, now);
    }
    return most;
  }

  @Test
  @Timeout(120)
  void noMoreRunsAreUnderWayThanItMayHave() {
    push(withDate("narrow", noop("s")), "PARALLEL");
    var id =
        create(
            "narrow",
            body("days", days("20210101", "20210410"), "param", "date", "concurrency", 7));
    await(id, "COMPLETED");
    assertThat(instances("narrow")).hasSize(100);
    assertThat(mostAtATime("narrow")).isLessThanOrEqualTo(7);
  }

  @Test
  @Timeout(60)
  void withoutANamedParamARunSeesTheTimesThatItWouldHaveSeenThen() {
    push(workflow("then", noop("s")), "PARALLEL");
    var id =
        create(
            "then",
            body(
                "hours",
                Map.of("from", "2021070101", "to", "2021070103"),
                "zone",
                "Europe/Berlin",
                "order",
                "newest_first"));
    await(id, "COMPLETED");
    assertThat(instances("then")).hasSize(3);
    assertThat(valueOf("then", 1, "RUN_TS")).isEqualTo(1_625_101_200_000L);
    assertThat(valueOf("then", 1, "TARGET_RUN_DATE")).isEqualTo("20210701");
    assertThat(valueOf("then", 1, "TARGET_RUN_HOUR")).isEqualTo("03");
    assertThat(valueOf("then", 3, "TARGET_RUN_HOUR")).isEqualTo("01");
    assertThat(valueOf("then", 3, "RUN_DATE")).isEqualTo("20210630");
  }

  @Test
  @Timeout(60)
  void aListIsRunWithValuesOfTheParamsType() {
    push(workflow("listed", params("n", param("LONG", 0)), List.of(noop("s"))), "PARALLEL");
    var id = create("listed", body("values", List.of(7, "8"), "param", "n"));
    await(id, "COMPLETED");
    assertThat(valueOf("listed", 1, "n")).isEqualTo(7L);
    assertThat(valueOf("listed", 2, "n")).isEqualTo(8L);
  }

  @Test
  @Timeout(60)
  void listedValuesReachTheirRunsAsTheyAreWrittenAndAreFoundAgain() {
    push(
        workflow(
            "odd",
            params("key", param("STRING", ""), "total", param("STRING", "TOTAL")),
            List.of(noop("s"))),
        "PARALLEL");
    var values =
        List.of(
            "${total}",
            "$total",
            "price in $total",
            "$$",
            "a$$b",
            "$5",
            "US$",
            "$${total}",
            "${",
            "${no}",
            "a,b",
            " both ",
            "line\nbreak",
            "it's \"quoted\"",
            "ünïcode 日本",
            "007",
            "\\$x",
            "param['x']");
    var id = create("odd", body("values", values, "param", "key", "concurrency", 20));
    await(id, "COMPLETED");
    var seen = instances("odd").stream().map(instance -> valueOf("odd", instance, "key")).toList();
    assertThat(seen).containsExactlyInAnyOrderElementsOf(values);
    var again =
        engine.call(
            "POST",
            "/api/v3/workflows/odd/backfills?dry_run=true",
            body("values", values, "param", "key", "skip", "succeeded"));
    assertThat(again.at("total")).isEqualTo(0L);
  }

  @Test
  void whatCanNotBeRunIsRefusedAtOnce() {
    push(withDate("strict", noop("s")), "PARALLEL");
    var days = days("20210101", "20210103");
    assertThat(post("strict", body()).status()).isEqualTo(400);
    assertThat(post("strict", body("days", days, "param", "dat")).text()).contains("no-such-param");
    assertThat(post("strict", body("values", List.of("a"))).text()).contains("/param");
    assertThat(post("strict", body("values", List.of("a", "a"), "param", "date")).text())
        .contains("/values/1");
    assertThat(post("strict", body("days", days("20210103", "20210101"))).text())
        .contains("/days/to");
    assertThat(post("strict", body("days", days, "zone", "Mars/Olympus", "order", "any")).text())
        .contains("/zone");
    assertThat(post("strict", body("cron", Map.of("expression", "x", "from", "20210101"))).status())
        .isEqualTo(400);
    assertThat(post("nobody", body("days", days)).status()).isEqualTo(404);
    assertThat(get("nobody").status()).isEqualTo(404);
    push(workflow("strict-number", params("n", param("LONG", 0)), List.of(noop("s"))), "PARALLEL");
    assertThat(post("strict-number", body("values", List.of("x"), "param", "n")).text())
        .contains("value-does-not-fit");
    assertThat(instances("strict")).isEmpty();
  }

  // ------------------------------------------------------------------ what has been run

  @Test
  @Timeout(60)
  void aDryRunCountsAndStartsNothing() {
    push(withDate("dry", noop("s")), "SEQUENTIAL");
    for (var date : List.of("20210102", "20210103")) {
      client.ended(
          client.start("dry", Map.of("run_params", Map.of("date", param("STRING", date)))));
    }
    var body = body("days", days("20210101", "20210110"), "param", "date", "skip", "succeeded");
    var answer = engine.call("POST", "/api/v3/workflows/dry/backfills?dry_run=true", body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.at("total")).isEqualTo(8L);
    assertThat(answer.at("skipped")).isEqualTo(2L);
    assertThat(answer.at("already_ran", "succeeded")).isEqualTo(2L);
    assertThat(answer.at("already_ran", "all_instances_looked_at")).isEqualTo(true);
    assertThat(answer.at("first_values")).isEqualTo(List.of("20210101", "20210104", "20210105"));
    assertThat(answer.at("last_values")).isEqualTo(List.of("20210108", "20210109", "20210110"));
    assertThat(instances("dry")).hasSize(2);

    await(create("dry", body), "COMPLETED");
    assertThat(instances("dry")).hasSize(10);
    assertThat(post("dry", body).text()).contains("nothing-to-run");
  }

  // ------------------------------------------------------------------ what people ask of it

  @Test
  @Timeout(60)
  void aPausedBackfillStartsNothingUntilItIsResumedAndGoesOnWhereItWas() throws Exception {
    var go = dir.resolve("go-pause");
    push(
        withDate(
            "pausing",
            shell("s", "while [ ! -e %s ]; do sleep 0.05; done".formatted(go), List.of())),
        "PARALLEL");
    var id =
        create(
            "pausing",
            body("days", days("20210101", "20210105"), "param", "date", "concurrency", 2));
    awaitCount(id, "running", 2);
    assertThat(act(id, "pause").at("status")).isEqualTo("PAUSED");
    Files.createFile(go);
    awaitCount(id, "succeeded", 2);
    assertThat(count(id, "waiting")).isEqualTo(3);
    assertThat(instances("pausing")).hasSize(2);
    act(id, "resume");
    await(id, "COMPLETED");
    assertThat(instances("pausing")).hasSize(5);
    assertThat(valueOf("pausing", 5, "date")).isEqualTo("20210105");
  }

  @Test
  @Timeout(60)
  void aStoppedBackfillEndsItsRunsIfAskedToAndCanBeResumed() {
    push(withDate("stopping", sleep("s", 600)), "PARALLEL");
    var id =
        create(
            "stopping",
            body("days", days("20210101", "20210109"), "param", "date", "concurrency", 3));
    awaitCount(id, "running", 3);
    assertThat(act(id, "stop").at("status")).isEqualTo("STOPPED");
    assertThat(count(id, "running")).isEqualTo(3);
    act(id, "stop?end_runs=true");
    awaitCount(id, "stopped", 3);
    awaitInstances("stopping", 3);
    assertThat(client.status(new RunName("stopping", 1, 1))).isEqualTo("STOPPED");
    assertThat(instances("stopping")).hasSize(3);
    act(id, "resume");
    awaitCount(id, "running", 3);
    awaitInstances("stopping", 6);
    act(id, "stop?end_runs=true");
    awaitCount(id, "stopped", 6);
  }

  @Test
  @Timeout(60)
  void whatFailedIsRunAgainInTheSameInstances() throws Exception {
    var repaired = dir.resolve("repaired");
    var script = "case ${date} in *[135]) ;; *) test -e %s ;; esac".formatted(repaired);
    push(withDate("failing", shell("s", script, List.of(), NO_RETRY)), "PARALLEL");
    var id =
        create(
            "failing",
            body("days", days("20210101", "20210106"), "param", "date", "concurrency", 3));
    await(id, "COMPLETED");
    assertThat(count(id, "succeeded")).isEqualTo(3);
    assertThat(count(id, "failed")).isEqualTo(3);
    assertThat(String.valueOf(get(id).at("failures"))).contains("20210102", "FAILED");
    var failed =
        engine.call("GET", "/api/v3/backfills/" + id + "/runs?status=FAILED&first=2", null);
    assertThat(String.valueOf(failed.at("elements"))).contains("20210102", "20210104");
    assertThat(failed.at("page_info", "has_next_page")).isEqualTo(true);

    // One of them by hand: the back-fill counts that too.
    Files.createFile(repaired);
    var first = ((List<?>) failed.at("elements")).getFirst();
    var instance = ((Number) ((Map<?, ?>) first).get("workflow_instance_id")).longValue();
    client.ended(client.restart(new RunName("failing", instance, 1), "RESTART_FROM_INCOMPLETE"));
    awaitCount(id, "failed", 2);
    act(id, "restart-failed");
    await(id, "COMPLETED");
    assertThat(count(id, "succeeded")).isEqualTo(6);
    assertThat(instances("failing")).hasSize(9);
    assertThat(instances("failing").stream().distinct()).hasSize(6);
  }

  @Test
  @Timeout(60)
  void aBackfillWhoseWorkflowCanNotBeStartedPausesAndSaysWhy() {
    push(withDate("inactive", sleep("s", 1)), "PARALLEL");
    var id = create("inactive", body("days", days("20210101", "20210103"), "param", "date"));
    awaitCount(id, "running", 1);
    client.workflowAction("inactive", "deactivate");
    await(id, "PAUSED");
    assertThat(String.valueOf(get(id).at("problem"))).contains("2021010").contains("active");
    engine.call("PUT", "/api/v3/workflows/inactive/versions/1/actions/activate", null);
    act(id, "resume");
    await(id, "COMPLETED");
    assertThat(get(id).json()).doesNotContainKey("problem");
    assertThat(instances("inactive")).hasSize(3);
    assertThat(count(id, "succeeded")).isEqualTo(3);
  }

  @Test
  @Timeout(60)
  void underARunStrategyThatKeepsOneRunItStartsOneAtATime() {
    push(withDate("first", noop("s")), "FIRST_ONLY");
    var id =
        create(
            "first", body("days", days("20210101", "20210120"), "param", "date", "concurrency", 5));
    await(id, "COMPLETED");
    assertThat(count(id, "succeeded")).isEqualTo(20);
  }

  @Test
  @Timeout(60)
  void itPausesWhenTheRunStrategyStopsItsRuns() {
    push(withDate("busy", sleep("s", 600)), "FIRST_ONLY");
    var other = client.start("busy");
    var id = create("busy", body("days", days("20210101", "20210105"), "param", "date"));
    await(id, "PAUSED");
    assertThat(String.valueOf(get(id).at("problem"))).contains("run strategy");
    awaitCount(id, "stopped", 1);
    assertThat(instances("busy")).hasSize(2);
    client.action(other, "stop");
  }

  @Test
  @Timeout(60)
  void theBackfillsOfAWorkflowAreListedNewestFirst() {
    push(withDate("several", noop("s")), "PARALLEL");
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      ids.add(create("several", body("days", days("20210101", "20210102"), "param", "date")));
    }
    ids.forEach(id -> await(id, "COMPLETED"));
    var page = engine.call("GET", "/api/v3/workflows/several/backfills?first=2", null);
    assertThat(String.valueOf(page.at("elements"))).contains(ids.get(2), ids.get(1));
    var rest =
        engine.call(
            "GET",
            "/api/v3/workflows/several/backfills?first=2&cursor="
                + page.at("page_info", "end_cursor"),
            null);
    assertThat(String.valueOf(rest.at("elements"))).contains(ids.get(0)).doesNotContain(ids.get(1));
    // Every back-fill has runs of its own, even for the same values.
    assertThat(instances("several")).hasSize(6);
  }

  /** Rows that somebody, or a bug, has spoilt. */
  @Test
  @Timeout(60)
  void aBackfillThatCannotBeReadHidesNoOther() {
    push(withDate("spoilt", noop("s")), "PARALLEL");
    var ids = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      ids.add(create("spoilt", body("days", days("20210101", "20210102"), "param", "date")));
    }
    ids.forEach(id -> await(id, "COMPLETED"));
    spoil("backfill", "spec = 'x' WHERE backfill_id = '" + ids.get(1) + "'");
    spoil("backfill", "progress = '[1]' WHERE backfill_id = '" + ids.get(2) + "'");
    var list = engine.call("GET", "/api/v3/workflows/spoilt/backfills?first=9", null);
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    var found = (List<?>) list.at("elements");
    assertThat(found.stream().map(one -> String.valueOf(((Map<?, ?>) one).get("id"))))
        .containsExactlyElementsOf(ids.reversed());
    assertThat(found.stream().map(one -> ((Map<?, ?>) one).get("unreadable") != null))
        .containsExactly(true, true, false);
    assertThat(found.stream().map(one -> String.valueOf(((Map<?, ?>) one).get("status"))))
        .containsOnly("COMPLETED");
    assertThat(get(ids.get(1)).text()).contains("unreadable-row");
    // What was run before is looked up for the next one, among runs that can't be read.
    spoil("workflow_run", "facts = 'x' WHERE workflow_id = 'spoilt' AND instance_id = 1");
    await(
        create("spoilt", body("days", days("20210101", "20210103"), "param", "date")), "COMPLETED");
  }

  private static void spoil(String table, String how) {
    assertThat(DATABASE.jdbc().sql("UPDATE " + table + " SET " + how).update()).isEqualTo(1);
  }

  // ------------------------------------------------------------------ what crashes leave behind

  @Test
  @Timeout(60)
  void whatWasClaimedAndNeverStartedIsStarted() {
    push(withDate("claimed", noop("s")), "PARALLEL");
    var id =
        create(
            "claimed",
            body("days", days("20210101", "20210104"), "param", "date", "concurrency", 2));
    await(id, "COMPLETED");
    // As if the node had died between claiming the first two values and starting their runs.
    DATABASE.jdbc().sql("DELETE FROM step_attempt WHERE workflow_id = 'claimed'").update();
    DATABASE.jdbc().sql("DELETE FROM workflow_run WHERE workflow_id = 'claimed'").update();
    DATABASE
        .jdbc()
        .sql(
            """
            UPDATE backfill
               SET status = 'RUNNING', live = true, revision = revision + 1,
                   progress = '{"next": 2, "open": [[0, 1]], "round": 0, "ending": false}'
             WHERE backfill_id = :id
            """)
        .param("id", id)
        .update();
    act(id, "resume");
    await(id, "COMPLETED");
    assertThat(count(id, "succeeded")).isEqualTo(4);
    assertThat(instances("claimed")).hasSize(4);
  }
}

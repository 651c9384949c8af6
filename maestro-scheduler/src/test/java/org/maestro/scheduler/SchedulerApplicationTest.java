package org.maestro.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.scheduler.TestNode.JSON;
import static org.maestro.scheduler.TestNode.cron;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.messaging.TestKafka;

/** The scheduler as a process, over a real database and a real broker. */
class SchedulerApplicationTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final ConcurrentLinkedQueue<EngineRequest.Start> REQUESTS =
      new ConcurrentLinkedQueue<>();
  private static final Instant NOW = Instant.now();

  private static TestScheduler scheduler;
  private static MessageSender engine;
  private static TopicConsumer engineConsumer;

  @BeforeAll
  static void start() {
    scheduler = TestScheduler.start(DATABASE);
    var kafka = KafkaSettings.plain(TestKafka.bootstrapServers(), DATABASE.name(), "test");
    engine = new MessageSender(kafka);
    engineConsumer =
        new TopicConsumer(
            kafka,
            TestScheduler.topics(DATABASE).requests(),
            messages ->
                messages.forEach(message ->
                    REQUESTS.add(
                        (EngineRequest.Start)
                            JSON.readValue(message.value(), EngineRequest.class))));
    engineConsumer.start();
  }

  @AfterAll
  static void stop() {
    engineConsumer.close();
    engine.close();
    scheduler.close();
    DATABASE.close();
  }

  @Test
  void itIsHealthyAndMeasured() {
    assertThat(get("/actuator/health").body().path("status").asString()).isEqualTo("UP");
    assertThat(get("/actuator/health/readiness").body().path("status").asString()).isEqualTo("UP");
    var buckets = get("/actuator/metrics/maestro.scheduler.buckets");
    assertThat(buckets.status()).isEqualTo(200);
    assertThat(buckets.body().at("/measurements/0/value").asInt()).isEqualTo(32);
  }

  @Test
  void whatTheEngineSaysBecomesRequestsAndItsAnswersAreShown() {
    var hour = Instant.ofEpochSecond(NOW.getEpochSecond() / 3_600 * 3_600);
    say("team.load-orders", 1, hour, cron("0 * * * *"));
    var request = await("the request of this hour", "team.load-orders", hour);
    send(
        TestScheduler.topics(DATABASE).answers(),
        request.workflowId(),
        new StartAnswer(
            request.workflowId(),
            request.triggerUuid(),
            request.requestId(),
            StartAnswer.Outcome.REFUSED,
            null,
            "the workflow is broken",
            7));
    var path = "/api/v3/workflows/team.load-orders/triggers";
    await(
        "the answer is shown",
        () ->
            get(path)
                .body()
                .at("/time_triggers/0/last_answer/outcome")
                .asString("")
                .equals("REFUSED"));
    var trigger = get(path).body().at("/time_triggers/0");
    assertThat(trigger.at("/last_refusal/reason").asString()).isEqualTo("the workflow is broken");
    assertThat(trigger.at("/last_refusal/tick").asLong()).isEqualTo(hour.toEpochMilli());
    assertThat(trigger.at("/last_fire/trigger_time").asLong())
        .isGreaterThanOrEqualTo(hour.toEpochMilli());
    assertThat(trigger.at("/trigger/cron").asString()).isEqualTo("0 * * * *");
    assertThat(trigger.at("/next_fires").size()).isEqualTo(5);
    var next = get("/api/v3/workflows/team.load-orders/triggers/time/next?count=3").body();
    assertThat(next.at("/next_fires").size()).isEqualTo(3);
    assertThat(next.at("/next_fires/1/trigger_time").asLong())
        .isEqualTo(next.at("/next_fires/0/trigger_time").asLong() + 3_600_000);
  }

  @Test
  void badNewsDoesNotHoldUpTheRest() {
    var topics = TestScheduler.topics(DATABASE);
    engine
        .send(
            List.of(
                new OutgoingMessage(
                    topics.triggers(),
                    null,
                    "after-poison",
                    "{\"nonsense\"".getBytes(StandardCharsets.UTF_8),
                    Map.of())))
        .join();
    var day = Instant.ofEpochSecond(NOW.getEpochSecond() / 86_400 * 86_400);
    say("after-poison", 1, day, cron("0 0 * * *"));
    await("the request of today", "after-poison", day);
  }

  @Test
  void triggersArePausedAndResumed() {
    say("to-pause", 1, NOW, cron("0 0 1 1 *"));
    var base = "/api/v3/workflows/to-pause/triggers";
    await("the workflow is known", () -> get(base).status() == 200);
    var pause = base + "/time/actions/pause";
    var paused = scheduler.call("owner", "PUT", pause, null);
    assertThat(paused.body().path("changed").asBoolean()).isTrue();
    assertThat(get(base).body().path("paused").asBoolean()).isTrue();
    assertThat(get(base).body().at("/time_triggers/0/next_fires").size()).isZero();
    var resumed = scheduler.call("owner", "PUT", base + "/time/actions/resume", null);
    assertThat(resumed.body().path("paused").asBoolean()).isFalse();
    assertThat(get(base).body().at("/time_triggers/0/next_fires").size()).isEqualTo(5);
  }

  @Test
  void aPreviewShowsTicksOrAllProblems() {
    var trigger = Map.of("type", "CRON", "cron", "30 2 * * *", "timezone", "Europe/Berlin");
    var from = Instant.parse("2026-03-28T12:00:00Z").toEpochMilli();
    var preview =
        scheduler.call(
            "somebody", "POST", "/api/v3/triggers/time/preview?count=2&from=" + from, trigger);
    assertThat(preview.body().at("/next_fires/0/local_time").asString())
        .isEqualTo("2026-03-29T03:00:00+02:00");
    assertThat(preview.body().at("/next_fires/1/local_time").asString())
        .isEqualTo("2026-03-30T02:30:00+02:00");
    var bad =
        scheduler.call(
            "somebody",
            "POST",
            "/api/v3/triggers/time/preview",
            Map.of("type", "CRON", "cron", "* * * * *", "timezone", "Mars", "colour", "red"));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.body().path("code").asString()).isEqualTo("invalid-trigger");
    var pointers = new ArrayList<String>();
    bad.body()
        .path("problems")
        .forEach(problem -> pointers.add(problem.path("pointer").asString()));
    assertThat(pointers).containsExactlyInAnyOrder("/cron", "/timezone", "/colour");
    assertThat(scheduler.call("somebody", "POST", "/api/v3/triggers/time/preview", 5).status())
        .isEqualTo(400);
    assertThat(
            scheduler
                .call("somebody", "POST", "/api/v3/triggers/time/preview?count=0", trigger)
                .body()
                .path("code")
                .asString())
        .isEqualTo("invalid-count");
  }

  @Test
  void allTriggersAreListedInPages() {
    for (var i = 0; i < 5; i++) {
      say("list-" + i, 1, NOW, cron("0 0 1 1 *"), cron("0 0 2 1 *"));
      var path = "/api/v3/workflows/list-" + i + "/triggers";
      await("it is known", () -> get(path).status() == 200);
    }
    var found = new ArrayList<String>();
    var cursor = "";
    do {
      var page = get("/api/v3/triggers/time?first=3&cursor=" + cursor).body();
      page.path("elements")
          .forEach(row ->
              found.add(row.path("workflow_id").asString() + "/" + row.path("index").asLong()));
      cursor =
          page.at("/page_info/has_next_page").asBoolean()
              ? page.at("/page_info/end_cursor").asString()
              : "";
    } while (!cursor.isEmpty());
    assertThat(found).doesNotHaveDuplicates().isSorted();
    assertThat(found.stream().filter(row -> row.startsWith("list-"))).hasSize(10);
    var last = get("/api/v3/triggers/time?last=2").body();
    assertThat(last.path("elements").size()).isEqualTo(2);
    var before =
        get("/api/v3/triggers/time?last=1&cursor=" + last.at("/page_info/start_cursor").asString());
    assertThat(before.body().path("elements").size()).isEqualTo(1);
    assertThat(get("/api/v3/triggers/time?first=3&cursor=x").status()).isEqualTo(400);
  }

  /** Rows that somebody, or a bug, has spoilt. */
  @Test
  void aTriggerThatCannotBeReadHidesNoOther() {
    for (var i = 0; i < 3; i++) {
      say("spoilt-" + i, 1, NOW, cron("0 0 1 1 *"));
      var path = "/api/v3/workflows/spoilt-" + i + "/triggers";
      await("it is known", () -> get(path).status() == 200);
    }
    spoil("spoilt-0", "definition = '{'");
    spoil("spoilt-1", "answer = '[1]'");
    var list = get("/api/v3/triggers/time?first=200");
    assertThat(list.status()).isEqualTo(200);
    for (var i = 0; i < 3; i++) {
      var alone = get("/api/v3/workflows/spoilt-" + i + "/triggers").body();
      var trigger = alone.at("/time_triggers/0");
      assertThat(trigger.path("unreadable").isString()).as(alone.toString()).isEqualTo(i < 2);
      assertThat(trigger.at("/trigger/cron").asString("")).isEqualTo(i == 0 ? "" : "0 0 1 1 *");
      assertThat(list.body().path("elements").valueStream()).contains(trigger);
    }
    assertThat(get("/api/v3/workflows/spoilt-0/triggers/time/next").status()).isEqualTo(200);
  }

  private static void spoil(String workflow, String how) {
    assertThat(
            DATABASE
                .jdbc()
                .sql("UPDATE time_trigger SET " + how + " WHERE workflow_id = '" + workflow + "'")
                .update())
        .isEqualTo(1);
  }

  @Test
  void anUnknownWorkflowIsNotFound() {
    var answer = get("/api/v3/workflows/never-heard-of/triggers");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("code").asString()).isEqualTo("unknown-workflow");
  }

  @Test
  void whoAsksBeforeTheNewsIsHereWaitsForIt() {
    var path = "/api/v3/workflows/just-pushed/triggers";
    var asked = CompletableFuture.supplyAsync(() -> get(path));
    LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
    assertThat(asked).isNotDone();
    say("just-pushed", 1, NOW, cron("0 0 1 1 *"));
    var answer = asked.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().at("/time_triggers").size()).isEqualTo(1);
  }

  private static void say(String workflowId, long revision, Instant time, Map<?, ?>... triggers) {
    send(
        TestScheduler.topics(DATABASE).triggers(),
        workflowId,
        new TriggerNews(
            workflowId,
            1,
            revision,
            1L,
            "owner",
            List.of((Object[]) triggers),
            List.of(),
            time.toEpochMilli()));
  }

  private static void send(String topic, String key, Object message) {
    engine
        .send(
            List.of(
                new OutgoingMessage(topic, null, key, JSON.writeValueAsBytes(message), Map.of())))
        .join();
  }

  private static TestScheduler.Answer get(String path) {
    return scheduler.call("somebody", "GET", path, null);
  }

  private static EngineRequest.Start await(String what, String workflowId, Instant tick) {
    await(what, () -> find(workflowId, tick) != null);
    return find(workflowId, tick);
  }

  private static EngineRequest.Start find(String workflowId, Instant tick) {
    for (var request : REQUESTS) {
      if (request.workflowId().equals(workflowId)
          && ((Initiator.Time) request.initiator()).triggerTime() == tick.toEpochMilli()) {
        return request;
      }
    }
    return null;
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}

package org.maestro.scheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.scheduler.TestNode.cron;
import static org.maestro.scheduler.TestNode.news;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerId;
import org.maestro.model.message.TriggerNews;
import org.maestro.model.start.Initiator;
import org.maestro.scheduler.SetClock;
import org.maestro.scheduler.TestNode;
import org.maestro.scheduler.bucket.Buckets;
import org.maestro.scheduler.bucket.Lease;
import org.maestro.scheduler.trigger.TriggerRow;
import org.maestro.service.database.FailingDataSource;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.security.Caller;
import org.maestro.service.security.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

class FireLoopTest {
  private static final Caller OWNER = new Caller("owner", Set.of(Role.USER));

  private final TestDatabase database = TestDatabase.create();
  private final SetClock clock = new SetClock("2026-03-10T08:00:00Z");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void exactlyTheDueTicksAreRequested() {
    var node = TestNode.alone(database, clock);
    node.hear(
        news("hourly", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")),
        news("often", 1, 1L, "2026-03-10T08:00:01Z", cron("*/20 * * * *")),
        news("later", 1, 1L, "2026-03-10T08:00:00Z", cron("0 12 * * *")));
    assertThat(node.fired()).containsExactly("hourly 2026-03-10T08:00:00Z");
    assertThat(node.fire()).isEqualTo(Instant.parse("2026-03-10T08:20:00Z").toEpochMilli());
    clock.set("2026-03-10T08:19:59.999Z");
    assertThat(node.fired()).isEmpty();
    clock.set("2026-03-10T08:20:00Z");
    assertThat(node.fired()).containsExactly("often 2026-03-10T08:20:00Z");
    clock.set("2026-03-10T09:00:00Z");
    assertThat(node.fired())
        .containsExactlyInAnyOrder(
            "often 2026-03-10T08:40:00Z",
            "often 2026-03-10T09:00:00Z",
            "hourly 2026-03-10T09:00:00Z");
  }

  @Test
  void aRequestSaysWhatTheEngineNeeds() {
    var node = TestNode.alone(database, clock);
    node.hear(
        news(
            "w",
            1,
            3L,
            "2026-03-10T08:00:00Z",
            Map.of("type", "CRON", "cron", "0 9 * * *", "timezone", "Europe/Berlin")));
    clock.set("2026-03-10T08:00:02Z");
    node.fire();
    var uuid = TriggerId.ofTimeTriggers(1, 3).value();
    assertThat(node.sent).hasSize(1);
    var start = node.sent.getFirst();
    assertThat(start.triggerUuid()).isEqualTo(uuid);
    assertThat(start.requestTime()).isEqualTo(clock.millis());
    assertThat(start.initiator())
        .isEqualTo(
            new Initiator.Time(
                uuid, Instant.parse("2026-03-10T08:00:00Z").toEpochMilli(), "Europe/Berlin"));
  }

  @Test
  void missedTicksAreCaughtUpAsEachTriggerWants() {
    var node = TestNode.alone(database, clock);
    node.hear(
        news("all", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *", "ALL")),
        news("latest", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *", "LATEST")),
        news("none", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *", "NONE")));
    clock.set("2026-03-10T10:30:00Z");
    assertThat(node.fired())
        .containsExactlyInAnyOrder(
            "all 2026-03-10T08:00:00Z",
            "all 2026-03-10T09:00:00Z",
            "all 2026-03-10T10:00:00Z",
            "latest 2026-03-10T10:00:00Z");
    clock.set("2026-03-10T11:00:00Z");
    assertThat(node.fired()).hasSize(3);
  }

  @Test
  void threeMissedDaysAreCaughtUpInBatches() {
    var node = TestNode.alone(database, clock);
    node.hear(
        news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("*/2 * * * *")),
        news("v", 1, 1L, "2026-03-10T08:00:00Z", cron("0 12 * * *")));
    clock.set("2026-03-13T07:59:00Z");
    var fired = node.fired();
    assertThat(fired).hasSize(3 * 720 + 3).doesNotHaveDuplicates();
    assertThat(fired.indexOf("v 2026-03-12T12:00:00Z"))
        .as("has its turn in between")
        .isLessThan(300);
  }

  @Test
  void theLastTickBeforeTheEndIsTheLast() {
    var node = TestNode.alone(database, clock);
    var trigger = new TreeMap<String, Object>(cron("0 * * * *"));
    trigger.put("end", "2026-03-10T09:30:00Z");
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", trigger));
    clock.set("2026-03-10T12:00:00Z");
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:00:00Z", "w 2026-03-10T09:00:00Z");
    assertThat(node.fire()).isNull();
  }

  @Test
  void pausedTriggersFireWhatTheyMissedWhenTheyAreResumedAsTheyWant() {
    var node = TestNode.alone(database, clock);
    node.hear(
        news(
            "w",
            1,
            1L,
            "2026-03-10T08:00:00Z",
            cron("0 * * * *", "ALL"),
            cron("5 * * * *", "LATEST"),
            cron("10 * * * *", "NONE")));
    assertThat(node.fired()).hasSize(1);
    assertThat(node.triggers.pause(OWNER, "w")).isTrue();
    assertThat(node.triggers.pause(OWNER, "w")).isFalse();
    clock.set("2026-03-10T10:30:00Z");
    assertThat(node.fired()).isEmpty();
    assertThat(node.triggers.of(OWNER, "w").pausedBy()).isEqualTo("owner");
    assertThat(node.triggers.resume(OWNER, "w")).isTrue();
    assertThat(node.fired())
        .containsExactlyInAnyOrder(
            "w 2026-03-10T09:00:00Z", "w 2026-03-10T10:00:00Z", "w 2026-03-10T10:05:00Z");
  }

  @Test
  void onlyWhoMayRunAWorkflowPausesItsTriggers() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    var somebody = new Caller("somebody", Set.of(Role.USER));
    assertThat(node.triggers.of(somebody, "w").timeTriggers()).hasSize(1);
    assertThatThrownBy(() -> node.triggers.pause(somebody, "w"))
        .hasMessageContaining("not-the-owner");
    assertThatThrownBy(() -> node.triggers.resume(somebody, "w"))
        .hasMessageContaining("not-the-owner");
    var nobody = new Caller("nobody", Set.of());
    assertThatThrownBy(() -> node.triggers.of(nobody, "w")).hasMessageContaining("not-the-owner");
    assertThat(node.fired()).hasSize(1);
  }

  @Test
  void aVersionThatIsActivatedWhilePausedIsPaused() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    node.triggers.pause(OWNER, "w");
    node.hear(news("w", 2, 2L, "2026-03-10T08:00:00Z", cron("30 * * * *")));
    clock.set("2026-03-10T08:30:00Z");
    assertThat(node.fired()).isEmpty();
    node.triggers.resume(OWNER, "w");
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:30:00Z");
  }

  @Test
  void requestsThatWereNotAcknowledgedAreMadeAgainWithTheSameIds() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    node.acknowledged = 0;
    assertThatThrownBy(node::fire).hasStackTraceContaining("the broker is away");
    node.acknowledged = 100;
    node.fire();
    node.fire();
    assertThat(node.sent).hasSize(2);
    assertThat(node.sent.get(1).requestId()).isEqualTo(node.sent.get(0).requestId());
  }

  @Test
  void whenOneOfTwoSchedulersStopsHalfwayTheOtherFiresTheRestAndRepeatsOnlyTheSameRequests() {
    var lease = Duration.ofMinutes(5);
    var one = new TestNode(database, clock, lease, 5);
    var other = new TestNode(database, clock, lease, 5);
    one.leases.renew();
    other.leases.renew();
    one.leases.renew();
    other.leases.renew();
    assertThat(one.leases.owned()).hasSize(Buckets.COUNT / 2);
    assertThat(other.leases.owned()).hasSize(Buckets.COUNT / 2);
    var all = new ArrayList<TriggerNews>();
    for (var i = 0; i < 1_000; i++) {
      all.add(news("w" + i, 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    }
    one.hear(all.toArray(TriggerNews[]::new));

    one.acknowledged = 20; // of some 100 pages; then it is gone without a word
    assertThatThrownBy(one::fire).hasStackTraceContaining("the broker is away");
    endLeases(one.leases.owned());
    other.leases.renew();
    assertThat(other.leases.owned()).hasSize(Buckets.COUNT);
    other.fire();

    var requests = Stream.concat(one.sent.stream(), other.sent.stream()).toList();
    var ids = new HashSet<String>();
    requests.forEach(request -> ids.add(request.requestId()));
    assertThat(requests.stream().map(TestNode::text).distinct().count()).isEqualTo(1_000);
    assertThat(ids).as("one id per tick").hasSize(1_000);
    assertThat(requests.size())
        .as("only what wasn't acknowledged is repeated")
        .isBetween(1_001, 1_090);
    other.sent.clear();
    other.fire();
    assertThat(other.sent).isEmpty();
  }

  /** As if the time of these leases, and of all schedulers' last signs of life, were over. */
  private void endLeases(List<Lease> leases) {
    database.jdbc().sql("UPDATE scheduler_node SET alive_until = '2000-01-01'").update();
    database
        .jdbc()
        .sql("UPDATE scheduler_bucket SET leased_until = '2000-01-01' WHERE bucket IN (:ended)")
        .param("ended", leases.stream().map(Lease::bucket).toList())
        .update();
  }

  @Test
  void aTriggerThatCannotBeFollowedAnyMoreDoesNotHoldUpTheOthers() {
    var node = TestNode.alone(database, clock);
    node.hear(
        news("v", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")),
        news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    database
        .jdbc()
        .sql("UPDATE time_trigger SET definition = '{\"type\": \"MOON\"}' WHERE workflow_id = 'v'")
        .update();
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:00:00Z");
    assertThat(node.fired()).isEmpty();
    assertThat(row("v").problem()).contains("MOON");
  }

  @Test
  void nothingIsLostWhenCommitsFailOrTheirOutcomeIsUnknown() {
    var failing = new FailingDataSource(database.dataSource(), 3);
    var node =
        new TestNode(
            TestDatabase.transactions(failing),
            JdbcClient.create(failing),
            clock,
            Duration.ofMinutes(5),
            20);
    node.leases.renew();
    var all = new ArrayList<TriggerNews>();
    for (var i = 0; i < 300; i++) {
      all.add(news("w" + i, 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    }
    node.hear(all.toArray(TriggerNews[]::new));
    for (var hour = 0; hour < 3; hour++) {
      while (Long.valueOf(clock.millis() + 1_000).equals(node.fire())) {
        // A move whose outcome is unknown is found to have happened, and looked at again later.
      }
      clock.forward(Duration.ofHours(1));
    }
    assertThat(failing.failures()).isGreaterThan(20);
    assertThat(node.sent.stream().map(TestNode::text).distinct().count()).isEqualTo(900);
    assertThat(node.sent.stream().map(EngineRequest.Start::requestId).distinct().count())
        .isEqualTo(900);
  }

  @Test
  void whoLostABucketMovesNothingInIt() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    database
        .jdbc()
        .sql("UPDATE scheduler_bucket SET epoch = epoch + 1, owner = 'another'")
        .update();
    assertThat(node.fire()).as("looks again soon").isEqualTo(clock.millis() + 1_000);
    assertThat(row("w").firedAt()).isNull();
    node.leases.renew();
    assertThat(node.leases.owned()).isEmpty();
    node.fire();
    assertThat(node.sent).hasSize(1);
  }

  @Test
  void aLeaseThatWasNotRenewedInTimeIsNoLeaseAnyMore() {
    var node = new TestNode(database, clock, Duration.ofMillis(1), 5);
    node.leases.renew();
    await("the lease has ended", () -> node.leases.owned().isEmpty());
    assertThat(node.leases.isCurrent()).isFalse();
  }

  @Test
  void schedulersThatComeAndGoShareAllBuckets() {
    var lease = Duration.ofMinutes(1);
    var nodes =
        List.of(
            new TestNode(database, clock, lease, 5),
            new TestNode(database, clock, lease, 5),
            new TestNode(database, clock, lease, 5));
    for (var round = 0; round < 3; round++) {
      nodes.forEach(node -> node.leases.renew());
    }
    assertThat(nodes.stream().flatMap(node -> node.leases.owned().stream()).map(Lease::bucket))
        .doesNotHaveDuplicates()
        .hasSize(Buckets.COUNT);
    assertThat(nodes).allMatch(node -> node.leases.owned().size() >= 10);
    nodes.getFirst().leases.release();
    for (var round = 0; round < 2; round++) {
      nodes.subList(1, 3).forEach(node -> node.leases.renew());
    }
    assertThat(nodes.get(1).leases.owned()).hasSize(16);
    assertThat(nodes.get(2).leases.owned()).hasSize(16);
  }

  @Test
  void answersAreKeptOnTheTriggerThatAsked() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *"), cron("30 * * * *")));
    clock.set("2026-03-10T10:00:00Z");
    node.fire();
    var requests = List.copyOf(node.sent);
    assertThat(requests).hasSize(5);
    for (var request : requests) {
      var eight = TestNode.text(request).equals("w 2026-03-10T08:00:00Z");
      node.hear(
          eight
              ? answer(request, StartAnswer.Outcome.REFUSED, null, "no such parameter")
              : answer(
                  request, StartAnswer.Outcome.STARTED, (long) requests.indexOf(request), null));
    }
    node.hear(
        new StartAnswer(
            "w",
            TriggerId.ofTimeTriggers(1, 1).value(),
            "unknown",
            StartAnswer.Outcome.STARTED,
            9L,
            null,
            5));
    var hourly = row("w");
    assertThat(hourly.answer().outcome()).isEqualTo(StartAnswer.Outcome.STARTED);
    assertThat(Instant.ofEpochMilli(hourly.answer().tick())).isEqualTo("2026-03-10T10:00:00Z");
    assertThat(hourly.refusal().reason()).isEqualTo("no such parameter");
    assertThat(Instant.ofEpochMilli(hourly.refusal().tick())).isEqualTo("2026-03-10T08:00:00Z");
    node.sent.clear();
    node.fire();
    assertThat(node.sent).as("a refused tick is not asked for again").isEmpty();
  }

  @Test
  void anAnswerMayBeFasterThanTheMove() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    node.acknowledged = 0;
    assertThatThrownBy(node::fire).hasStackTraceContaining("the broker is away");
    node.hear(
        answer(
            node.sent.getFirst(), StartAnswer.Outcome.REPLACED, null, "version 1 is not active"));
    assertThat(row("w").firedAt()).isNull();
    assertThat(row("w").answer().outcome()).isEqualTo(StartAnswer.Outcome.REPLACED);
  }

  private static StartAnswer answer(
      EngineRequest.Start request, StartAnswer.Outcome outcome, Long instance, String reason) {
    return new StartAnswer(
        request.workflowId(),
        request.triggerUuid(),
        request.requestId(),
        outcome,
        instance,
        reason,
        5);
  }

  private TriggerRow row(String workflowId) {
    var node = new TestNode(database, clock, Duration.ofMinutes(1), 5);
    return database.transactions().read(() -> node.store.rows(List.of(workflowId))).getFirst();
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(20_000_000);
    }
  }
}

package org.maestro.engine.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.permit.TagPermit;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.maestro.service.security.OwnerPolicy;
import org.maestro.service.security.Role;

/** The limits in the database, and the ledger as it is built from the step attempts. */
class PermitStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Caller ADMIN = new Caller("ada", Set.of(Role.ADMIN));

  private final Transactions transactions = DATABASE.transactions();
  private final TagPermitStore store = new TagPermitStore(DATABASE.jdbc(), StrictJson.mapper());
  private final List<PermitHolder> granted = new ArrayList<>();
  private final List<PermitMessage> sent = new ArrayList<>();
  private final KnownTagLimits known = new KnownTagLimits();
  private int announced;
  private long now = 1_000_000;
  private final InstantSource clock = () -> Instant.ofEpochMilli(now);
  private final PermitChannel channel =
      new PermitChannel() {
        @Override
        public void send(PermitMessage message) {
          sent.add(message);
        }

        @Override
        public void granted(PermitHolder holder) {
          granted.add(holder);
        }

        @Override
        public void limitsChanged() {
          announced++;
        }
      };
  private final NodePermits permits = new NodePermits(new RemotePermits(channel::send));
  private final TagPermits tags =
      new TagPermits(
          transactions, store, known, permits, channel, new OwnerPolicy(_ -> Set.of()), clock);
  private final PermitRecovery recovery =
      new PermitRecovery(
          transactions, new HeldAttemptStore(DATABASE.jdbc()), known, permits, channel, clock);

  @BeforeEach
  void empty() {
    for (var table : List.of("tag_permit", "step_attempt", "workflow_run")) {
      DATABASE.jdbc().sql("DELETE FROM " + table).update();
    }
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void aLimitIsReadAsItWasSet() {
    tags.set(ADMIN, "db", 2, Map.of("team", "data", "nested", Map.of("a", List.of(1L))));
    var permit = tags.get(ADMIN, "db");
    assertThat(permit.maxAllowed()).isEqualTo(2);
    assertThat(permit.extraInfo())
        .isEqualTo(Map.of("team", "data", "nested", Map.of("a", List.of(1L))));
    assertThat(permit.timeline()).extracting(TimelineEvent::author).containsExactly("ada");
    assertThat(known.limit("db")).isEqualTo(2);
    assertThat(announced).isEqualTo(1);
  }

  @Test
  void everyChangeIsRememberedWithWhoMadeItAndWhen() {
    tags.set(ADMIN, "db", 2, Map.of());
    now += 1_000;
    tags.set(new Caller("bob", Set.of(Role.ADMIN)), "db", 3, Map.of());
    now += 1_000;
    tags.set(ADMIN, "db", 3, Map.of());
    assertThat(tags.get(ADMIN, "db").timeline())
        .as("setting what is set already changes nothing")
        .extracting(TimelineEvent::author, TimelineEvent::timestamp)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("ada", 1_000_000L),
            org.assertj.core.groups.Tuple.tuple("bob", 1_001_000L));
    assertThat(announced).isEqualTo(2);
  }

  @Test
  void onlyTheLastChangesAreKept() {
    for (int i = 1; i <= TagPermitStore.TIMELINE_LIMIT + 3; i++) {
      tags.set(ADMIN, "db", i, Map.of());
    }
    var timeline = tags.get(ADMIN, "db").timeline();
    assertThat(timeline).hasSize(TagPermitStore.TIMELINE_LIMIT);
    assertThat(timeline.getFirst().message()).contains(" 4 ");
  }

  @Test
  void ofTwoWhoChangeALimitAtOnceBothAreRemembered() throws Exception {
    tags.set(ADMIN, "db", 1, Map.of());
    var barrier = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var changes = new ArrayList<Callable<Boolean>>();
      for (long limit : new long[] {2, 3}) {
        changes.add(() -> {
          barrier.await();
          var event = TimelineEvent.action(now, "SET", "racer", "to " + limit);
          return transactions.run(() -> store.save("db", limit, Map.of(), event));
        });
      }
      for (var change : threads.invokeAll(changes)) {
        assertThat(change.get()).isTrue();
      }
    }
    assertThat(tags.get(ADMIN, "db").timeline()).hasSize(3);
  }

  @Test
  void aDeletedLimitIsGone() {
    tags.set(ADMIN, "db", 2, Map.of());
    assertThat(tags.delete(ADMIN, "db").maxAllowed()).isEqualTo(2);
    assertThat(known.isEmpty()).isTrue();
    assertThatThrownBy(() -> tags.get(ADMIN, "db"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no-such-tag-permit");
    assertThatThrownBy(() -> tags.delete(ADMIN, "db"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no-such-tag-permit");
  }

  @Test
  void onlyAdministratorsChangeLimits() {
    var bob = new Caller("bob", Set.of(Role.USER));
    assertThatThrownBy(() -> tags.set(bob, "db", 2, Map.of()))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("not-an-administrator");
    tags.set(ADMIN, "db", 2, Map.of());
    assertThatThrownBy(() -> tags.delete(bob, "db")).isInstanceOf(ApiException.class);
    assertThat(tags.get(bob, "db").maxAllowed()).isEqualTo(2);
  }

  @Test
  void limitsAreListedInPagesByTag() {
    for (var tag : List.of("c", "a", "b")) {
      tags.set(ADMIN, tag, 1, Map.of());
    }
    var first = tags.list(ADMIN, PageRequest.of(2L, null, null));
    assertThat(first.elements()).extracting(TagPermit::tag).containsExactly("a", "b");
    assertThat(first.pageInfo().hasNextPage()).isTrue();
    var second = tags.list(ADMIN, PageRequest.of(2L, null, first.pageInfo().endCursor()));
    assertThat(second.elements()).extracting(TagPermit::tag).containsExactly("c");
    assertThat(tags.list(ADMIN, PageRequest.of(null, 2L, null)).elements())
        .extracting(TagPermit::tag)
        .containsExactly("b", "c");
    assertThat(tags.list(ADMIN, PageRequest.of(null, 5L, "c")).elements())
        .extracting(TagPermit::tag)
        .containsExactly("a", "b");
  }

  @Test
  void anotherNodesChangeIsKnownAfterReloading() {
    var event = TimelineEvent.action(now, "SET", "elsewhere", "to 7");
    transactions.run(() -> store.save("db", 7, Map.of(), event));
    assertThat(known.limit("db")).isNull();
    tags.reload();
    assertThat(known.limit("db")).isEqualTo(7);
  }

  // ---------------------------------------------------------------- the node

  @Test
  void aNodeWithoutTheLedgerAsksByMessage() {
    var holder = new PermitHolder("w", 1, 1, "s", 1);
    assertThat(permits.acquire(holder, Map.of("db", 1L))).isFalse();
    assertThat(permits.acquire(holder, Map.of())).isTrue();
    permits.restore(holder, Map.of("db", 1L));
    permits.release(holder);
    assertThat(sent)
        .containsExactly(
            new PermitMessage.Request(holder, Map.of("db", 1L)),
            new PermitMessage.Restore(holder, Map.of("db", 1L)),
            new PermitMessage.Release(holder));
    assertThat(permits.handle(sent.getFirst())).isFalse();
  }

  @Test
  void anAnswerToWhatWasTakenBackIsAskedForAgain() {
    var holder = new PermitHolder("w", 1, 1, "s", 1);
    var limits = Map.of("db", 1L);
    permits.acquire(holder, limits);
    assertThat(permits.confirm(holder, limits)).isTrue();
    for (int i = 0; i < 2; i++) {
      permits.takeBack(holder);
      permits.acquire(holder, limits);
    }
    sent.clear();
    assertThat(permits.confirm(holder, limits)).isFalse();
    assertThat(permits.confirm(holder, limits)).isFalse();
    assertThat(sent)
        .containsExactly(
            new PermitMessage.Request(holder, limits), new PermitMessage.Request(holder, limits));
    assertThat(permits.confirm(holder, limits)).isTrue();
  }

  @Test
  void aNodeWithTheLedgerAnswersAtOnceUntilItLosesIt() {
    var holder = new PermitHolder("w", 1, 1, "s", 1);
    recovery.takeOver();
    assertThat(permits.acquire(holder, Map.of("db", 1L))).isTrue();
    var other = new PermitHolder("w", 2, 1, "s", 1);
    assertThat(permits.handle(new PermitMessage.Request(other, Map.of("db", 1L)))).isTrue();
    assertThat(granted).isEmpty();
    permits.release(holder);
    assertThat(granted).containsExactly(other);
    permits.lost();
    assertThat(permits.acquire(other, Map.of("db", 1L))).isFalse();
    assertThat(sent).hasSize(1);
  }

  @Test
  void aChangedLimitHoldsInTheLedgerAtOnce() {
    tags.set(ADMIN, "db", 0, Map.of());
    recovery.takeOver();
    var holder = new PermitHolder("w", 1, 1, "s", 1);
    assertThat(permits.acquire(holder, Map.of("db", 0L))).isFalse();
    tags.delete(ADMIN, "db");
    assertThat(granted).containsExactly(holder);
  }

  // ---------------------------------------------------------------- the step attempts

  private static void run(String workflowId, String concurrency) {
    DATABASE
        .jdbc()
        .sql(
            """
            INSERT INTO workflow_run (workflow_id, instance_id, run_id, uuid, shard, status,
                   admitted, blocking, version_id, create_time, modify_time, facts)
            VALUES (?, 1, 1, 'u', 0, 'IN_PROGRESS', TRUE, FALSE, 1, 1, 1, ?)
            """)
        .params(workflowId, "{\"owner\":\"zero \\u0000\"" + concurrency + "}")
        .update();
  }

  private static PermitHolder attempt(
      String workflowId, long attemptId, String status, long createTime, String permits) {
    DATABASE
        .jdbc()
        .sql(
            """
            INSERT INTO step_attempt (workflow_id, instance_id, run_id, step_id, attempt_id, shard,
                   seq, status, create_time, facts)
            VALUES (?, 1, 1, 's', ?, 0, 1, ?, ?, ?)
            """)
        .params(workflowId, attemptId, status, createTime, "{\"s\":{\"in\":\"x\"}" + permits + "}")
        .update();
    return new PermitHolder(workflowId, 1, 1, "s", attemptId);
  }

  @Test
  void theLedgerIsBuiltFromTheStepAttempts() {
    tags.set(ADMIN, "db", 2, Map.of());
    run("w", "");
    var permit = ",\"permits\":[\"db\",\"maestro_w\"]";
    var one = attempt("w", 1, "RUNNING", 10, permit);
    var two = attempt("w", 2, "STARTING", 20, permit);
    var late = attempt("w", 3, "WAITING_FOR_PERMITS", 40, permit);
    var early = attempt("w", 4, "WAITING_FOR_PERMITS", 30, permit);
    attempt("w", 5, "SUCCEEDED", 5, permit);
    attempt("w", 6, "PAUSED", 5, permit);
    attempt("w", 7, "RUNNING", 5, "");
    var ledger = recovery.takeOver();
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(2, 2));
    assertThat(ledger.waiting(early).orElseThrow().full())
        .containsExactly(new Waiting.FullTag("db", 2, 2, List.of(one, two), 0));
    permits.release(two);
    permits.release(one);
    assertThat(granted).containsExactly(early, late);
  }

  @Test
  void theAutomaticLimitsComeFromTheRun() {
    run("w", ",\"step_concurrency\":1");
    run("v", ",\"instance_step_concurrency\":3");
    attempt("w", 1, "RUNNING", 10, ",\"permits\":[\"maestro_w\"]");
    var waiting = attempt("w", 2, "WAITING_FOR_PERMITS", 20, ",\"permits\":[\"maestro_w\"]");
    for (int n = 1; n <= 3; n++) {
      attempt("v", n, "RUNNING", 10, ",\"permits\":[\"maestro_correlation\"]");
    }
    var other = attempt("v", 4, "WAITING_FOR_PERMITS", 5, ",\"permits\":[\"maestro_correlation\"]");
    var ledger = recovery.takeOver();
    assertThat(granted).isEmpty();
    assertThat(ledger.waiting(waiting).orElseThrow().full().getFirst().limit()).isEqualTo(1);
    assertThat(ledger.waiting(other).orElseThrow().full().getFirst().limit()).isEqualTo(3);
  }

  @Test
  void manyPagesAreReadWithoutMissingAny() {
    run("w", ",\"step_concurrency\":700");
    for (int n = 1; n <= 1_203; n++) {
      attempt(
          "w",
          n,
          n % 2 == 0 ? "RUNNING" : "WAITING_FOR_PERMITS",
          n,
          ",\"permits\":[\"maestro_w\"]");
    }
    var ledger = recovery.takeOver();
    assertThat(ledger.size()).isEqualTo(new PermitLedger.Size(700, 503));
    assertThat(granted).hasSize(99);
    assertThat(granted.getFirst().attemptId()).isEqualTo(1);
  }

  @Test
  void aCheckDropsWhoEndedUnheard() {
    run("w", ",\"step_concurrency\":1");
    var holder = attempt("w", 1, "RUNNING", 10, ",\"permits\":[\"maestro_w\"]");
    var waiting = attempt("w", 2, "WAITING_FOR_PERMITS", 20, ",\"permits\":[\"maestro_w\"]");
    recovery.takeOver();
    DATABASE
        .jdbc()
        .sql("UPDATE step_attempt SET status = 'FATALLY_FAILED' WHERE attempt_id = 1")
        .update();
    recovery.check();
    assertThat(granted).as("it was heard of just now").isEmpty();
    now += 61_000;
    recovery.check();
    assertThat(granted).containsExactly(waiting);
    assertThat(permits.ledger().orElseThrow().waiting(holder)).isEmpty();
  }

  @Test
  void whatAShardLetGoUnheardIsFreeWhenItIsResumed() {
    run("w", ",\"step_concurrency\":2");
    var permit = ",\"permits\":[\"maestro_w\"]";
    attempt("w", 1, "RUNNING", 10, permit);
    var goesOn = attempt("w", 2, "RUNNING", 10, permit);
    var waiting = attempt("w", 3, "WAITING_FOR_PERMITS", 20, permit);
    var ledger = recovery.takeOver();
    var elsewhere = new PermitHolder("v", 1, 1, "s", 1);
    var begun = new PermitHolder("w", 2, 1, "s", 1);
    permits.acquire(elsewhere, Map.of("maestro_v", 5L));
    permits.acquire(begun, Map.of("other", 5L));
    DATABASE
        .jdbc()
        .sql("UPDATE step_attempt SET status = 'SUCCEEDED' WHERE attempt_id = 1")
        .update();

    var look = recovery.shardResumed(holder -> holder.workflowId().equals("w"));
    permits.acquire(begun, Map.of("other", 5L)); // not written yet, and heard of since
    look.run();

    assertThat(granted).containsExactly(waiting);
    assertThat(ledger.size())
        .as("%s, %s, %s and %s hold", goesOn, waiting, elsewhere, begun)
        .isEqualTo(new PermitLedger.Size(4, 0));
  }
}

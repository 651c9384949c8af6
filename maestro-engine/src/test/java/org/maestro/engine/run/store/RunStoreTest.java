package org.maestro.engine.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.run.store.StoredRuns.ended;
import static org.maestro.engine.run.store.StoredRuns.key;
import static org.maestro.engine.run.store.StoredRuns.row;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.service.database.FailingDataSource;
import org.maestro.service.database.TestDatabase;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class RunStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final AtomicInteger COUNTER = new AtomicInteger();

  /** What transactions see of each other. */
  enum Isolation {
    READ_COMMITTED,
    SERIALIZABLE;

    private final HikariDataSource dataSource;

    Isolation() {
      var pool = new HikariConfig();
      pool.setJdbcUrl(DATABASE.url());
      pool.setMaximumPoolSize(8);
      pool.setMinimumIdle(0);
      pool.setTransactionIsolation("TRANSACTION_" + name());
      dataSource = new HikariDataSource(pool);
    }

    OutboxStore outbox() {
      return TestLoops.outboxStore(TestDatabase.transactions(dataSource));
    }

    RunStore store(String node) {
      return RunStoreTest.store(dataSource, node);
    }
  }

  private final StoredRuns runs = new StoredRuns(DATABASE.jdbc());
  private final JdbcClient jdbc = DATABASE.jdbc();
  private RunKey run;
  private int shard;

  @AfterAll
  static void close() {
    for (var isolation : Isolation.values()) {
      isolation.dataSource.close();
    }
    DATABASE.close();
  }

  @BeforeEach
  void aRunOnAShardOfItsOwn() {
    shard = COUNTER.incrementAndGet();
    run = key("w" + shard, 1, 1);
    runs.keep(row(run, RunStatus.IN_PROGRESS));
  }

  private static RunStore store(DataSource dataSource, String node) {
    return TestLoops.runStore(
        JdbcClient.create(dataSource), TestDatabase.transactions(dataSource), node);
  }

  private Batch batch(long epoch, long offset) {
    var batch = new Batch(shard, epoch);
    batch.consumedOffset(offset);
    return batch;
  }

  /** A batch that ends the run, with an attempt. */
  private Batch ending(long epoch, long offset, RunStatus as) {
    var batch = batch(epoch, offset);
    batch.changes(run).row(row(run, as));
    batch.changes(run).attempt(ended("s", 1, 1, StepStatus.SUCCEEDED, "t"), 0);
    return batch;
  }

  private OutboxStore.Message message(String id) {
    return new OutboxStore.Message(id + "-" + shard, shard, shard, new RunCommand.StartRun(run));
  }

  /** Everything that a batch may change. */
  private Map<String, Object> stored() {
    var all = new LinkedHashMap<String, Object>();
    all.put(
        "runs",
        jdbc.sql("SELECT * FROM workflow_run WHERE workflow_id = ?")
            .param(run.workflowId())
            .query()
            .listOfRows());
    all.put(
        "attempts",
        jdbc.sql("SELECT * FROM step_attempt WHERE workflow_id = ?")
            .param(run.workflowId())
            .query()
            .listOfRows());
    all.put(
        "outbox",
        jdbc.sql("SELECT * FROM outbox WHERE source = ? ORDER BY id")
            .param(shard)
            .query()
            .listOfRows());
    all.put(
        "shard",
        jdbc.sql("SELECT * FROM engine_shard WHERE shard = ?").param(shard).query().listOfRows());
    return all;
  }

  private long offset() {
    return jdbc.sql("SELECT consumed_offset FROM engine_shard WHERE shard = ?")
        .param(shard)
        .query(Long.class)
        .single();
  }

  // ------------------------------------------------------------------ fencing

  @ParameterizedTest
  @EnumSource
  void everyTakeOverRaisesTheEpochAndKeepsTheOffset(Isolation isolation) {
    var a = isolation.store("a");
    var b = isolation.store("b");
    assertThat(a.takeOver(shard)).isEqualTo(new RunStore.Ownership(1, -1));
    assertThat(a.commit(List.of(batch(1, 41)), List.of(), List.of())).isEmpty();
    assertThat(b.takeOver(shard)).isEqualTo(new RunStore.Ownership(2, 41));
    assertThat(a.takeOver(shard)).isEqualTo(new RunStore.Ownership(3, 41));
  }

  @ParameterizedTest
  @EnumSource
  void anOlderOwnerWritesNothingAtAll(Isolation isolation) {
    var a = isolation.store("a");
    var b = isolation.store("b");
    var old = a.takeOver(shard).epoch();
    a.commit(List.of(batch(old, 5)), List.of(message("kept")), List.of());
    b.takeOver(shard);
    var before = stored();
    var late = ending(old, 9, RunStatus.SUCCEEDED);
    late.consumed("kept-" + shard);
    assertThat(a.commit(List.of(late), List.of(message("late")), List.of("kept-" + shard)))
        .containsExactly(late);
    assertThat(stored()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void oneLostShardKeepsTheWholeTransactionFromBeingWritten(Isolation isolation) {
    var a = isolation.store("a");
    var lostEpoch = a.takeOver(shard).epoch();
    var other = new Batch(1_000_000 + shard, a.takeOver(1_000_000 + shard).epoch());
    other.consumedOffset(7);
    isolation.store("b").takeOver(shard);
    var before = stored();
    var lost = ending(lostEpoch, 9, RunStatus.SUCCEEDED);
    assertThat(a.commit(List.of(lost, other), List.of(message("late")), List.of()))
        .containsExactly(lost);
    assertThat(stored()).isEqualTo(before);
    assertThat(a.commit(List.of(other), List.of(), List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void batchesOfAShardsOldAndNewOwnerInOneTransactionAreToldApart(Isolation isolation) {
    var a = isolation.store("a");
    var before = a.takeOver(shard).epoch();
    var after = a.takeOver(shard).epoch();
    var stale = ending(before, 3, RunStatus.FAILED);
    var current = ending(after, 4, RunStatus.SUCCEEDED);
    assertThat(a.commit(List.of(stale, current), List.of(), List.of())).containsExactly(stale);
    assertThat(offset()).isEqualTo(-1);
    assertThat(a.commit(List.of(current), List.of(), List.of())).isEmpty();
    assertThat(offset()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoOwnersThatRaceTheOlderOneIsSilentOnceTheNewerOneOwns(Isolation isolation)
      throws Exception {
    var a = isolation.store("a");
    var b = isolation.store("b");
    var old = a.takeOver(shard).epoch();
    var lost = new AtomicBoolean();
    try (var threads = Executors.newFixedThreadPool(1)) {
      var older =
          threads.submit(() -> {
            for (int i = 0; !lost.get(); i++) {
              var batch = ending(old, i, RunStatus.STOPPED);
              if (!a.commit(List.of(batch), List.of(message("a%06d".formatted(i))), List.of())
                  .isEmpty()) {
                lost.set(true);
              }
            }
          });
      try {
        while (offsetOrNone() < 20) {
          Thread.onSpinWait();
        }
        var epoch = epochOfTakeOver(b);
        b.commit(List.of(ending(epoch, 1_000_000, RunStatus.SUCCEEDED)), List.of(), List.of());
        var after = stored();
        older.get();
        assertThat(stored()).isEqualTo(after);
        assertThat(after.get("runs").toString()).contains("status=SUCCEEDED");
      } finally {
        lost.set(true); // else its thread would never end
      }
    }
  }

  /** Whoever takes over tries again, which one that never rests may make necessary. */
  private long epochOfTakeOver(RunStore store) {
    for (int tries = 1; ; tries++) {
      try {
        return store.takeOver(shard).epoch();
      } catch (ConcurrencyFailureException e) {
        if (tries == 100) {
          throw e;
        }
      }
    }
  }

  private long offsetOrNone() {
    return jdbc.sql("SELECT consumed_offset FROM engine_shard WHERE shard = ?")
        .param(shard)
        .query(Long.class)
        .optional()
        .orElse(-1L);
  }

  // ------------------------------------------------------------------ idempotence

  @ParameterizedTest
  @EnumSource
  void aBatchThatIsRepeatedChangesNothing(Isolation isolation) {
    var a = isolation.store("a");
    var epoch = a.takeOver(shard).epoch();
    var batch = ending(epoch, 3, RunStatus.SUCCEEDED);
    assertThat(a.commit(List.of(batch), List.of(message("m")), List.of())).isEmpty();
    var once = stored();
    assertThat(a.commit(List.of(batch), List.of(message("m")), List.of())).isEmpty();
    assertThat(stored()).isEqualTo(once);
  }

  @ParameterizedTest
  @EnumSource
  void theConsumedOffsetNeverFalls(Isolation isolation) {
    var a = isolation.store("a");
    var epoch = a.takeOver(shard).epoch();
    for (long offset : new long[] {3, 9, 4, -1, 0}) {
      a.commit(List.of(batch(epoch, offset)), List.of(), List.of());
    }
    assertThat(offset()).isEqualTo(9);
    a.resetOffset(shard, epoch - 1, 2);
    assertThat(offset()).isEqualTo(9);
    a.resetOffset(shard, epoch, 2);
    assertThat(offset()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsKeptUntilItHasTakenEffect(Isolation isolation) {
    var a = isolation.store("a");
    var epoch = a.takeOver(shard).epoch();
    a.commit(List.of(batch(epoch, -1)), List.of(message("m1"), message("m2")), List.of());
    isolation.outbox().keep("m3-" + shard, shard, new RunCommand.StartRun(run));
    assertThat(isolation.outbox().ofShard(shard, "", Long.MAX_VALUE))
        .extracting(OutboxStore.OutboxRow::id)
        .containsExactly("m1-" + shard, "m2-" + shard, "m3-" + shard);
    assertThat(
            new RunJson()
                .read(
                    isolation.outbox().ofShard(shard, "", Long.MAX_VALUE).getFirst().body(),
                    RunCommand.class))
        .isEqualTo(new RunCommand.StartRun(run));
    var effect = batch(epoch, 1);
    effect.consumed("m1-" + shard);
    a.commit(List.of(effect), List.of(), List.of("m3-" + shard));
    assertThat(isolation.outbox().ofShard(shard, "", Long.MAX_VALUE))
        .extracting(OutboxStore.OutboxRow::id)
        .containsExactly("m2-" + shard);
    isolation.outbox().delete(List.of("m2-" + shard, "unknown"));
    assertThat(isolation.outbox().ofShard(shard, "", Long.MAX_VALUE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsReadBackTheSame(Isolation isolation) {
    var a = isolation.store("a");
    var epoch = a.takeOver(shard).epoch();
    a.commit(List.of(ending(epoch, 1, RunStatus.FAILED)), List.of(), List.of());
    var loaded = a.load(List.of(run, key("nowhere", 1, 1)));
    assertThat(loaded).containsOnlyKeys(run);
    assertThat(loaded.get(run).row().status()).isEqualTo(RunStatus.FAILED);
    var attempt = loaded.get(run).current().get("s");
    var written = ended("s", 1, 1, StepStatus.SUCCEEDED, "t");
    assertThat(attempt.state()).isEqualTo(written.state());
    assertThat(attempt.times()).isEqualTo(written.times());
    assertThat(attempt.taken()).isEqualTo(written.taken());
    assertThat(attempt.permits()).isEqualTo(written.permits());
    assertThat(attempt.timeline())
        .extracting(TimelineEvent::message)
        .containsExactly(written.timeline().getFirst().message());
  }

  // ------------------------------------------------------------------ what was forgotten

  @ParameterizedTest
  @EnumSource
  void whatDidNotArriveIsFoundByTheShardItIsMeantFor(Isolation isolation) {
    var store = isolation.store("a");
    var elsewhere = shard + 1_000_000;
    var command =
        new OutboxStore.Message("c" + shard, elsewhere, shard, new RunCommand.StartRun(run));
    var event = new OutboxStore.Message("e" + shard, shard, null, Map.of("events", List.of()));
    var epoch = store.takeOver(shard).epoch();
    assertThat(store.commit(List.of(batch(epoch, 1)), List.of(command, event), List.of()))
        .isEmpty();
    assertThat(isolation.outbox().forShards(List.of(shard)))
        .extracting(OutboxStore.OutboxRow::id)
        .containsExactly(command.id(), event.id());
    assertThat(isolation.outbox().forShards(List.of(elsewhere))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void onlyAnAdmittedRunThatHasNotBegunIsUnbegun(Isolation isolation) {
    var store = isolation.store("a");
    var created = key("unbegun" + shard, 1, 1);
    runs.keep(row(created, RunStatus.CREATED));
    jdbc.sql("UPDATE workflow_run SET shard = ?, admitted = true WHERE workflow_id IN (?, ?)")
        .params(shard, run.workflowId(), created.workflowId())
        .update();
    assertThat(store.unbegunRuns(List.of(shard), Long.MAX_VALUE)).containsExactly(created);
    assertThat(store.unbegunRuns(List.of(shard), 0)).isEmpty();
    jdbc.sql("UPDATE workflow_run SET admitted = false WHERE workflow_id = ?")
        .param(created.workflowId())
        .update();
    assertThat(store.unbegunRuns(List.of(shard), Long.MAX_VALUE)).isEmpty();
  }

  // ------------------------------------------------------------------ faults

  @ParameterizedTest
  @EnumSource
  void commitsThatFailInEveryWayLoseAndRepeatNothing(Isolation isolation) {
    var failing = new FailingDataSource(isolation.dataSource, 2);
    var a = store(failing, "a");
    var epoch = a.takeOver(shard).epoch();
    var expected = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      var batch = batch(epoch, i);
      batch.changes(run).attempt(ended("s" + i, 1, i + 1, StepStatus.SUCCEEDED, "t"), 0);
      var id = "f%02d".formatted(i);
      if (i >= 10) {
        batch.consumed("f%02d-%d".formatted(i - 10, shard));
      }
      assertThat(a.commit(List.of(batch), List.of(message(id)), List.of())).isEmpty();
      if (i >= 30) {
        expected.add(id + "-" + shard);
      }
    }
    assertThat(failing.failures()).isGreaterThan(20);
    assertThat(isolation.outbox().ofShard(shard, "", Long.MAX_VALUE))
        .extracting(OutboxStore.OutboxRow::id)
        .containsExactlyElementsOf(expected);
    assertThat(offset()).isEqualTo(39);
    assertThat(isolation.store("reader").load(List.of(run)).get(run).current()).hasSize(40);
  }

  @ParameterizedTest
  @EnumSource
  void takeOversThatFailStillLeaveOneOwner(Isolation isolation) {
    var failing = new FailingDataSource(isolation.dataSource, 2);
    var a = store(failing, "a");
    var b = store(failing, "b");
    for (int i = 0; i < 10; i++) {
      var older = (i % 2 == 0 ? a : b).takeOver(shard).epoch();
      var newer = (i % 2 == 0 ? b : a).takeOver(shard).epoch();
      assertThat(newer).isGreaterThan(older);
      assertThat(a.commit(List.of(batch(older, i)), List.of(), List.of())).hasSize(1);
      assertThat(a.commit(List.of(batch(newer, i)), List.of(), List.of())).isEmpty();
    }
  }
}

package org.maestro.engine.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.run.store.StoredRuns.key;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.shard.CrashWatch;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.database.TestDatabase;

class SuspectStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final RunKey RUN = key("w", 1, 1);
  private static final RunKey OTHER = key("w", 2, 1);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static int shards;

  private final int shard = ++shards;
  private final SuspectStore store = new SuspectStore(DATABASE.transactions());
  private final RunStore runs =
      TestLoops.runStore(DATABASE.jdbc(), DATABASE.transactions(), "node");
  private final AtomicLong now = new AtomicLong();
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private CrashWatch takeOver() {
    var epoch = runs.takeOver(shard).epoch();
    return new CrashWatch.Node(store, new ReentrantLock(), MINUTE).begin(shard, epoch, clock);
  }

  private void commit(CrashWatch watch, long epoch, RunKey... keys) {
    var batch = new Batch(shard, epoch);
    for (var key : keys) {
      watch.survived(key, batch);
    }
    assertThat(runs.commit(List.of(batch), List.of(), List.of())).isEmpty();
    watch.committed(batch);
  }

  private List<Map<String, Object>> rows() {
    return DATABASE
        .jdbc()
        .sql("SELECT instance_id, alone, deaths FROM run_suspect WHERE shard = ? ORDER BY 1")
        .param(shard)
        .query()
        .listOfRows();
  }

  @Test
  void afterAnOwnerThatLetGoNothingIsKept() {
    assertThat(takeOver().isCareful(0)).isFalse();
    store.letGo(Map.of(shard, 1L));
    assertThat(takeOver().isCareful(0)).isFalse();
  }

  @Test
  void afterOneThatDidNotEverythingIsKeptForAMinute() {
    takeOver();
    var watch = takeOver();
    assertThat(watch.isCareful(now.get())).isTrue();
    watch.mark(List.of(RUN, OTHER));
    assertThat(rows()).hasSize(2);
    commit(watch, 2, RUN);
    assertThat(rows()).hasSize(1);
    now.addAndGet(MINUTE.toMillis() + 1);
    assertThat(watch.isCareful(now.get())).isFalse();
    assertThat(rows()).isEmpty();
  }

  @Test
  void whatEndsTwoProcessesAloneWaitsForTheNodeToSurviveAndAThirdDeathIsProof() throws Exception {
    takeOver();
    takeOver().mark(List.of(RUN, OTHER)); // and ends

    var third = takeOver();
    assertThat(third.isSuspect(RUN)).isTrue();
    third.alone(OTHER, () -> commit(third, 3, OTHER));
    third.alone(RUN, () -> {}); // and ends

    var fourth = takeOver();
    assertThat(fourth.banned(RUN)).isNull();
    fourth.alone(RUN, () -> {});

    var fifth = takeOver();
    assertThat(fifth.isCareful(now.get())).isTrue();
    assertThat(fifth.isSetAside(RUN)).isTrue();
    assertThat(fifth.banned(RUN)).hasMessageContaining("2 processes ended");
    assertThat(fifth.untilTrying(now.get())).isEqualTo(MINUTE.toMillis() + 1);
    assertThat(fifth.isSetAside(OTHER)).isFalse();
    assertThat(fifth.isSuspect(OTHER)).isTrue();
    now.addAndGet(MINUTE.toMillis() + 1);
    assertThat(fifth.isCareful(now.get())).isFalse();
    assertThat(fifth.isSuspect(OTHER)).isFalse();
    assertThat(fifth.isSuspect(RUN)).isTrue();
    assertThat(fifth.banned(RUN)).isNull();
    fifth.alone(RUN, () -> {}); // and ends

    var sixth = takeOver();
    assertThat(sixth.isSetAside(RUN)).isFalse();
    assertThat(sixth.banned(RUN)).hasMessageContaining("3 processes ended");
    now.addAndGet(MINUTE.toMillis() + 1);
    assertThat(sixth.isCareful(now.get())).isFalse();
    assertThat(sixth.hasSuspects()).isFalse();
    assertThat(sixth.banned(RUN)).isNotNull();
    store.letGo(Map.of(shard, 6L));

    var seventh = takeOver();
    assertThat(seventh.isCareful(now.get())).isFalse();
    assertThat(seventh.banned(RUN)).isNotNull();
    var batch = new Batch(shard, 7);
    seventh.ended(RUN, batch);
    runs.commit(List.of(batch), List.of(), List.of());
    seventh.committed(batch);
    assertThat(rows()).isEmpty();
    assertThat(seventh.banned(RUN)).isNull();
  }

  @Test
  void whatWasSetAsideAndSurvivesBeingTriedIsSuspectedOfNothingInTheEnd() throws Exception {
    takeOver();
    takeOver().mark(List.of(RUN)); // and ends
    takeOver().alone(RUN, () -> {});
    takeOver().alone(RUN, () -> {});

    var watch = takeOver();
    now.addAndGet(MINUTE.toMillis() + 1);
    assertThat(watch.isCareful(now.get())).isFalse();
    watch.alone(RUN, () -> commit(watch, 5, RUN));
    assertThat(watch.isSuspect(RUN)).as("it may end the process in its second turn").isTrue();
    now.addAndGet(MINUTE.toMillis() + 1);
    assertThat(watch.isCareful(now.get())).isFalse();
    assertThat(watch.hasSuspects()).isFalse();
    assertThat(rows()).isEmpty();
  }

  @Test
  void aSuspectThatSurvivesStaysOneUntilTheNodeHasSurvivedAll() throws Exception {
    takeOver();
    takeOver().mark(List.of(RUN));
    var watch = takeOver();
    var done = new ArrayList<RunKey>();
    watch.alone(
        RUN,
        () -> {
          assertThat(rows().getFirst()).containsEntry("alone", true);
          commit(watch, 3, RUN);
          done.add(RUN);
        });
    assertThat(done).containsExactly(RUN);
    assertThat(rows().getFirst()).containsEntry("alone", false).containsEntry("deaths", 0L);
    assertThat(watch.isSuspect(RUN)).isTrue();
  }

  /** A run that goes on, and the process is killed while it is at work on it for all that. */
  private CrashWatch diedAfterProgress(CrashWatch before, long epoch) throws Exception {
    before.alone(
        RUN,
        () -> {
          var batch = new Batch(shard, epoch);
          batch.changes(RUN).row(StoredRuns.row(RUN, RunStatus.IN_PROGRESS));
          before.survived(RUN, batch);
          assertThat(runs.commit(List.of(batch), List.of(), List.of())).isEmpty();
          before.committed(batch);
        });
    before.alone(RUN, () -> {}); // and ends
    return takeOver();
  }

  @Test
  void whatGoesOnBetweenDeathsIsDoubtedAfterTenAndProvenByEleven() throws Exception {
    takeOver();
    takeOver().mark(List.of(RUN)); // and ends
    var watch = takeOver();
    for (int death = 1; death < 10; death++) {
      watch = diedAfterProgress(watch, 2 + death);
      assertThat(watch.banned(RUN)).as("%d deaths", death).isNull();
      assertThat(rows().getFirst()).containsEntry("deaths", 1L);
    }
    watch = diedAfterProgress(watch, 12);
    assertThat(watch.isSetAside(RUN)).isTrue();
    now.addAndGet(MINUTE.toMillis() + 1);
    assertThat(watch.isCareful(now.get())).isFalse();
    watch = diedAfterProgress(watch, 13);
    assertThat(watch.isSetAside(RUN)).isFalse();
    assertThat(watch.banned(RUN)).hasMessageContaining("11 processes");
  }

  @Test
  void anOwnerOfThePastMarksNothing() {
    takeOver();
    var past = takeOver();
    takeOver();
    past.mark(List.of(RUN));
    assertThat(rows()).isEmpty();
  }

  @Test
  void whatIsGoneIsForgotten() {
    takeOver();
    takeOver().mark(List.of(RUN, OTHER));
    var watch = takeOver();
    watch.forget(List.of(RUN));
    assertThat(watch.suspects()).containsExactly(OTHER);
    assertThat(rows()).hasSize(1);
  }
}

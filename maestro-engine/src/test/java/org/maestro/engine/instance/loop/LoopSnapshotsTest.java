package org.maestro.engine.instance.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.database.Transactions;

/** Chunks that are looked at again and again, in a real database. */
class LoopSnapshotsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final String LOOP = "maestro_foreach_1_11_abc";

  private final Transactions transactions = DATABASE.transactions();
  private final RunJson json = new RunJson();
  private final LoopStore store = new LoopStore(transactions, json);
  private final LoopSnapshots snapshots = new LoopSnapshots(store);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  private void keep(long pass, long number, String text) {
    transactions.run(() -> {
      DATABASE
          .jdbc()
          .sql(
              """
              INSERT INTO loop_chunk (workflow_id, loop_run, chunk, shard, live, facts)
              VALUES (?, ?, ?, 0, true, ?)
                  ON CONFLICT (workflow_id, loop_run, chunk) DO UPDATE SET facts = excluded.facts
              """)
          .params(LOOP, pass, number, text)
          .update();
    });
  }

  private String chunk(long number, long succeeded) {
    var state = new Chunk(number * 250, (number + 1) * 250).state();
    var ended = IndexSet.range(number * 250, number * 250 + succeeded);
    state.ended().put(RunStatus.SUCCEEDED, ended);
    return json.write(state);
  }

  private static LoopFacts facts(@Nullable Long previous) {
    return new LoopFacts(
        "w",
        1,
        1,
        List.of("loop"),
        new RunKey("w", 1, 1),
        "loop",
        1,
        750,
        100,
        false,
        null,
        null,
        Map.of(),
        Map.of(),
        new Initiator.Manual("ann"),
        "correlation",
        List.of(),
        "ann",
        null,
        null,
        0,
        RestartPolicy.RESTART_FROM_INCOMPLETE,
        previous,
        null,
        null,
        List.of(),
        0);
  }

  private List<Long> succeeded(long pass, @Nullable Long previous) {
    return transactions
        .read(() -> snapshots.chunks(new LoopKey(LOOP, pass), facts(previous)))
        .stream()
        .map(state -> state.ended().getOrDefault(RunStatus.SUCCEEDED, IndexSet.NONE).size())
        .toList();
  }

  @Test
  void whatHasChangedIsSeenAndWhatHasNotIsReadOnce() {
    keep(1, 0, chunk(0, 10));
    keep(1, 1, chunk(1, 0));
    assertThat(succeeded(1, null)).containsExactly(10L, 0L);

    var key = new LoopKey(LOOP, 1);
    var known = transactions.read(() -> store.chunks(key, facts(null), List.of()));
    keep(1, 1, chunk(1, 20));
    keep(1, 2, chunk(2, 30));
    assertThat(succeeded(1, null)).containsExactly(10L, 20L, 30L);
    var read = transactions.read(() -> store.chunks(key, facts(null), known));
    assertThat(read.getFirst().state()).isSameAs(known.getFirst().state());
    assertThat(read.get(1).state()).isNotSameAs(known.get(1).state());

    // The next pass goes on with what the first one left, until it comes to a chunk itself.
    assertThat(succeeded(2, 1L)).containsExactly(10L, 20L, 30L);
    keep(2, 0, chunk(0, 250));
    assertThat(succeeded(2, 1L)).containsExactly(250L, 20L, 30L);
    assertThat(succeeded(1, null)).containsExactly(10L, 20L, 30L);
  }
}

package org.maestro.engine.instance.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.loop.FailureGroup;
import org.maestro.model.loop.IterationStatus;
import org.maestro.service.problem.ApiException;

class LoopSnapshotTest {
  private static final int CHUNK = InlineWorkflow.CHUNK;

  /** All of a chunk but its last two have ended, every tenth as FAILED. */
  private static Chunk.State chunk(long number, long total) {
    var from = number * CHUNK;
    var to = Math.min(total, from + CHUNK);
    var chunk = new Chunk(from, to);
    chunk.order(
        new LoopProgress.Order(
            number, 1, CHUNK, 0, IndexSet.NONE, false, Map.of(), false, null, null));
    for (long i = from; i < to; i++) {
      chunk.started(i, 1, 0, 1_000);
    }
    for (long i = from; i < to - 2; i++) {
      var failed = i % 10 == 0;
      chunk.ended(
          i,
          failed ? RunStatus.FAILED : RunStatus.SUCCEEDED,
          Map.of(),
          100,
          failed ? (i % 20 == 0 ? "s: exit #" : "s: time-out") : null,
          2_000);
    }
    return chunk.state();
  }

  private static LoopSnapshot snapshot() {
    return snapshot(true);
  }

  private static LoopSnapshot snapshot(boolean live) {
    var items = new LinkedHashMap<String, List<?>>();
    items.put("date", LongStream.range(20210101, 20210111).boxed().toList());
    items.put("shard", LongStream.range(0, 100).boxed().toList());
    return new LoopSnapshot(1_000, 100, live, items, List.of(chunk(0, 1_000), chunk(1, 1_000)));
  }

  @Test
  void theNumbersAreThoseOfTheChunksAndTheRestIsQueued() {
    var summary = snapshot().summary(5_000);
    assertThat(summary.counts())
        .isEqualTo(
            Map.of(
                IterationStatus.QUEUED, 500L,
                IterationStatus.RUNNING, 4L,
                IterationStatus.FAILED, 50L,
                IterationStatus.SUCCEEDED, 446L));
    assertThat(summary.rate()).isEqualTo(496 * 1000.0 / 4_000);
    assertThat(summary.eta()).isEqualTo(Math.round(504 * 1000 / (496 * 1000.0 / 4_000)));
    assertThat(summary.durations()).containsKeys("p50", "p95", "p99");
    assertThat(summary.durations().get("p50")).isBetween(100L, 120L);
  }

  @Test
  void whatHadNotBegunWhenTheLoopEndedIsNotQueued() {
    var ended = snapshot(false);
    assertThat(ended.summary(5_000).counts())
        .containsEntry(IterationStatus.NOT_STARTED, 500L)
        .doesNotContainKey(IterationStatus.QUEUED);
    assertThat(ended.summary(5_000).eta()).isNull();
    assertThat(ended.summary(5_000).rate()).isEqualTo(496 * 1000.0 / 1_000);
    assertThat(ended.statusOf(999)).isEqualTo(IterationStatus.NOT_STARTED);
    var filter =
        new IterationFilter(Set.of(IterationStatus.NOT_STARTED), null, Map.of(), 0, Long.MAX_VALUE);
    assertThat(ended.matching(filter)).isEqualTo(IndexSet.range(500, 1_000));
    assertThat(snapshot().matching(filter).isEmpty()).isTrue();
  }

  @Test
  void whatSucceededWithAnErrorWithinIsCounted() {
    var chunk = new Chunk(0, 3);
    chunk.order(
        new LoopProgress.Order(0, 1, 3, 0, IndexSet.NONE, false, Map.of(), false, null, null));
    for (int i = 0; i < 3; i++) {
      chunk.started(i, 1, 0, 1_000);
    }
    chunk.ended(0, RunStatus.SUCCEEDED, Map.of(), 10, "ignored: s: boom", 1_010);
    chunk.ended(1, RunStatus.SUCCEEDED, Map.of(), 10, null, 1_010);
    chunk.ended(2, RunStatus.FAILED, Map.of(), 10, "s: boom", 1_010);
    var snapshot = new LoopSnapshot(3, 3, false, Map.of(), List.of(chunk.state()));
    assertThat(snapshot.summary(2_000).withErrors()).isEqualTo(1);
    assertThat(snapshot.failures())
        .extracting(FailureGroup::signature)
        .containsExactly("ignored: s: boom", "s: boom");
  }

  @Test
  void whatAPassTakesOverIsNoPartOfItsPace() {
    var chunk = new Chunk(0, 4);
    chunk.order(
        new LoopProgress.Order(0, 1, 4, 0, IndexSet.NONE, false, Map.of(), false, null, null));
    for (int i = 0; i < 4; i++) {
      chunk.started(i, 1, 0, 1_000);
      chunk.ended(i, i < 3 ? RunStatus.SUCCEEDED : RunStatus.FAILED, Map.of(), 10, null, 1_010);
    }
    var next = Chunk.after(chunk.state(), null, List.of());
    next.order(
        new LoopProgress.Order(1, 1, 4, 0, IndexSet.NONE, false, Map.of(), false, null, null));
    next.started(3, 2, 1, 1_500);
    next.ended(3, RunStatus.SUCCEEDED, Map.of(), 10, null, 1_600);

    var summary = new LoopSnapshot(4, 4, false, Map.of(), List.of(next.state())).summary(2_000);

    assertThat(summary.takenOver()).isEqualTo(3);
    assertThat(summary.rate()).isNull();
    assertThat(summary.counts()).isEqualTo(Map.of(IterationStatus.SUCCEEDED, 4L));
  }

  @Test
  void whatTooFewIterationsCannotSupportIsNotSaid() {
    var chunk = new Chunk(0, 3);
    chunk.order(
        new LoopProgress.Order(0, 1, 3, 0, IndexSet.NONE, false, Map.of(), false, null, null));
    chunk.started(0, 1, 0, 1_000);
    chunk.ended(0, RunStatus.FAILED, Map.of(), 10, "s: boom", 1_010);
    var summary = new LoopSnapshot(3, 3, true, Map.of(), List.of(chunk.state())).summary(2_000);
    assertThat(summary.rate()).isNull();
    assertThat(summary.eta()).isNull();
    assertThat(summary.durations()).isNull();
  }

  @Test
  void aStripAddsUpToTheWhole() {
    for (int buckets : new int[] {1, 7, 64, 512}) {
      var strip = snapshot().strip(buckets);
      assertThat(strip).hasSizeLessThanOrEqualTo(buckets);
      var sums = new LinkedHashMap<IterationStatus, Long>();
      strip.forEach(bucket -> bucket.counts().forEach((s, n) -> sums.merge(s, n, Long::sum)));
      assertThat(sums).isEqualTo(snapshot().summary(0).counts());
      assertThat(strip.getFirst().from()).isZero();
      assertThat(strip.getLast().to()).isEqualTo(1_000);
    }
  }

  @Test
  void failuresAreGroupedByWhatWentWrong() {
    var groups = snapshot().failures();
    assertThat(groups)
        .extracting(FailureGroup::signature)
        .containsExactly("s: exit #", "s: time-out");
    assertThat(groups.getFirst().samples()).containsExactly(0L, 20L, 40L, 60L, 80L);
  }

  @Test
  void aFilterFindsWhatALookAtEveryIterationFinds() {
    var snapshot = snapshot();
    var random = new Random(3);
    for (int round = 0; round < 50; round++) {
      var from = random.nextInt(900);
      var to = from + random.nextInt(300);
      var status = IterationStatus.values()[random.nextInt(4)];
      var items =
          random.nextBoolean()
              ? Map.of("date", "2021010" + random.nextInt(9))
              : Map.<String, String>of();
      var filter = new IterationFilter(Set.of(status), null, items, from, to);
      var expected =
          LongStream.range(from, Math.min(1_000, to))
              .filter(i -> snapshot.statusOf(i) == status)
              .filter(i ->
                  items.isEmpty()
                      || IterationFilter.matches(
                          items.get("date"), snapshot.itemsOf(i).getOrDefault("date", "")))
              .boxed()
              .toList();
      var found = new ArrayList<Long>();
      snapshot.matching(filter).forEach(found::add);
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void anItemTheLoopDoesNotHaveIsNamed() {
    assertThatThrownBy(() ->
            snapshot().matching(new IterationFilter(Set.of(), null, Map.of("day", "1"), 0, 10)))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("[date, shard]");
  }
}

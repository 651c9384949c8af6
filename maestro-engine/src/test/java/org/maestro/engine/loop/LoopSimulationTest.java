package org.maestro.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maestro.model.instance.RunStatus;

/**
 * A loop and its chunks, with messages that are late, doubled and overtaken, iterations that end in
 * any order and in any way, and chunks that are forgotten and read again. The seed of a round that
 * fails is in its description.
 */
class LoopSimulationTest {
  private static final int ROUNDS = 100;

  @Test
  void everyIterationRunsOnceAndNeverMoreThanTheWidthAtATime() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 1, 0);
      loop.runToTheEnd();
      assertThat(loop.succeeded()).as("seed %d: succeeded", seed).isEqualTo(loop.total);
      assertThat(loop.starts.values()).as("seed %d: starts", seed).containsOnly(1);
    }
  }

  @Test
  void aFailureLetsRunningIterationsFinishAndStartsNoMore() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 1, 0.01);
      loop.runToTheEnd();
      assertThat(loop.running).as("seed %d: running at the end", seed).isEmpty();
      if (loop.failed() == 0) {
        assertThat(loop.succeeded()).as("seed %d: succeeded", seed).isEqualTo(loop.total);
      }
    }
  }

  @Test
  void everyIterationRunsOnceIfAllMayFail() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 1, random.nextDouble());
      loop.allowing(loop.total);
      loop.runToTheEnd();
      assertThat(loop.succeeded() + loop.failed()).as("seed %d: ended", seed).isEqualTo(loop.total);
      assertThat(loop.starts.values()).as("seed %d: starts", seed).containsOnly(1);
      assertThat(loop.reports)
          .as("seed %d: reports", seed)
          .isLessThan(loop.reportsWithoutFailures());
    }
  }

  @Test
  void allRunUnlessMoreFailedThanMay() {
    for (long seed = 1; seed <= 3 * ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 1, random.nextDouble() / 3);
      var most = random.nextInt(random.nextBoolean() ? 10 : loop.total + 1);
      loop.allowing(most);
      loop.runToTheEnd();
      assertThat(loop.running).as("seed %d: running at the end", seed).isEmpty();
      if (loop.failed() <= most) {
        assertThat(loop.succeeded() + loop.failed())
            .as("seed %d: ended, of which %d may fail", seed, most)
            .isEqualTo(loop.total);
      }
      assertThat(loop.starts.values()).as("seed %d: starts", seed).containsOnly(1);
    }
  }

  @Test
  void oneAfterTheOtherExactlyOneMoreFailsThanMay() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(1_000) + 1, 1, false, 0.2);
      var most = random.nextInt(20);
      loop.allowing(most);
      loop.runToTheEnd();
      assertThat(loop.failed()).as("seed %d: failed", seed).isLessThanOrEqualTo(most + 1);
      if (loop.failed() <= most) {
        assertThat(loop.succeeded() + loop.failed())
            .as("seed %d: ended", seed)
            .isEqualTo(loop.total);
      }
    }
  }

  @Test
  void aLoopHearsOfManyFailuresInFewMessages() {
    for (long seed = 1; seed <= ROUNDS / 10; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, 5_000, 100, false, 0.5);
      loop.allowing(4_000);
      loop.runToTheEnd();
      assertThat(loop.succeeded() + loop.failed()).as("seed %d: ended", seed).isEqualTo(5_000);
      assertThat(loop.reports)
          .as("seed %d: reports", seed)
          .isLessThan(loop.reportsWithoutFailures() + loop.failed() / 10);
    }
  }

  @Test
  void whatFailedRunsAgainBesideWhatGoesOnAndThenAllHaveRun() {
    for (long seed = 1; seed <= ROUNDS / 2; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 300, 0.05);
      var most = random.nextInt(100);
      loop.allowing(most);
      loop.restartFailed = true;
      loop.runToTheEnd();
      assertThat(loop.running).as("seed %d: running at the end", seed).isEmpty();
      if (loop.failed() <= most) {
        assertThat(loop.succeeded() + loop.failed())
            .as("seed %d: ended", seed)
            .isEqualTo(loop.total);
      }
    }
  }

  @Test
  void failedIterationsRunAgainWhileTheLoopGoesOnAndThenAllSucceed() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 300, 0.01);
      loop.restartFailed = true;
      loop.runToTheEnd();
      if (loop.gaveUp) {
        continue; // it had drained before anybody restarted anything
      }
      assertThat(loop.succeeded()).as("seed %d: succeeded", seed).isEqualTo(loop.total);
      assertThat(loop.running).as("seed %d: running at the end", seed).isEmpty();
    }
  }

  @Test
  void aLoopThatIsToldToEndEndsWithNothingRunning() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var loop = new Simulated(seed, random, random.nextInt(2_000) + 300, 0);
      loop.endAfter = random.nextInt(loop.total);
      loop.runToTheEnd();
      assertThat(loop.running).as("seed %d: running at the end", seed).isEmpty();
    }
  }

  @Test
  void theNextPassRunsWhatDidNotSucceedAndNothingElse() {
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var first = new Simulated(seed, random, random.nextInt(1_000) + 1, 0.02);
      first.runToTheEnd();
      var done = first.succeeded();
      var second = new Simulated(seed, random, first.total, 0);
      first.stored.forEach(
          (number, state) -> second.chunks.put(number, Chunk.after(state, null, List.of())));
      second.runToTheEnd();
      assertThat(second.succeeded()).as("seed %d: succeeded", seed).isEqualTo(first.total);
      assertThat(second.starts).as("seed %d: run again", seed).hasSize((int) (first.total - done));
    }
  }

  /** One loop with everything around it that is not pure. */
  private static final class Simulated {
    final long seed;
    final Random random;
    final int total;
    final long width;
    final boolean strict;
    final double failing;
    boolean restartFailed;
    boolean gaveUp;
    int endAfter = -1;
    LoopProgress progress;
    final Map<Long, Chunk> chunks = new HashMap<>();
    final Map<Long, Chunk.State> stored = new TreeMap<>();
    final List<Runnable> messages = new ArrayList<>();
    final Set<Long> running = new HashSet<>();
    final Map<Long, Integer> starts = new HashMap<>();
    int ends;
    long reports;

    Simulated(long seed, Random random, int total, double failing) {
      this(
          seed,
          random,
          total,
          random.nextInt(3) == 0 ? 1 : random.nextInt(150) + 1,
          random.nextInt(4) == 0,
          failing);
    }

    Simulated(long seed, Random random, int total, long width, boolean strict, double failing) {
      this.seed = seed;
      this.random = random;
      this.total = total;
      this.failing = failing;
      this.width = width;
      this.strict = strict;
      progress = LoopProgress.of(total, 0);
    }

    void allowing(long maxFailures) {
      progress = LoopProgress.of(total, maxFailures);
    }

    /** What chunks report of their windows and their ends, and each of its first failure. */
    long reportsWithoutFailures() {
      var chunks = (total + InlineWorkflow.CHUNK - 1) / InlineWorkflow.CHUNK;
      var spread = strict ? 1 : Math.min(Math.min(8, chunks), width);
      return chunks * ((width + spread - 1) / spread + 5);
    }

    void runToTheEnd() {
      take(progress.advance(width, strict));
      var steps = 0;
      while (!progress.finished()) {
        assertThat(steps++).as("seed %d: steps of a loop that ends", seed).isLessThan(100_000);
        if (messages.isEmpty() || (!running.isEmpty() && random.nextBoolean())) {
          assertThat(running).as("seed %d: something to wait for", seed).isNotEmpty();
          endOne();
        } else {
          deliverOne();
        }
        if (restartFailed && anyFailed() && random.nextInt(3) == 0) {
          take(progress.again(null, Map.of(), width, strict));
        }
        if (endAfter >= 0 && ends >= endAfter && progress.ending() == null) {
          take(progress.end(RunStatus.STOPPED));
        }
      }
      gaveUp = failed() > 0;
    }

    private boolean anyFailed() {
      return !progress.failed().isEmpty()
          || progress.active().values().stream().anyMatch(LoopProgress.Active::failed);
    }

    private void take(LoopProgress.Step step) {
      progress = step.progress();
      step.orders().forEach(order -> send(() -> ordered(order)));
    }

    private void send(Runnable message) {
      messages.add(message);
      if (random.nextInt(10) == 0) {
        messages.add(message);
      }
    }

    private void deliverOne() {
      var which = random.nextInt(4) == 0 ? random.nextInt(messages.size()) : 0;
      messages.remove(which).run();
    }

    private void ordered(LoopProgress.Order order) {
      var chunk = chunk(order.chunk());
      var before = chunk.ending();
      chunk.order(order);
      var ending = chunk.ending();
      if (ending != null && before == null) {
        chunk.running().forEach(index -> ended(chunk, index, ending));
      }
      work(order.chunk(), chunk);
    }

    private Chunk chunk(long number) {
      return chunks.computeIfAbsent(
          number,
          n ->
              new Chunk(n * InlineWorkflow.CHUNK, Math.min(total, (n + 1) * InlineWorkflow.CHUNK)));
    }

    private void work(long number, Chunk chunk) {
      var span = strict ? width : 0;
      for (var i = chunk.toStart(span); i >= 0; i = chunk.toStart(span)) {
        chunk.started(i, 1, 0, 0);
        assertThat(running.add(i)).as("seed %d: %d is started once at a time", seed, i).isTrue();
        starts.merge(i, 1, Integer::sum);
        assertThat((long) running.size())
            .as("seed %d: running at a time", seed)
            .isLessThanOrEqualTo(width);
        if (strict) {
          var smallest = running.stream().mapToLong(Long::longValue).min().orElse(i);
          assertThat(i - smallest).as("seed %d: distance", seed).isLessThan(width);
        }
        if (random.nextInt(3) == 0) {
          ended(chunk, i, outcome(i));
        }
      }
      var report = chunk.report();
      if (report != null) {
        reports++;
        send(() -> reported(number, report));
      }
      stored.put(number, chunk.state());
      if (random.nextInt(5) == 0) {
        chunks.put(number, new Chunk(chunk.state()));
      }
    }

    private RunStatus outcome(long index) {
      return starts.getOrDefault(index, 0) <= 1 && random.nextDouble() < failing
          ? RunStatus.FAILED
          : RunStatus.SUCCEEDED;
    }

    private void ended(Chunk chunk, long index, RunStatus as) {
      running.remove(index);
      ends++;
      chunk.ended(index, as, Map.of(), 5, as == RunStatus.SUCCEEDED ? null : "boom", 0);
    }

    private void endOne() {
      var which = random.nextInt(running.size());
      var index = running.stream().sorted().skip(which).findFirst().orElseThrow();
      var number = InlineWorkflow.chunkOf(index);
      var chunk = chunk(number);
      ended(chunk, index, outcome(index));
      work(number, chunk);
    }

    private void reported(long number, Chunk.Report report) {
      progress = progress.reported(number, report);
      take(progress.advance(width, strict));
    }

    long succeeded() {
      return count(RunStatus.SUCCEEDED);
    }

    long failed() {
      return count(RunStatus.FAILED);
    }

    private long count(RunStatus status) {
      return stored.values().stream()
          .mapToLong(state -> {
            @Nullable IndexSet which = state.ended().get(status);
            return which == null ? 0 : which.size();
          })
          .sum();
    }
  }
}

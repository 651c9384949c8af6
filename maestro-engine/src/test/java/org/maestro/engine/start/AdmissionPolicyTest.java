package org.maestro.engine.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.maestro.engine.start.AdmissionPolicy.Answer;
import org.maestro.engine.start.AdmissionPolicy.Standing;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.RunStrategy.Rule;

class AdmissionPolicyTest {
  private static final Standing IDLE = new Standing(List.of(), List.of(), false, false);

  private static RunStrategy strategy(Rule rule) {
    return new RunStrategy(rule, rule == Rule.PARALLEL ? 2L : 1L);
  }

  /** What one start comes to: the answer, the queued ones it stops, the running ones it ends. */
  @ParameterizedTest(name = "{0}: running {1}, queued {2} -> {3}, stops {4}, ends {5}")
  @CsvSource({
    "SEQUENTIAL,          '',    '',    ADMIT, '',    ''",
    "SEQUENTIAL,          1,     '',    QUEUE, '',    ''",
    "SEQUENTIAL,          1,     '2 3', QUEUE, '',    ''",
    "SEQUENTIAL,          '',    2,     QUEUE, '',    ''",
    "STRICT_SEQUENTIAL,   '',    '',    ADMIT, '',    ''",
    "STRICT_SEQUENTIAL,   1,     2,     QUEUE, '',    ''",
    "PARALLEL,            '',    '',    ADMIT, '',    ''",
    "PARALLEL,            1,     '',    ADMIT, '',    ''",
    "PARALLEL,            '1 2', '',    QUEUE, '',    ''",
    "PARALLEL,            1,     2,     QUEUE, '',    ''",
    "FIRST_ONLY,          '',    '',    ADMIT, '',    ''",
    "FIRST_ONLY,          1,     '',    STOP,  '',    ''",
    "FIRST_ONLY,          '',    1,     STOP,  '',    ''",
    "LAST_ONLY,           '',    '',    ADMIT, '',    ''",
    "LAST_ONLY,           1,     '',    QUEUE, '',    1",
    "LAST_ONLY,           1,     '2 3', QUEUE, '2 3', 1",
    "LAST_ONLY,           '',    2,     ADMIT, 2,     ''",
    "SERIAL_LATEST_ONLY,  '',    '',    ADMIT, '',    ''",
    "SERIAL_LATEST_ONLY,  1,     '',    QUEUE, '',    ''",
    "SERIAL_LATEST_ONLY,  1,     '2 3', QUEUE, '2 3', ''",
    "SERIAL_LATEST_ONLY,  '',    2,     ADMIT, 2,     ''",
  })
  void aStrategyAnswersANewInstance(
      Rule rule, String running, String queued, Answer answer, String stops, String ends) {
    var verdict =
        AdmissionPolicy.decide(
            strategy(rule), new Standing(ids(running), ids(queued), false, false), 9);
    assertThat(verdict.answer()).isEqualTo(answer);
    assertThat(verdict.stopQueued()).isEqualTo(ids(stops));
    assertThat(verdict.endRunning()).isEqualTo(ids(ends));
    var after = verdict.after();
    assertThat(after.running().contains(9L)).isEqualTo(answer == Answer.ADMIT);
    assertThat(after.queued().contains(9L)).isEqualTo(answer == Answer.QUEUE);
    assertThat(verdict.stopQueued()).noneMatch(after.queued()::contains);
  }

  private static List<Long> ids(String text) {
    return text.isEmpty()
        ? List.of()
        : List.of(text.split(" ")).stream().map(Long::valueOf).toList();
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void nothingIsAdmittedWhileTheWorkflowIsPaused(Rule rule) {
    var paused = new Standing(List.of(), List.of(), false, true);
    assertThat(AdmissionPolicy.decide(strategy(rule), paused, 1).answer()).isEqualTo(Answer.QUEUE);
    assertThat(AdmissionPolicy.free(strategy(rule), paused)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aFailureHoldsBackOnlyAStrictSequence(Rule rule) {
    var blocked = new Standing(List.of(), List.of(), true, false);
    var strict = rule == Rule.STRICT_SEQUENTIAL;
    assertThat(AdmissionPolicy.decide(strategy(rule), blocked, 1).answer())
        .isEqualTo(strict ? Answer.QUEUE : Answer.ADMIT);
    assertThat(AdmissionPolicy.free(strategy(rule), blocked) > 0).isEqualTo(!strict);
  }

  @Test
  void aStandingIsNotChangedByADecision() {
    var running = new ArrayList<>(List.of(1L));
    var standing = new Standing(running, List.of(), false, false);
    AdmissionPolicy.decide(strategy(Rule.SEQUENTIAL), standing, 2);
    running.add(7L);
    assertThat(standing).isEqualTo(new Standing(List.of(1L), List.of(), false, false));
  }

  /**
   * A workflow in memory: starts in batches, ends and admissions in random order. Batches share one
   * decision of what stands, single starts decide each for themselves: both must end alike.
   */
  private static final class Model {
    private final RunStrategy strategy;
    private Standing standing = IDLE;
    private final Map<Long, String> fates = new TreeMap<>();

    Model(RunStrategy strategy) {
      this.strategy = strategy;
    }

    void start(List<Long> batch) {
      var now = standing;
      for (var id : batch) {
        var verdict = AdmissionPolicy.decide(strategy, now, id);
        now = verdict.after();
        verdict.stopQueued().forEach(queued -> fates.put(queued, "stopped in the queue"));
        verdict.endRunning().forEach(running -> fates.put(running, "told to end"));
        fates.put(
            id,
            switch (verdict.answer()) {
              case ADMIT -> "admitted";
              case QUEUE -> "queued";
              case STOP -> "born stopped";
            });
      }
      standing = now;
    }

    void end(long id) {
      var running = new ArrayList<>(standing.running());
      running.remove(id);
      standing = new Standing(running, standing.queued(), standing.blocked(), standing.paused());
    }

    void admit() {
      var free = AdmissionPolicy.free(strategy, standing);
      var next = standing.queued().stream().limit(free).toList();
      var running = new ArrayList<>(standing.running());
      running.addAll(next);
      next.forEach(id -> fates.put(id, "admitted"));
      standing =
          new Standing(
              running,
              standing.queued().subList(next.size(), standing.queued().size()),
              standing.blocked(),
              standing.paused());
    }
  }

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aBatchComesToTheSameAsOneByOne(Rule rule) {
    for (long seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var batched = new Model(strategy(rule));
      var single = new Model(strategy(rule));
      var next = 1L;
      for (int turn = 0; turn < 20; turn++) {
        var batch = new ArrayList<Long>();
        for (int i = random.nextInt(5); i >= 0; i--) {
          batch.add(next++);
        }
        batched.start(batch);
        batch.forEach(id -> single.start(List.of(id)));
        assertThat(batched.standing).as("seed %d", seed).isEqualTo(single.standing);
        assertThat(batched.fates).as("seed %d", seed).isEqualTo(single.fates);
        if (!batched.standing.running().isEmpty() && random.nextBoolean()) {
          var ended = batched.standing.running().getFirst();
          batched.end(ended);
          single.end(ended);
        }
        batched.admit();
        single.admit();
        assertThat((long) batched.standing.running().size())
            .as("seed %d", seed)
            .isLessThanOrEqualTo(strategy(rule).concurrency());
        if (rule == Rule.LAST_ONLY || rule == Rule.SERIAL_LATEST_ONLY) {
          assertThat(batched.standing.queued()).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
        }
        if (rule == Rule.FIRST_ONLY) {
          assertThat(batched.standing.queued()).as("seed %d", seed).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Rule.class,
      names = {"SEQUENTIAL", "STRICT_SEQUENTIAL", "PARALLEL"})
  void queuedInstancesRunInTheOrderOfTheirNumbers(Rule rule) {
    var model = new Model(strategy(rule));
    var admitted = new ArrayList<Long>();
    model.start(List.of(1L, 2L, 3L, 4L, 5L, 6L));
    while (!model.standing.running().isEmpty()) {
      var first = model.standing.running().getFirst();
      admitted.add(first);
      model.end(first);
      model.admit();
    }
    assertThat(admitted).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }
}

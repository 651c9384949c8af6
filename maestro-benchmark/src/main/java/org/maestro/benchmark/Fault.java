package org.maestro.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One fault of a campaign, decided before it begins.
 *
 * @param number from 1
 * @param afterStart how many starts have been sent by then
 * @param delayMillis how long after that it comes
 * @param downMillis how long the broker or the database stays away
 * @param victim which engine, from 0
 * @param step by how much a clock is set
 */
record Fault(
    int number,
    FaultKind kind,
    int afterStart,
    long delayMillis,
    long downMillis,
    int victim,
    Duration step) {

  private static final Duration LONGEST_STEP = Duration.ofHours(2);

  /** The faults that a seed stands for: all kinds equally often, spread over all starts. */
  static List<Fault> plan(
      long seed, int count, int starts, int engines, Set<FaultKind> kinds, long longestDownMillis) {
    var random = new Random(seed);
    var clocks = new Random(~seed); // of its own: the other faults of a seed stay what they were
    var faults = new ArrayList<Fault>();
    List<FaultKind> waiting = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      if (waiting.isEmpty()) {
        waiting.addAll(kinds.stream().sorted().toList());
        Collections.shuffle(waiting, random);
      }
      faults.add(
          new Fault(
              number,
              waiting.removeLast(),
              starts * number / (count + 1),
              random.nextInt(1_000),
              random.nextLong(longestDownMillis),
              random.nextInt(engines),
              step(clocks)));
    }
    return faults;
  }

  /** From a second to two hours, seconds and minutes as often as hours. */
  static Duration step(Random random) {
    return Duration.ofSeconds(
        Math.round(Math.exp(random.nextDouble() * Math.log((double) LONGEST_STEP.toSeconds()))));
  }
}

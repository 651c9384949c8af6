package org.maestro.benchmark;

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
 */
record Fault(
    int number, FaultKind kind, int afterStart, long delayMillis, long downMillis, int victim) {

  /** The faults that a seed stands for: all kinds equally often, spread over all starts. */
  static List<Fault> plan(
      long seed, int count, int starts, int engines, Set<FaultKind> kinds, long longestDownMillis) {
    var random = new Random(seed);
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
              random.nextInt(engines)));
    }
    return faults;
  }
}

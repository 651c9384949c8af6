package org.maestro.signal.trigger;

import java.util.List;
import java.util.SortedMap;

/**
 * Signals that a trigger consumed together and about which its expressions have yet to be asked.
 *
 * @param matchId of the match that they will be
 * @param signals the number of each by name
 * @param begun how often their evaluation has begun and not ended
 * @param claimedUntil until when somebody is at it
 */
record Undecided(
    String triggerId,
    String matchId,
    SortedMap<String, Long> signals,
    long matchTime,
    int begun,
    long claimedUntil) {

  /** An evaluation that has begun so often and never ended is not begun again. */
  static final int TRIES = 3;

  static Undecided of(Trigger trigger, SortedMap<String, Long> signals, long now) {
    return new Undecided(trigger.id(), Match.idOf(trigger.id(), signals), signals, now, 0, 0);
  }

  /** Their place among those of their trigger: the number of the first of them, by name. */
  long seq() {
    return signals.firstEntry().getValue();
  }

  boolean isClaimed(long now) {
    return claimedUntil > now;
  }

  /**
   * What is to be evaluated next. While somebody is at the oldest, nothing; what did not end before
   * goes alone, so that only what is to blame is tried in vain.
   *
   * @param oldest the oldest of a trigger, in their order
   */
  static List<Undecided> next(List<Undecided> oldest, long now) {
    if (!oldest.isEmpty() && !oldest.getFirst().isClaimed(now) && oldest.getFirst().begun() > 0) {
      return List.of(oldest.getFirst());
    }
    return oldest.stream().takeWhile(one -> !one.isClaimed(now) && one.begun() == 0).toList();
  }
}

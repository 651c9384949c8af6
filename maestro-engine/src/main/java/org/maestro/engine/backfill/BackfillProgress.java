package org.maestro.engine.backfill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.model.instance.RunStatus;

/**
 * How far a back-fill has come: every value, by its number in the order of running, is in one of
 * the sets, or not yet claimed, or has succeeded. Kept as intervals, so that the row costs the same
 * at ten values and at a hundred thousand. Pure.
 *
 * @param next values from here on have not been claimed
 * @param open claimed: its run is being started, or has not been seen to end
 * @param refused claimed, and could not be started; is tried again when the back-fill is resumed
 * @param again its run is to be restarted when there is room
 * @param restarts which restart is meant, for open values of which a run had ended before
 * @param round how often somebody has asked to restart what failed
 * @param ending its open runs are to be ended, and may not have been told yet
 * @param problem why it paused by itself; null if it did not
 * @param samples when how many runs had ended, lately
 * @param excused of those that did not succeed, what somebody has seen and resumed it after
 */
public record BackfillProgress(
    long next,
    IndexSet open,
    IndexSet refused,
    IndexSet again,
    IndexSet failed,
    IndexSet timedOut,
    IndexSet stopped,
    Map<Long, Long> restarts,
    long round,
    boolean ending,
    @Nullable String problem,
    List<Sample> samples,
    IndexSet excused) {
  private static final int MOST_SAMPLES = 12;
  private static final long SAMPLE_MILLIS = 5_000;

  static final BackfillProgress NONE =
      new BackfillProgress(
          0,
          IndexSet.NONE,
          IndexSet.NONE,
          IndexSet.NONE,
          IndexSet.NONE,
          IndexSet.NONE,
          IndexSet.NONE,
          Map.of(),
          0,
          false,
          null,
          List.of(),
          IndexSet.NONE);

  public BackfillProgress {
    restarts = Map.copyOf(restarts);
    samples = List.copyOf(samples);
  }

  /** So many runs had ended at a time, in epoch milliseconds. */
  public record Sample(long at, long ended) {}

  /** The values whose runs did not succeed. */
  public IndexSet unsuccessful() {
    return failed.union(timedOut).union(stopped);
  }

  /** How many of them nobody has seen to yet. */
  long failures() {
    return unsuccessful().minus(excused).size();
  }

  /** How many values have succeeded. */
  public long succeeded() {
    return next
        - open.size()
        - refused.size()
        - again.size()
        - failed.size()
        - timedOut.size()
        - stopped.size();
  }

  /** How many values have a run that has ended. */
  public long ended() {
    return next - open.size() - refused.size() - again.size();
  }

  /** Whether nothing is left to be started or awaited. */
  boolean isComplete(long total) {
    return next >= total && open.isEmpty() && refused.isEmpty() && again.isEmpty();
  }

  /** The latest run of a value has this status. */
  BackfillProgress saw(long number, RunStatus status) {
    if (!status.isTerminal() || !(open.contains(number) || unsuccessful().contains(number))) {
      return this;
    }
    return with(
        open.without(number),
        set(failed, number, status == RunStatus.FAILED),
        set(timedOut, number, status == RunStatus.TIMED_OUT),
        set(stopped, number, status == RunStatus.STOPPED),
        without(restarts, number));
  }

  /** Somebody else has restarted the run meanwhile: that restart counts. */
  BackfillProgress adopted(long number) {
    return with(open, failed, timedOut, stopped, without(restarts, number));
  }

  private static IndexSet set(IndexSet set, long number, boolean member) {
    return member ? set.with(number) : set.without(number);
  }

  private static Map<Long, Long> without(Map<Long, Long> map, long number) {
    if (!map.containsKey(number)) {
      return map;
    }
    var rest = new HashMap<>(map);
    rest.remove(number);
    return rest;
  }

  /** Claims as many values as there is room for: what was refused, what failed, then the next. */
  BackfillProgress claim(long total, long concurrency) {
    var room = concurrency - open.size();
    var newOpen = open;
    var newRefused = refused;
    var newAgain = again;
    var newNext = next;
    var newRestarts = new HashMap<>(restarts);
    for (; room > 0; room--) {
      long number;
      if (!newRefused.isEmpty()) {
        number = newRefused.first();
        newRefused = newRefused.without(number);
      } else if (!newAgain.isEmpty()) {
        number = newAgain.first();
        newAgain = newAgain.without(number);
        newRestarts.put(number, round);
      } else if (newNext < total) {
        number = newNext++;
      } else {
        break;
      }
      newOpen = newOpen.with(number);
    }
    return new BackfillProgress(
        newNext,
        newOpen,
        newRefused,
        newAgain,
        failed,
        timedOut,
        stopped,
        newRestarts,
        round,
        ending,
        problem,
        samples,
        excused);
  }

  /** What is open could not be started. */
  BackfillProgress refuse(IndexSet numbers, @Nullable String why) {
    var refusedRestarts = IndexSet.NONE;
    for (var number : restarts.keySet()) {
      if (numbers.contains(number)) {
        refusedRestarts = refusedRestarts.with(number);
      }
    }
    var left = new HashMap<>(restarts);
    refusedRestarts.forEach(left::remove);
    return new BackfillProgress(
        next,
        open.minus(numbers),
        refused.union(numbers.minus(refusedRestarts)),
        again.union(refusedRestarts),
        failed,
        timedOut,
        stopped,
        left,
        round,
        ending,
        why,
        List.of(),
        excused);
  }

  /** Everything that did not succeed is run again. */
  BackfillProgress restartUnsuccessful() {
    return new BackfillProgress(
        next,
        open,
        refused,
        again.union(unsuccessful()),
        IndexSet.NONE,
        IndexSet.NONE,
        IndexSet.NONE,
        restarts,
        round + 1,
        ending,
        problem,
        samples,
        IndexSet.NONE);
  }

  BackfillProgress ending(boolean toldToEnd) {
    return new BackfillProgress(
        next, open, refused, again, failed, timedOut, stopped, restarts, round, toldToEnd, problem,
        List.of(), excused);
  }

  /** Somebody has seen to what was in the way, failures too; the rate is measured anew. */
  BackfillProgress cleared() {
    return new BackfillProgress(
        next,
        open,
        refused,
        again,
        failed,
        timedOut,
        stopped,
        restarts,
        round,
        false,
        null,
        List.of(),
        unsuccessful());
  }

  BackfillProgress paused(@Nullable String why) {
    return new BackfillProgress(
        next, open, refused, again, failed, timedOut, stopped, restarts, round, ending, why,
        List.of(), excused);
  }

  /** Remembers how many runs have ended by now. */
  BackfillProgress sampled(long now) {
    if (!samples.isEmpty() && now - samples.getLast().at() < SAMPLE_MILLIS) {
      return this;
    }
    var all = new ArrayList<>(samples);
    all.add(new Sample(now, ended()));
    return new BackfillProgress(
        next,
        open,
        refused,
        again,
        failed,
        timedOut,
        stopped,
        restarts,
        round,
        ending,
        problem,
        all.subList(Math.max(0, all.size() - MOST_SAMPLES), all.size()),
        excused);
  }

  /** Runs that end per second, lately; 0 while nothing is known. */
  public double rate(long now) {
    if (samples.isEmpty() || now <= samples.getFirst().at()) {
      return 0;
    }
    var since = samples.getFirst();
    return Math.max(0, (ended() - since.ended()) * 1_000.0 / (now - since.at()));
  }

  private BackfillProgress with(
      IndexSet newOpen,
      IndexSet newFailed,
      IndexSet newTimedOut,
      IndexSet newStopped,
      Map<Long, Long> newRestarts) {
    return new BackfillProgress(
        next,
        newOpen,
        refused,
        again,
        newFailed,
        newTimedOut,
        newStopped,
        newRestarts,
        round,
        ending,
        problem,
        samples,
        excused);
  }
}

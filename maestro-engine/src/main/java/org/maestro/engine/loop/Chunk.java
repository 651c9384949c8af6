package org.maestro.engine.loop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunStatus;

/**
 * A chunk of a foreach step in memory: which of its iterations run, how the others ended, and which
 * is next. Decides nothing outside of itself and touches no run. Changed by the thread of its shard
 * only; thrown away, never mended, when a turn breaks or its commit fails.
 */
public final class Chunk {
  /** Different errors that are told apart within a chunk. */
  private static final int MAX_SIGNATURES = 20;

  private static final String OTHER = "other errors";

  private long next;
  private long window;
  private long generation;
  private boolean draining;
  private @Nullable RunStatus ending;
  private long heard;
  private @Nullable Tolerance tolerance;
  private IndexSet again;
  private IndexSet asked;
  private IndexSet running;
  private IndexSet setAside;
  private IndexSet tolerated;
  private IndexSet takenOver;
  private final EnumMap<RunStatus, IndexSet> ended = new EnumMap<>(RunStatus.class);
  private final Map<String, Long> rollup;
  private final Map<Long, Long> runs;
  private final Map<Long, List<RestartNode>> ways;
  private final Map<String, IndexSet> failures;
  private final Map<Integer, Long> durations;
  private @Nullable Long firstStart;
  private @Nullable Long lastEnd;
  private @Nullable Report told;

  /** Iterations of this pass that did not succeed. */
  private long failed;

  private @Nullable FirstFailed firstFailed;

  private final long from;
  private final long to;
  private final boolean endsAtOnce;

  /**
   * A chunk as it is kept; iterations are numbered from 0.
   *
   * @param to the first iteration that is not its own any more
   * @param next the first iteration that has not been looked at
   * @param window how many may run at a time
   * @param generation how often the loop has opened it again
   * @param heard the number of the last order
   * @param draining whether it starts no more
   * @param ending what all its iterations were told to end as; null unless they were
   * @param tolerance how many of its iterations may fail; null if none may
   * @param again iterations to be run once more, before the next one
   * @param asked those of them that somebody asked for: what failed beside them holds them back no
   *     more than the running ones; null if there are none
   * @param setAside those of the running ones that the engine can't go on with
   * @param tolerated failures of an earlier pass, which hold nothing back
   * @param ended the ended ones by how they ended last
   * @param rollup leaf steps below the ended ones by status
   * @param runs the runs of the iterations whose run has another number than the pass
   * @param ways where in iterations that will be started a restart goes on
   * @param failures failed ones by what went wrong
   * @param durations ended ones by {@link #bucketOf duration}
   * @param told what its loop was told last
   * @param firstFailed the iteration of this pass that failed first; null if none has, or if that
   *     one runs again
   * @param takenOver those that succeeded in a pass before; null if there are none
   */
  public record State(
      long from,
      long to,
      long next,
      long window,
      long generation,
      long heard,
      boolean draining,
      @Nullable RunStatus ending,
      @Nullable Tolerance tolerance,
      IndexSet again,
      @Nullable IndexSet asked,
      IndexSet running,
      IndexSet setAside,
      IndexSet tolerated,
      Map<RunStatus, IndexSet> ended,
      Map<String, Long> rollup,
      Map<Long, Long> runs,
      Map<Long, List<RestartNode>> ways,
      Map<String, IndexSet> failures,
      Map<Integer, Long> durations,
      @Nullable Long firstStart,
      @Nullable Long lastEnd,
      @Nullable Report told,
      @Nullable FirstFailed firstFailed,
      @Nullable IndexSet takenOver) {

    /** How many iterations ended in each way. */
    public Map<RunStatus, Long> counts() {
      var counts = new EnumMap<RunStatus, Long>(RunStatus.class);
      ended.forEach((status, which) -> counts.put(status, which.size()));
      return counts;
    }

    /** What went wrong in an iteration; null if nothing did. */
    public @Nullable String signatureOf(long index) {
      for (var entry : failures.entrySet()) {
        if (entry.getValue().contains(index)) {
          return entry.getKey();
        }
      }
      return null;
    }
  }

  /** An iteration that failed, and when: epoch milliseconds. */
  public record FirstFailed(long index, long at) {}

  /**
   * How many iterations of a chunk may fail before it starts no more.
   *
   * @param failures so many, by what its loop knew of the others when it said so
   * @param every after how many more failures its loop has to hear of it
   */
  public record Tolerance(long failures, long every) {}

  /**
   * What a loop has to know of its chunk.
   *
   * @param number later reports have greater ones
   * @param held how much of its window it still needs
   * @param failed whether an iteration ended in any way but success
   * @param remaining whether there are iterations that it has not started
   * @param finished whether nothing of it runs, and nothing will unless it is told to go on
   * @param failures how many iterations ended in any way but success; null if its loop minds the
   *     first one already
   */
  public record Report(
      long number,
      long generation,
      long held,
      boolean failed,
      boolean remaining,
      boolean finished,
      @Nullable Long failures) {}

  /** Nothing of it has run yet. */
  public Chunk(long from, long to) {
    this(
        new State(
            from,
            to,
            from,
            0,
            0,
            0,
            false,
            null,
            null,
            IndexSet.NONE,
            null,
            IndexSet.NONE,
            IndexSet.NONE,
            IndexSet.NONE,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            null,
            null));
  }

  public Chunk(State state) {
    this(state, false);
  }

  /**
   * A chunk as it was kept.
   *
   * @param endsAtOnce whether its loop ends everything once more have failed than may: then not
   *     even what somebody asked for begins
   */
  public Chunk(State state, boolean endsAtOnce) {
    this.endsAtOnce = endsAtOnce;
    from = state.from();
    to = state.to();
    next = state.next();
    window = state.window();
    generation = state.generation();
    heard = state.heard();
    draining = state.draining();
    ending = state.ending();
    tolerance = state.tolerance();
    again = state.again();
    asked = state.asked() == null ? IndexSet.NONE : state.asked();
    running = state.running();
    setAside = state.setAside();
    tolerated = state.tolerated();
    takenOver = state.takenOver() == null ? IndexSet.NONE : state.takenOver();
    state.ended().forEach(ended::put);
    rollup = new TreeMap<>(state.rollup());
    runs = new HashMap<>(state.runs());
    ways = new HashMap<>(state.ways());
    failures = new LinkedHashMap<>(state.failures());
    durations = new TreeMap<>(state.durations());
    firstStart = state.firstStart();
    lastEnd = state.lastEnd();
    told = state.told();
    firstFailed = state.firstFailed();
    failed = countFailed();
  }

  /**
   * The iteration of a loop that failed first; of those of an earlier pass the one with the lowest
   * number. -1 if none has failed.
   */
  public static long firstFailed(List<State> chunks) {
    FirstFailed first = null;
    var lowest = -1L;
    for (var chunk : chunks) {
      var candidate = chunk.firstFailed();
      if (candidate != null && (first == null || candidate.at() < first.at())) {
        first = candidate;
      }
      for (var outcome : chunk.ended().entrySet()) {
        var index = outcome.getKey() == RunStatus.SUCCEEDED ? -1 : outcome.getValue().first();
        lowest = index >= 0 && (lowest < 0 || index < lowest) ? index : lowest;
      }
    }
    return first == null ? lowest : first.index();
  }

  /**
   * The chunk of a new pass over the same iterations.
   *
   * @param only the one iteration to run again; null for all that did not succeed
   * @param way where in that iteration a restart goes on; empty if none does
   */
  public static Chunk after(State before, @Nullable Long only, List<RestartNode> way) {
    var chunk = new Chunk(before.from(), before.to());
    chunk.rollup.putAll(before.rollup());
    before.ended().forEach(chunk.ended::put);
    before.failures().forEach(chunk.failures::put);
    chunk.next = before.to();
    chunk.again =
        only == null
            ? IndexSet.range(before.from(), before.to())
                .minus(before.ended().getOrDefault(RunStatus.SUCCEEDED, IndexSet.NONE))
            : IndexSet.range(only, only + 1).within(before.from(), before.to());
    chunk.again.forEach(chunk::forgetOutcome);
    if (only != null && !way.isEmpty() && chunk.again.contains(only)) {
      chunk.ways.put(only, way);
    }
    chunk.tolerated = chunk.unsuccessful();
    chunk.takenOver = chunk.ended.getOrDefault(RunStatus.SUCCEEDED, IndexSet.NONE);
    chunk.failed = 0;
    return chunk;
  }

  public State state() {
    return new State(
        from,
        to,
        next,
        window,
        generation,
        heard,
        draining,
        ending,
        tolerance,
        again,
        asked.isEmpty() ? null : asked,
        running,
        setAside,
        tolerated,
        new EnumMap<>(ended),
        new TreeMap<>(rollup),
        new TreeMap<>(runs),
        new TreeMap<>(ways),
        new LinkedHashMap<>(failures),
        new TreeMap<>(durations),
        firstStart,
        lastEnd,
        told,
        firstFailed,
        takenOver.isEmpty() ? null : takenOver);
  }

  /** Its loop says how to go on. An order that is not newer than the last one changes nothing. */
  public void order(LoopProgress.Order order) {
    if (order.number() <= heard) {
      return;
    }
    heard = order.number();
    if (order.generation() > generation) {
      generation = order.generation();
      var which = order.allFailed() ? unsuccessful() : order.again().within(from, to);
      which = which.minus(running);
      again = again.union(which);
      asked = asked.union(which);
      tolerated = tolerated.minus(which);
      which.forEach(this::forgetOutcome);
      order
          .ways()
          .forEach((index, way) -> {
            if (again.contains(index)) {
              ways.put(index, way);
            }
          });
      failed = countFailed();
    }
    tolerance = order.tolerance();
    window = order.window();
    draining = order.drain();
    if (order.ending() != null) {
      ending = order.ending();
    }
  }

  private IndexSet unsuccessful() {
    var all = IndexSet.NONE;
    for (var outcome : ended.entrySet()) {
      if (outcome.getKey() != RunStatus.SUCCEEDED) {
        all = all.union(outcome.getValue());
      }
    }
    return all;
  }

  private void forgetOutcome(long index) {
    ended.replaceAll((_, which) -> which.without(index));
    ended.values().removeIf(IndexSet::isEmpty);
    forgetFailure(index);
    if (firstFailed != null && firstFailed.index() == index) {
      firstFailed = null;
    }
  }

  private void forgetFailure(long index) {
    failures.replaceAll((_, which) -> which.without(index));
    failures.values().removeIf(IndexSet::isEmpty);
  }

  /**
   * The iteration to be started now; -1 if there is none.
   *
   * @param span how far apart running iterations may be; 0 for any distance
   */
  public long toStart(long span) {
    if (isEnding() || running.size() >= window) {
      return -1;
    }
    long candidate;
    if (!asked.isEmpty()) {
      candidate = asked.first();
    } else if (draining || isOver()) {
      candidate = -1;
    } else {
      candidate = again.isEmpty() ? (next < to ? next : -1) : again.first();
    }
    if (candidate < 0 || (span > 0 && !running.isEmpty() && candidate >= running.first() + span)) {
      return -1;
    }
    return candidate;
  }

  /**
   * An iteration is started.
   *
   * @param lastRun the number of its last run; 0 if it has not run
   * @return the number of its run
   */
  public long started(long index, long loopRun, long lastRun, long now) {
    if (again.contains(index)) {
      again = again.without(index);
      asked = asked.without(index);
    } else {
      next = index + 1;
    }
    var runId = Math.max(loopRun, lastRun + 1);
    if (runId == loopRun) {
      runs.remove(index);
    } else {
      runs.put(index, runId);
    }
    ways.remove(index);
    takenOver = takenOver.without(index);
    running = running.with(index);
    if (firstStart == null) {
      firstStart = now;
    }
    return runId;
  }

  /** Where in an iteration that is to be started a restart goes on; empty unless one named it. */
  public List<RestartNode> wayInto(long index) {
    return ways.getOrDefault(index, List.of());
  }

  /** The number of the run of an iteration that this pass has started. */
  public long runOf(long index, long loopRun) {
    return runs.getOrDefault(index, loopRun);
  }

  /** Whether an iteration has been looked at before, in this pass or in one that it continues. */
  public boolean isAgain(long index) {
    return index < next;
  }

  /** The iterations that come after one, in the order in which they will be started. */
  public List<Long> following(long index, long limit) {
    var following = new ArrayList<Long>();
    for (var i = again.firstFrom(index + 1);
        i >= 0 && following.size() < limit;
        i = again.firstFrom(i + 1)) {
      following.add(i);
    }
    for (var i = Math.max(next, index + 1); i < to && following.size() < limit; i++) {
      following.add(i);
    }
    return following;
  }

  /**
   * An iteration has ended.
   *
   * @param leaves its leaf steps by status
   * @param signature what went wrong, also within one that succeeded; null if nothing did
   */
  public void ended(
      long index,
      RunStatus as,
      Map<String, Long> leaves,
      long millis,
      @Nullable String signature,
      long now) {
    if (!running.contains(index)) {
      return;
    }
    running = running.without(index);
    if (setAside.contains(index)) {
      setAside = setAside.without(index);
      forgetFailure(index);
    }
    ended.merge(as, IndexSet.range(index, index + 1), IndexSet::union);
    if (as != RunStatus.SUCCEEDED && !tolerated.contains(index)) {
      failed++;
      firstFailed = firstFailed == null ? new FirstFailed(index, now) : firstFailed;
    }
    leaves.forEach((status, count) -> rollup.merge(status, count, Long::sum));
    durations.merge(bucketOf(millis), 1L, Long::sum);
    if (signature != null) {
      failed(index, signature);
    }
    lastEnd = now;
  }

  private void failed(long index, String signature) {
    var key =
        failures.containsKey(signature) || failures.size() < MAX_SIGNATURES ? signature : OTHER;
    failures.merge(key, IndexSet.range(index, index + 1), IndexSet::union);
  }

  /** The engine can't go on with an iteration that runs: it stands still until it is ended. */
  public void setAside(long index, String signature) {
    if (running.contains(index) && !setAside.contains(index)) {
      setAside = setAside.with(index);
      failed(index, signature);
    }
  }

  /** What an earlier run of an iteration added to the roll-up counts no longer. */
  public void takeBack(Map<String, Long> leaves) {
    leaves.forEach((status, count) ->
        rollup.computeIfPresent(
            status, (_, known) -> known > count ? (Long) (known - count) : null));
  }

  /** A quarter of a power of two: what a duration in milliseconds is counted under. */
  public static int bucketOf(long millis) {
    return millis <= 1 ? 0 : (int) Math.floor(4 * Math.log((double) millis) / Math.log(2));
  }

  /** Iterations that may run at once besides those that do. */
  public long free() {
    return Math.max(0, window - running.size());
  }

  public IndexSet running() {
    return running;
  }

  public @Nullable RunStatus ending() {
    return ending;
  }

  private long countFailed() {
    var count = 0L;
    for (var outcome : ended.entrySet()) {
      if (outcome.getKey() != RunStatus.SUCCEEDED) {
        count += outcome.getValue().minus(tolerated).size();
      }
    }
    return count;
  }

  /** Whether more iterations of this pass did not succeed than may: then nothing new begins. */
  private boolean isOver() {
    return failed > (tolerance == null ? 0 : tolerance.failures());
  }

  /** Whether all of it is ended, or will be as soon as its loop hears of what failed. */
  private boolean isEnding() {
    return ending != null || (endsAtOnce && isOver());
  }

  private boolean remaining() {
    return next < to || !again.isEmpty();
  }

  /** Whether nothing of it runs, and nothing will unless it is told to go on. */
  public boolean finished() {
    return running.isEmpty() && startsNoMore();
  }

  private boolean startsNoMore() {
    return isEnding() || (asked.isEmpty() && (!remaining() || draining || isOver()));
  }

  /** What its loop has to be told now; null if that would be nothing new. */
  public @Nullable Report report() {
    var idle = startsNoMore();
    var before = told;
    var report =
        new Report(
            before == null ? 1 : before.number(),
            generation,
            idle ? Math.min(window, running.size()) : window,
            failed > 0,
            remaining(),
            finished(),
            failuresToTell(idle));
    if (report.equals(before)) {
      return null;
    }
    if (before != null) {
      report =
          new Report(
              before.number() + 1,
              report.generation(),
              report.held(),
              report.failed(),
              report.remaining(),
              report.finished(),
              tolerance == null ? null : (Long) failed);
    }
    told = report;
    return report;
  }

  /** Its loop hears of failures one by one only when few more are allowed. */
  private @Nullable Long failuresToTell(boolean idle) {
    if (tolerance == null) {
      return null;
    }
    var known = told == null || told.generation() != generation ? null : told.failures();
    return known == null || idle || failed < known || failed >= known + tolerance.every()
        ? (Long) failed
        : known;
  }
}

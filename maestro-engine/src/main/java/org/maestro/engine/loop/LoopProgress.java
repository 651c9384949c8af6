package org.maestro.engine.loop;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunStatus;

/**
 * How far a foreach step has come, as its run knows it: which chunks work and how many iterations
 * each of them may run. As large for ten iterations as for a hundred thousand. Immutable and pure:
 * every change gives the next progress and the orders that follow from it.
 *
 * @param chunks how many there are
 * @param next the first chunk that has not been ordered
 * @param active the chunks at work
 * @param unfinished chunks that stopped before all their iterations had been started
 * @param failed chunks that stopped with iterations that did not succeed
 * @param generations how often chunks were opened again, for those that were
 * @param reopened chunks that are to run iterations again as soon as there is room
 * @param orders how many have been given
 * @param ending what all iterations were told to end as; null unless they were
 * @param allowed how many iterations may fail before no more begin; null if none may
 * @param failures of chunks that stopped, where they are counted and there are any
 */
public record LoopProgress(
    long chunks,
    long next,
    Map<Long, Active> active,
    IndexSet unfinished,
    IndexSet failed,
    Map<Long, Long> generations,
    Map<Long, Reopening> reopened,
    long orders,
    @Nullable RunStatus ending,
    @Nullable Long allowed,
    Map<Long, Long> failures) {
  /** Chunks that share the width of a loop. */
  private static final int SPREAD = 8;

  /** So many failures are allowed where all iterations may fail: more than any loop has. */
  private static final long ALL = 1L << 40;

  /** How often a chunk counts that can't say how many of its iterations failed. */
  private static final long UNKNOWN = 1L << 42;

  /**
   * A chunk at work.
   *
   * @param window what it was given
   * @param held what it still needs of that
   * @param heard the number of its last report
   * @param told whether it was told to start no more
   * @param failures how many of its iterations failed, as far as is known; null for none
   * @param every after how many more of them it was told to report; null if after each
   */
  public record Active(
      long window,
      long held,
      long heard,
      boolean failed,
      boolean told,
      @Nullable Long failures,
      @Nullable Long every) {

    Active drained() {
      return new Active(window, held, heard, failed, true, failures, every);
    }

    Active withoutFailures() {
      return new Active(window, held, heard, failed, told, null, every);
    }

    Active reportingEvery(@Nullable Long more) {
      return new Active(window, held, heard, failed, told, failures, more);
    }
  }

  /**
   * What a chunk has to run again.
   *
   * @param all whether it is everything that did not succeed
   * @param ways where in iterations a restart goes on, for those that it names
   */
  public record Reopening(IndexSet which, boolean all, Map<Long, List<RestartNode>> ways) {}

  /**
   * What a chunk is told.
   *
   * @param number later orders have greater ones
   * @param window how many iterations it may run at a time
   * @param again iterations to be run once more
   * @param allFailed whether all that did not succeed are to be run once more
   * @param ways where in iterations a restart goes on, for those that it names
   * @param drain whether it starts no more
   * @param ending what its iterations have to end as; null unless they have to
   * @param tolerance how many of its iterations may fail; null if none may
   */
  public record Order(
      long chunk,
      long number,
      long window,
      long generation,
      IndexSet again,
      boolean allFailed,
      Map<Long, List<RestartNode>> ways,
      boolean drain,
      @Nullable RunStatus ending,
      Chunk.@Nullable Tolerance tolerance) {}

  /** A progress and what follows from the step to it. */
  public record Step(LoopProgress progress, List<Order> orders) {}

  /**
   * Nothing has begun.
   *
   * @param maxFailures how many iterations may fail before no more begin
   */
  public static LoopProgress of(long iterations, long maxFailures) {
    var chunks = (iterations + InlineWorkflow.CHUNK - 1) / InlineWorkflow.CHUNK;
    return new LoopProgress(
        chunks,
        0,
        Map.of(),
        IndexSet.NONE,
        IndexSet.NONE,
        Map.of(),
        Map.of(),
        0,
        null,
        maxFailures <= 0 ? null : (Long) (maxFailures >= iterations ? ALL : maxFailures),
        Map.of());
  }

  /** Whether no chunk works and none will. */
  public boolean finished() {
    return active.isEmpty() && (draining() || (next >= chunks && unfinished.isEmpty()));
  }

  private boolean draining() {
    return ending != null || over();
  }

  /** Whether more iterations have failed than may. */
  public boolean over() {
    return allowed == null
        ? !failed.isEmpty() || active.values().stream().anyMatch(Active::failed)
        : failuresKnown() > allowed;
  }

  private long failuresKnown() {
    return failures.values().stream().mapToLong(Long::longValue).sum()
        + active.values().stream()
            .mapToLong(one -> one.failures() == null ? 0 : one.failures())
            .sum();
  }

  private long failuresOf(long chunk) {
    var one = active.get(chunk);
    var known = one == null ? failures.get(chunk) : one.failures();
    return known == null ? 0 : known;
  }

  /** After how many more failures a chunk reports: half of what is left may go unreported. */
  private @Nullable Long every() {
    return allowed == null ? null : (Long) Math.max(1, (allowed - failuresKnown()) / (2 * SPREAD));
  }

  /**
   * Hands out what is free: after a failure only to what somebody wants run again.
   *
   * @param width how many iterations may run at a time
   * @param strict whether iterations stay close together: one chunk after the other then
   */
  public Step advance(long width, boolean strict) {
    var given = this.orders;
    var orders = new ArrayList<Order>();
    var working = new TreeMap<>(active);
    var draining = draining();
    if (draining) {
      working.replaceAll((chunk, one) -> {
        if (!one.told()) {
          orders.add(
              order(chunk, given + orders.size() + 1, one.window(), generationOf(chunk), true));
        }
        return one.drained();
      });
    } else if (allowed != null) {
      tightenReports(working, orders);
    }
    var spread = spread(width, strict);
    var share = (width + spread - 1) / spread;
    var following = next;
    var left = unfinished;
    var opened = new TreeMap<>(reopened);
    var generation = new TreeMap<>(generations);
    while (true) {
      long chunk;
      if (ending != null) {
        chunk = -1;
      } else if (draining) {
        chunk = opened.keySet().stream().filter(left::contains).findFirst().orElse(-1L);
      } else {
        chunk = left.isEmpty() ? (following < chunks ? following : -1) : left.first();
      }
      var held = working.values().stream().mapToLong(Active::held).sum();
      var wide = working.values().stream().filter(one -> one.held() == one.window()).count();
      if (chunk < 0 || held >= width || wide >= spread || (strict && !working.isEmpty())) {
        break;
      }
      if (left.contains(chunk)) {
        left = left.without(chunk);
        generation.merge(chunk, 1L, Long::sum); // what it said when it stopped must not count
      } else {
        following++;
      }
      var window = Math.min(share, width - held);
      working.put(
          chunk, new Active(window, window, 0, false, draining, failures.get(chunk), every()));
      orders.add(
          order(
              chunk,
              given + orders.size() + 1,
              window,
              generation.getOrDefault(chunk, 0L),
              draining));
      opened.remove(chunk);
    }
    return new Step(with(following, working, left, generation, opened, orders), orders);
  }

  /**
   * Chunks at work have to report more often than they were told once most of it is used up. Those
   * that start no more report every change anyway.
   */
  private void tightenReports(Map<Long, Active> working, List<Order> given) {
    var every = Objects.requireNonNull(every());
    working.replaceAll((chunk, one) -> {
      if (one.told()
          || one.held() < one.window()
          || one.every() == null
          || one.every() < 2 * every) {
        return one;
      }
      given.add(order(chunk, orders + given.size() + 1, one.window(), generationOf(chunk), false));
      return one.reportingEvery(every);
    });
  }

  /** How many chunks share the width: no more than there are. */
  private long spread(long width, boolean strict) {
    return strict ? 1 : Math.max(1, Math.min(Math.min(SPREAD, chunks), width));
  }

  private Order order(long chunk, long number, long window, long generation, boolean drain) {
    var again = reopened.get(chunk);
    return new Order(
        chunk,
        number,
        window,
        generation,
        again == null ? IndexSet.NONE : again.which(),
        again != null && again.all(),
        again == null ? Map.of() : again.ways(),
        drain,
        ending,
        tolerance(chunk));
  }

  /** What the others have not used up of what may fail. */
  private Chunk.@Nullable Tolerance tolerance(long chunk) {
    var every = every();
    return allowed == null || every == null
        ? null
        : new Chunk.Tolerance(Math.max(0, allowed - (failuresKnown() - failuresOf(chunk))), every);
  }

  private long generationOf(long chunk) {
    return generations.getOrDefault(chunk, 0L);
  }

  private LoopProgress with(
      long following,
      Map<Long, Active> working,
      IndexSet left,
      Map<Long, Long> generation,
      Map<Long, Reopening> opened,
      List<Order> given) {
    return new LoopProgress(
        chunks,
        following,
        working,
        left,
        failed,
        generation,
        opened,
        orders + given.size(),
        ending,
        allowed,
        without(failures, working.keySet()));
  }

  private static Map<Long, Long> without(Map<Long, Long> counts, Set<Long> chunks) {
    if (counts.isEmpty() || Collections.disjoint(counts.keySet(), chunks)) {
      return counts;
    }
    var rest = new TreeMap<>(counts);
    rest.keySet().removeAll(chunks);
    return rest;
  }

  /** A chunk says how it stands. What it said before it was opened again changes nothing. */
  public LoopProgress reported(long chunk, Chunk.Report report) {
    var known = active.get(chunk);
    if (known == null
        || report.generation() != generationOf(chunk)
        || report.number() <= known.heard()) {
      return this;
    }
    var working = new TreeMap<>(active);
    if (!report.finished()) {
      working.put(
          chunk,
          new Active(
              known.window(),
              report.held(),
              report.number(),
              report.failed(),
              known.told(),
              counted(report),
              known.every()));
      return with(next, working, unfinished, generations, reopened, List.of());
    }
    working.remove(chunk);
    var counted = counted(report);
    var stopped = failures;
    if (counted != null && allowed != null && (allowed < ALL || counted >= UNKNOWN)) {
      stopped = new TreeMap<>(failures);
      stopped.put(chunk, counted);
    }
    return new LoopProgress(
        chunks,
        next,
        working,
        report.remaining() ? unfinished.with(chunk) : unfinished,
        report.failed() ? failed.with(chunk) : failed,
        generations,
        reopened,
        orders,
        ending,
        allowed,
        stopped);
  }

  /** A chunk that failed and doesn't count stops the loop: it can't be told to go on either. */
  private @Nullable Long counted(Chunk.Report report) {
    if (allowed == null || !report.failed()) {
      return null;
    }
    return report.failures() == null ? (Long) UNKNOWN : report.failures();
  }

  /** All iterations have to end; nothing new begins. */
  public Step end(RunStatus as) {
    var stopped =
        new LoopProgress(
            chunks,
            next,
            active,
            unfinished,
            failed,
            generations,
            reopened,
            orders,
            as,
            allowed,
            failures);
    var all = new ArrayList<Order>();
    active.forEach((chunk, one) ->
        all.add(
            stopped.order(
                chunk, orders + all.size() + 1, one.window(), generationOf(chunk), true)));
    return new Step(stopped.with(next, active, unfinished, generations, reopened, all), all);
  }

  /**
   * Iterations are run once more while the loop goes on.
   *
   * @param which of them; null for all that did not succeed
   * @param ways where in them a restart goes on, for those that it names
   */
  public Step again(
      @Nullable IndexSet which, Map<Long, List<RestartNode>> ways, long width, boolean strict) {
    var toOpen = which == null ? failed : chunksOf(which).within(0, next);
    for (var one : active.entrySet()) {
      if (which == null && one.getValue().failed()) {
        toOpen = toOpen.with(one.getKey());
      }
    }
    var working = new TreeMap<>(active);
    var counted = new TreeMap<>(failures);
    // How many failures are left is said by those chunks once they have heard of it.
    toOpen.forEach(chunk -> {
      working.computeIfPresent(chunk, (_, one) -> one.withoutFailures());
      counted.remove(chunk);
    });
    var atWork = Map.copyOf(working);
    var generation = new TreeMap<>(generations);
    var opened = new TreeMap<>(reopened);
    toOpen.forEach(chunk -> {
      generation.merge(chunk, 1L, Long::sum);
      var before = opened.get(chunk);
      var all = new TreeMap<>(before == null ? Map.of() : before.ways());
      ways.forEach((index, way) -> {
        if (InlineWorkflow.chunkOf(index) == chunk) {
          all.put(index, way);
        }
      });
      opened.put(
          chunk,
          new Reopening(
              which == null ? IndexSet.NONE : before == null ? which : before.which().union(which),
              which == null || (before != null && before.all()),
              all));
    });
    // What a chunk said of its window before it gets another one must not count.
    for (var entry : active.entrySet()) {
      if (entry.getValue().told() && !toOpen.contains(entry.getKey())) {
        generation.merge(entry.getKey(), 1L, Long::sum);
      }
    }
    var changed =
        new LoopProgress(
            chunks,
            next,
            atWork,
            unfinished,
            failed.minus(toOpen),
            generation,
            opened,
            orders,
            ending,
            allowed,
            counted);
    // A chunk at work goes on with what it holds and what is free: the rest of its window may be
    // somebody else's.
    var given = new ArrayList<Order>();
    var free = width - active.values().stream().mapToLong(Active::held).sum();
    var spread = spread(width, strict);
    var share = (width + spread - 1) / spread;
    var left = unfinished;
    for (var entry : active.entrySet()) {
      var chunk = entry.getKey();
      var one = entry.getValue();
      var again = toOpen.contains(chunk);
      if (again || one.told()) {
        var more = Math.max(0, Math.min(share - one.held(), free));
        var window = one.held() + more;
        free -= more;
        working.put(
            chunk,
            new Active(
                window,
                window,
                one.heard(),
                one.failed() && !again,
                false,
                again ? null : one.failures(),
                changed.every()));
        given.add(
            changed.order(
                chunk, orders + given.size() + 1, window, changed.generationOf(chunk), false));
        opened.remove(chunk);
      }
    }
    for (var chunk = toOpen.first(); chunk >= 0; chunk = toOpen.firstFrom(chunk + 1)) {
      if (!active.containsKey(chunk)) {
        left = left.with(chunk);
      }
    }
    var step = new Step(changed.with(next, working, left, generation, opened, given), given);
    var more = step.progress().advance(width, strict);
    given.addAll(more.orders());
    return new Step(more.progress(), given);
  }

  private static IndexSet chunksOf(IndexSet indexes) {
    var chunks = IndexSet.NONE;
    for (long i = indexes.first();
        i >= 0;
        i = indexes.firstFrom((InlineWorkflow.chunkOf(i) + 1) * InlineWorkflow.CHUNK)) {
      chunks = chunks.with(InlineWorkflow.chunkOf(i));
    }
    return chunks;
  }
}

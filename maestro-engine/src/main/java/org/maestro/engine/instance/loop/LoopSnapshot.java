package org.maestro.engine.instance.loop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.IndexSet;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.loop.FailureGroup;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.LoopStrip;
import org.maestro.service.problem.ApiException;

/**
 * One pass of a foreach step as its chunks tell of it: as much work for a hundred thousand
 * iterations as there are chunks. Pure.
 *
 * @param total how many iterations there are
 * @param width how many may run at a time
 * @param live whether it goes on
 * @param items the arrays that are looped over, the first one varying fastest
 * @param chunks those that have begun, in order
 */
public record LoopSnapshot(
    long total, long width, boolean live, Map<String, List<?>> items, List<Chunk.State> chunks) {
  /** Durations that it takes to speak of a distribution. */
  private static final long ENOUGH_DURATIONS = 5;

  private static final int SAMPLES = 5;

  /**
   * A loop in numbers.
   *
   * @param counts iterations by status; those without any are left out
   * @param takenOver how many succeeded in a pass before
   * @param withErrors how many succeeded although something within them failed
   * @param rate iterations that ended per second, since the first one began; null if fewer than two
   *     have
   * @param eta milliseconds until the rest has ended at this rate; null if unknown or ended
   * @param durations milliseconds of ended iterations by quantile; null if there are too few
   */
  public record Summary(
      long total,
      long concurrency,
      Map<IterationStatus, Long> counts,
      long takenOver,
      long withErrors,
      @Nullable Long firstStart,
      @Nullable Long lastEnd,
      @Nullable Double rate,
      @Nullable Long eta,
      @Nullable Map<String, Long> durations) {}

  Summary summary(long now) {
    var counts = counts(0, total);
    var ended = 0L;
    for (var entry : counts.entrySet()) {
      if (entry.getKey().isEnded()) {
        ended += entry.getValue();
      }
    }
    Long first = null;
    Long last = null;
    var durations = new TreeMap<Integer, Long>();
    for (var chunk : chunks) {
      first = smaller(first, chunk.firstStart());
      last = greater(last, chunk.lastEnd());
      chunk.durations().forEach((bucket, count) -> durations.merge(bucket, count, Long::sum));
    }
    var left = total - ended;
    var takenOver = takenOver();
    var done = ended - takenOver;
    var until = (left == 0 || !live) && last != null ? last : now;
    Double rate = null;
    if (done >= 2 && first != null && until > first) {
      rate = done * 1000.0 / (until - first);
    }
    return new Summary(
        total,
        width,
        counts,
        takenOver,
        withErrors(),
        first,
        last,
        rate,
        rate == null || left == 0 || !live ? null : (Long) Math.round(left * 1000 / rate),
        done < ENOUGH_DURATIONS ? null : quantiles(durations));
  }

  private long takenOver() {
    var count = 0L;
    for (var chunk : chunks) {
      var which = chunk.takenOver();
      count += which == null ? 0 : which.size();
    }
    return count;
  }

  private long withErrors() {
    var count = 0L;
    for (var chunk : chunks) {
      var errors = IndexSet.NONE;
      for (var which : chunk.failures().values()) {
        errors = errors.union(which);
      }
      var succeeded = chunk.ended().getOrDefault(RunStatus.SUCCEEDED, IndexSet.NONE);
      count += succeeded.size() - succeeded.minus(errors).size();
    }
    return count;
  }

  private static @Nullable Long smaller(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : (Long) Math.min(one, other);
  }

  private static @Nullable Long greater(@Nullable Long one, @Nullable Long other) {
    return one == null ? other : other == null ? one : (Long) Math.max(one, other);
  }

  /** The upper bounds of the buckets in which the quantiles lie: a fifth too great at most. */
  private static Map<String, Long> quantiles(TreeMap<Integer, Long> durations) {
    var count = durations.values().stream().mapToLong(Long::longValue).sum();
    var quantiles = new LinkedHashMap<String, Long>();
    for (var wanted : List.of(50, 95, 99)) {
      var rank = (count * wanted + 99) / 100;
      var seen = 0L;
      for (var entry : durations.entrySet()) {
        seen += entry.getValue();
        if (seen >= rank) {
          quantiles.put("p" + wanted, Math.round(Math.pow(2, (entry.getKey() + 1) / 4.0)));
          break;
        }
      }
    }
    return quantiles;
  }

  /** Iterations by status from one to before another. */
  public Map<IterationStatus, Long> counts(long from, long to) {
    var counts = new EnumMap<IterationStatus, Long>(IterationStatus.class);
    var known = 0L;
    for (var chunk : chunks) {
      if (chunk.to() <= from || chunk.from() >= to) {
        continue;
      }
      var whole = from <= chunk.from() && chunk.to() <= to;
      for (var entry : sets(chunk).entrySet()) {
        var size = whole ? entry.getValue().size() : entry.getValue().within(from, to).size();
        if (size > 0) {
          counts.merge(entry.getKey(), size, Long::sum);
          known += size;
        }
      }
    }
    var left = Math.min(to, total) - from - known;
    if (left > 0) {
      counts.put(notBegun(), left);
    }
    return counts;
  }

  /** How those stand that have neither begun nor ended. */
  private IterationStatus notBegun() {
    return live ? IterationStatus.QUEUED : IterationStatus.NOT_STARTED;
  }

  private static Map<IterationStatus, IndexSet> sets(Chunk.State chunk) {
    var sets = new EnumMap<IterationStatus, IndexSet>(IterationStatus.class);
    for (var entry : chunk.ended().entrySet()) {
      sets.merge(IterationStatus.of(entry.getKey()), entry.getValue(), IndexSet::union);
    }
    sets.put(IterationStatus.RUNNING, chunk.running().minus(chunk.setAside()));
    sets.put(IterationStatus.QUARANTINED, chunk.setAside());
    return sets;
  }

  /** The whole loop in at most so many pieces of the same size. */
  List<LoopStrip.Bucket> strip(int buckets) {
    var size = Math.max(1, (total + buckets - 1) / buckets);
    var strip = new ArrayList<LoopStrip.Bucket>();
    var first = 0;
    for (long from = 0; from < total; from += size) {
      var to = Math.min(total, from + size);
      while (first < chunks.size() && chunks.get(first).to() <= from) {
        first++;
      }
      var last = first;
      while (last < chunks.size() && chunks.get(last).from() < to) {
        last++;
      }
      strip.add(
          new LoopStrip.Bucket(
              from,
              to,
              new LoopSnapshot(total, width, live, items, chunks.subList(first, last))
                  .counts(from, to)));
    }
    return strip;
  }

  /** What went wrong, most frequent first. */
  public List<FailureGroup> failures() {
    var groups = new LinkedHashMap<String, IndexSet>();
    for (var chunk : chunks) {
      chunk.failures().forEach((text, which) -> groups.merge(text, which, IndexSet::union));
    }
    return groups.entrySet().stream()
        .map(group -> {
          var samples = new ArrayList<Long>();
          for (var i = group.getValue().first();
              i >= 0 && samples.size() < SAMPLES;
              i = group.getValue().firstFrom(i + 1)) {
            samples.add(i);
          }
          return new FailureGroup(group.getKey(), group.getValue().size(), samples);
        })
        .sorted(
            Comparator.comparingLong(FailureGroup::count)
                .reversed()
                .thenComparing(FailureGroup::signature))
        .toList();
  }

  /**
   * The iterations that a filter means.
   *
   * @throws ApiException 400 if it names a loop param that the loop doesn't have
   */
  IndexSet matching(IterationFilter filter) {
    var from = Math.max(0, filter.from());
    var to = Math.min(total, filter.to());
    var all = IndexSet.range(from, to);
    var known = IndexSet.NONE;
    var wanted = IndexSet.NONE;
    if (filter.signature() != null) {
      for (var chunk : chunks) {
        var which = chunk.failures().get(filter.signature());
        wanted = which == null ? wanted : wanted.union(which);
      }
      all = all.minus(all.minus(wanted));
      wanted = IndexSet.NONE;
    }
    if (!filter.statuses().isEmpty()) {
      for (var chunk : chunks) {
        for (var entry : sets(chunk).entrySet()) {
          known = known.union(entry.getValue());
          if (filter.wants(entry.getKey())) {
            wanted = wanted.union(entry.getValue());
          }
        }
      }
      if (filter.wants(notBegun())) {
        wanted = wanted.union(IndexSet.range(0, total).minus(known));
      }
      all = all.minus(all.minus(wanted));
    }
    return filter.items().isEmpty() ? all : byItems(all, filter.items());
  }

  private IndexSet byItems(IndexSet among, Map<String, String> wanted) {
    for (var name : wanted.keySet()) {
      if (!items.containsKey(name)) {
        throw ApiException.badRequest(
            "no-such-item",
            "item.%s: expected one of the loop params %s".formatted(name, items.keySet()));
      }
    }
    var matches = new boolean[1];
    var found = new ArrayList<long[]>();
    among.forEach(index -> {
      var rest = index;
      matches[0] = true;
      for (var entry : items.entrySet()) {
        var text = wanted.get(entry.getKey());
        var value = entry.getValue().get((int) (rest % entry.getValue().size()));
        rest /= entry.getValue().size();
        matches[0] &= text == null || IterationFilter.matches(text, value);
      }
      if (matches[0]) {
        var last = found.isEmpty() ? null : found.getLast();
        if (last != null && last[1] == index - 1) {
          last[1] = index;
        } else {
          found.add(new long[] {index, index});
        }
      }
    });
    return IndexSet.of(found.stream().map(pair -> List.of(pair[0], pair[1])).toList());
  }

  /** The values that an iteration runs with, by loop param. */
  public Map<String, Object> itemsOf(long index) {
    var values = new LinkedHashMap<String, Object>();
    var rest = index;
    for (var entry : items.entrySet()) {
      values.put(entry.getKey(), entry.getValue().get((int) (rest % entry.getValue().size())));
      rest /= entry.getValue().size();
    }
    return values;
  }

  IterationStatus statusOf(long index) {
    for (var chunk : chunks) {
      if (chunk.from() <= index && index < chunk.to()) {
        for (var entry : sets(chunk).entrySet()) {
          if (entry.getValue().contains(index)) {
            return entry.getKey();
          }
        }
      }
    }
    return notBegun();
  }

  @Nullable String signatureOf(long index) {
    for (var chunk : chunks) {
      if (chunk.from() <= index && index < chunk.to()) {
        return chunk.signatureOf(index);
      }
    }
    return null;
  }
}

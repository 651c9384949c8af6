package org.maestro.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the jobs themselves wrote down: the proof, independent of Maestro's own records, of how
 * often each attempt began and that no two attempts of a step lived at the same time.
 */
final class JobLog {
  private final Map<String, List<Line>> starts = new LinkedHashMap<>();
  private final Map<String, List<Line>> ends = new LinkedHashMap<>();
  private final List<String> unreadable = new ArrayList<>();

  /**
   * A beginning or an end.
   *
   * @param step run and step
   * @param nanos since the epoch
   */
  private record Line(String attemptUuid, String step, long attempt, String pid, long nanos) {
    String name() {
      return step + " attempt " + attempt;
    }
  }

  private record Interval(Line start, long end) {}

  JobLog(List<String> lines) {
    for (var text : lines) {
      var fields = text.split(" ", -1);
      if (fields.length != 6
          || !Set.of("start", "end").contains(fields[0])
          || !fields[3].matches("[0-9]{1,9}")
          || !fields[5].matches("[0-9]{1,19}")) {
        unreadable.add(text);
        continue;
      }
      var line =
          new Line(
              fields[1],
              fields[2],
              Long.parseLong(fields[3]),
              fields[4],
              Long.parseLong(fields[5]));
      var kind = fields[0].equals("start") ? starts : ends;
      kind.computeIfAbsent(line.attemptUuid(), _ -> new ArrayList<>()).add(line);
    }
  }

  int attempts() {
    return starts.size();
  }

  /** The names of the attempts that have begun: run, step and number. */
  Set<String> begun() {
    var names = new TreeSet<String>();
    starts.values().forEach(all -> names.add(all.getFirst().name()));
    return names;
  }

  /** Everything in it that must not be, once all jobs have ended. */
  List<String> violations() {
    var found = new ArrayList<String>();
    unreadable.forEach(text -> found.add("the jobs' log has a line that no job writes: " + text));
    var byStep = new TreeMap<String, List<Interval>>();
    starts.forEach((uuid, all) -> {
      var first = all.getFirst();
      if (all.size() > 1) {
        found.add(
            "%s (%s) began %d times, in processes %s"
                .formatted(first.name(), uuid, all.size(), all.stream().map(Line::pid).toList()));
      }
      var own = ends.getOrDefault(uuid, List.of());
      if (own.isEmpty()) {
        found.add("%s (%s) began and never ended".formatted(first.name(), uuid));
      }
      var end = own.stream().mapToLong(Line::nanos).max().orElse(Long.MAX_VALUE);
      byStep.computeIfAbsent(first.step(), _ -> new ArrayList<>()).add(new Interval(first, end));
    });
    byStep.values().forEach(intervals -> overlaps(intervals, found));
    return found;
  }

  private static void overlaps(List<Interval> intervals, List<String> found) {
    intervals.sort(Comparator.comparingLong(interval -> interval.start().nanos()));
    for (int i = 1; i < intervals.size(); i++) {
      var before = intervals.get(i - 1);
      var after = intervals.get(i);
      if (after.start().nanos() < before.end()) {
        found.add(
            "%s began while %s still lived".formatted(after.start().name(), before.start().name()));
      }
    }
  }
}

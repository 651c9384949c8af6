package org.maestro.engine.backfill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunFacts;
import org.maestro.model.backfill.BackfillPlan;
import org.maestro.model.backfill.BackfillRange;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.Initiator;

/**
 * Which values of a range a workflow has been run for, however that came about: by the value of the
 * param, or by the time that a trigger stood for. Looks at the latest instances only.
 */
final class BackfillHistory {
  /** How many instances are looked at, at most. */
  static final int MOST_INSTANCES = 20_000;

  private static final int WINDOW = 1_000;
  private static final long HOUR_MILLIS = 3_600_000;

  private final BackfillStore store;

  BackfillHistory(BackfillStore store) {
    this.store = store;
  }

  /**
   * Values that have been run, as positions in the range.
   *
   * @param succeeded those of which a run has succeeded
   * @param started those that have a run, however it ended
   * @param instances how many instances have been looked at
   * @param complete whether those are all that there are
   */
  record Seen(IndexSet succeeded, IndexSet started, long instances, boolean complete) {
    IndexSet toSkip(BackfillRequest.Skip skip) {
      return switch (skip) {
        case NONE -> IndexSet.NONE;
        case SUCCEEDED -> succeeded;
        case STARTED -> started;
      };
    }
  }

  Seen of(String workflowId, long internalId, BackfillRange range, String param) {
    var positions = new Positions(range);
    var latest = store.latestInstance(workflowId);
    var instances = 0L;
    var before = latest + 1;
    for (; before > 1 && latest - before + 1 < MOST_INSTANCES; before -= WINDOW) {
      for (var earlier : store.earlier(workflowId, before, WINDOW)) {
        instances++;
        if (earlier.facts().internalId() == internalId) {
          see(positions, earlier.facts(), param, earlier.status() == RunStatus.SUCCEEDED);
        }
      }
    }
    return new Seen(positions.succeeded, positions.started, instances, before <= 1);
  }

  private static void see(Positions positions, RunFacts facts, String param, boolean succeeded) {
    var given = facts.params().get(param);
    var result = given == null ? null : given.evaluatedResult();
    if (!param.equals(BackfillRuns.RUN_TS)) {
      if (result != null) {
        positions.see(String.valueOf(result), succeeded);
      }
    } else if (result instanceof Long at) {
      positions.see(at, succeeded);
    } else if (facts.initiator() instanceof Initiator.Time time) {
      positions.see(time.triggerTime(), succeeded);
    }
  }

  /** The values of a range, and which of them runs have been seen of. */
  static final class Positions {
    private final BackfillRange range;
    private final Map<String, List<Integer>> byText = new HashMap<>();
    private final TreeMap<Long, Integer> byTime = new TreeMap<>();
    private IndexSet succeeded = IndexSet.NONE;
    private IndexSet started = IndexSet.NONE;

    Positions(BackfillRange range) {
      this.range = range;
      var values = RangeValues.of(range);
      for (int i = 0; i < values.size(); i++) {
        var value = values.get(i);
        byText.computeIfAbsent(value.text(), _ -> new ArrayList<>(1)).add(i);
        if (value.at() != null) {
          byTime.put(value.at(), i);
        }
      }
    }

    IndexSet succeeded() {
      return succeeded;
    }

    IndexSet started() {
      return started;
    }

    /**
     * A run of a time: it is of the day or hour that the time is in. Of two hours that read the
     * same, it is of the one in which it is.
     */
    void see(long at, boolean success) {
      var begin = byTime.floorEntry(at);
      if (begin != null
          && RangeValues.textOf(range, at).equals(RangeValues.textOf(range, begin.getKey()))
          && !(range instanceof BackfillRange.Hours && at - begin.getKey() >= HOUR_MILLIS)) {
        add(begin.getValue(), success);
      }
    }

    /**
     * A run that was given a text. Two hours that read the same are told apart by nothing; each run
     * stands for one of them, so that one that never ran is not left out.
     */
    void see(String text, boolean success) {
      var positions = byText.getOrDefault(text, List.of());
      for (var position : positions) {
        if (!(success ? succeeded : started).contains(position)) {
          add(position, success);
          return;
        }
      }
    }

    private void add(int position, boolean success) {
      started = started.with(position);
      if (success) {
        succeeded = succeeded.with(position);
      }
    }
  }

  /** How many of them are of each kind, for people. */
  static BackfillPlan.Seen summary(Seen seen) {
    return new BackfillPlan.Seen(
        seen.succeeded().size(), seen.started().size(), seen.instances(), seen.complete());
  }
}

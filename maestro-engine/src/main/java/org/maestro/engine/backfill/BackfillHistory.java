package org.maestro.engine.backfill;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunFacts;
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
    var positions = new HashMap<String, Integer>();
    var values = range.expand();
    for (int i = 0; i < values.size(); i++) {
      positions.putIfAbsent(values.get(i).text(), i);
    }
    var succeeded = IndexSet.NONE;
    var started = IndexSet.NONE;
    var latest = store.latestInstance(workflowId);
    var instances = 0L;
    var before = latest + 1;
    for (; before > 1 && latest - before + 1 < MOST_INSTANCES; before -= WINDOW) {
      for (var earlier : store.earlier(workflowId, before, WINDOW)) {
        instances++;
        var text =
            earlier.facts().internalId() == internalId
                ? textOf(earlier.facts(), range, param)
                : null;
        var position = text == null ? null : positions.get(text);
        if (position != null) {
          started = started.with(position);
          if (earlier.status() == RunStatus.SUCCEEDED) {
            succeeded = succeeded.with(position);
          }
        }
      }
    }
    return new Seen(succeeded, started, instances, before <= 1);
  }

  private static @Nullable String textOf(RunFacts facts, BackfillRange range, String param) {
    var given = facts.params().get(param);
    var result = given == null ? null : given.evaluatedResult();
    if (param.equals(BackfillRuns.RUN_TS)) {
      if (result instanceof Long at) {
        return range.textOf(at);
      }
      return facts.initiator() instanceof Initiator.Time time
          ? range.textOf(time.triggerTime())
          : null;
    }
    return result == null ? null : String.valueOf(result);
  }

  /** How many of them are of each kind, for people. */
  static Map<String, Object> summary(Seen seen) {
    return Map.of(
        "succeeded",
        seen.succeeded().size(),
        "started",
        seen.started().size(),
        "instances_looked_at",
        seen.instances(),
        "all_instances_looked_at",
        seen.complete());
  }
}

package org.maestro.engine.backfill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.model.backfill.BackfillOrder;
import org.maestro.model.backfill.BackfillRange;
import org.maestro.model.definition.MaxFailures;
import org.maestro.model.param.Param;

/**
 * What somebody asked for; never changes.
 *
 * @param version active, latest, default or a number; looked up for each run
 * @param param the run param that gets each value
 * @param concurrency how many of its runs may be accepted and not ended
 * @param runParams what all its runs get
 * @param skipped values that are not run because they had been, as positions in the range
 * @param maxFailures how many values may fail before no more are started; all if null
 */
public record BackfillSpec(
    String version,
    BackfillRange range,
    String param,
    BackfillOrder order,
    long concurrency,
    Map<String, Param> runParams,
    IndexSet skipped,
    @Nullable String maxFailures) {

  /** In place of what can't be read. */
  static final BackfillSpec UNREAD =
      new BackfillSpec(
          "",
          new BackfillRange.Listed(List.of()),
          "",
          BackfillOrder.OLDEST_FIRST,
          0,
          Map.of(),
          IndexSet.NONE,
          null);

  public BackfillSpec {
    runParams = Map.copyOf(runParams);
  }

  /** How many of so many values may fail before no more are started. */
  long mostFailures(long total) {
    return maxFailures == null ? total : new MaxFailures(maxFailures).of(total);
  }

  /** The values that are run, in the order in which they are. */
  List<RangeValues.Value> values() {
    var all = RangeValues.of(range);
    var chosen = new ArrayList<RangeValues.Value>(all.size());
    for (int i = 0; i < all.size(); i++) {
      if (!skipped.contains(i)) {
        chosen.add(all.get(i));
      }
    }
    if (order == BackfillOrder.NEWEST_FIRST) {
      Collections.reverse(chosen);
    }
    return List.copyOf(chosen);
  }
}

package org.maestro.engine.run.turn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.engine.run.RunHistory;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.run.store.RunStore;

/** Makes runs in memory from their rows. For any number of threads. */
public final class RunSource {
  private final RunStore store;
  private final RunPlans plans;

  public RunSource(RunStore store, RunPlans plans) {
    this.store = store;
    this.plans = plans;
  }

  /** The runs that exist of these. */
  public Map<RunKey, Run> load(Collection<RunKey> keys) {
    var runs = new LinkedHashMap<RunKey, Run>();
    store
        .load(keys)
        .forEach((key, loaded) -> {
          var row = loaded.row();
          var plan = plans.planOf(row);
          var run = new Run(row, plan, plans.factsOf(row), RunHistory.of(plan, loaded.past()));
          run.attempts.putAll(loaded.current());
          loaded.current().values().forEach(run::weigh);
          run.fresh = true;
          loaded.current().values().forEach(a -> run.lastSeq = Math.max(run.lastSeq, a.seq()));
          runs.put(key, run);
        });
    return runs;
  }

  /** A first run as it has just been inserted. */
  public Run made(RunRow row) {
    return new Run(row, plans.planOf(row), plans.factsOf(row), RunHistory.NONE);
  }
}

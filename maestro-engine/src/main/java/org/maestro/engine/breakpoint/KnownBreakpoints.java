package org.maestro.engine.breakpoint;

import java.util.HashSet;
import java.util.Set;
import org.maestro.model.breakpoint.StepBreakpoint;
import org.maestro.service.database.Transactions;

/**
 * The breakpoints, from memory. A change holds on this node when the call that made it returns, and
 * on the others once they have called {@link #reload()}.
 */
public final class KnownBreakpoints implements Breakpoints {
  private final Transactions transactions;
  private final BreakpointStore store;
  private final BreakpointNews news;
  private final Object loading = new Object();
  private volatile Set<Key> known = Set.of();

  /** Starts empty; {@link #reload()} fills it. */
  public KnownBreakpoints(Transactions transactions, BreakpointStore store, BreakpointNews news) {
    this.transactions = transactions;
    this.store = store;
    this.news = news;
  }

  private record Key(String workflowId, String stepId) {}

  @Override
  public boolean isSet(String workflowId, String stepId) {
    var all = known;
    return !all.isEmpty() && all.contains(new Key(workflowId, stepId));
  }

  /**
   * Sets a breakpoint.
   *
   * @return it, or the one that was set already
   */
  public StepBreakpoint set(StepBreakpoint breakpoint) {
    var set =
        transactions.runIdempotent(() -> {
          store.insert(breakpoint);
          return store.list(breakpoint.workflowId(), breakpoint.stepId()).getFirst();
        });
    changed();
    return set;
  }

  /**
   * Takes a breakpoint away; returns how many there were. Whoever stands there goes on standing.
   */
  public int delete(String workflowId, String stepId) {
    var deleted = transactions.runIdempotent(() -> store.delete(workflowId, stepId));
    changed();
    return deleted;
  }

  /** Takes all breakpoints of a workflow away; returns how many there were. */
  public int deleteAll(String workflowId) {
    var deleted = transactions.runIdempotent(() -> store.deleteAll(workflowId));
    changed();
    return deleted;
  }

  private void changed() {
    reload();
    news.breakpointsChanged();
  }

  /**
   * Learns which breakpoints there are. To be called at the start and when another node says so.
   */
  public void reload() {
    synchronized (loading) { // what was read later must not be replaced by what was read earlier
      var keys = new HashSet<Key>();
      for (var breakpoint : transactions.read(store::all)) {
        keys.add(new Key(breakpoint.workflowId(), breakpoint.stepId()));
      }
      known = Set.copyOf(keys);
    }
  }
}

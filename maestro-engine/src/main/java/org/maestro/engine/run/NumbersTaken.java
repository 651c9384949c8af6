package org.maestro.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.maestro.model.definition.RunStrategy;

/**
 * Numbers of a workflow's next instances that a turn has given to runs which it began itself. The
 * commit finds out whether they were its to give: see {@link Check}. Part of a {@link Batch}; used
 * by the shard's thread, then by the committer while that thread waits.
 */
public final class NumbersTaken {
  private final String workflowId;
  private final long internalId;
  private final long revision;
  private final RunStrategy strategy;
  private final long before;
  private final List<String> requests = new ArrayList<>();

  /**
   * None yet.
   *
   * @param revision of the workflow, as it was when the turn looked
   * @param before the highest number that had been given by then
   */
  public NumbersTaken(
      String workflowId, long internalId, long revision, RunStrategy strategy, long before) {
    this.workflowId = workflowId;
    this.internalId = internalId;
    this.revision = revision;
    this.strategy = strategy;
    this.before = before;
  }

  public String workflowId() {
    return workflowId;
  }

  public long internalId() {
    return internalId;
  }

  public long revision() {
    return revision;
  }

  public RunStrategy strategy() {
    return strategy;
  }

  public long before() {
    return before;
  }

  /** The number that comes next. */
  public long next() {
    return before + requests.size() + 1;
  }

  /** The next number is this request's. */
  public void take(String requestId) {
    requests.add(requestId);
  }

  /** The request ids, in the order of their numbers. */
  public List<String> requests() {
    return requests;
  }

  /** The highest number that is taken. */
  public long last() {
    return before + requests.size();
  }

  /** Looks at numbers behind the locks of their workflows. */
  public interface Check {
    /**
     * Within the transaction that commits the batches: counts the numbers as given, if all of them
     * were still to be had and none of the runs had to wait for others of its workflow.
     *
     * @return the batches of which this isn't so; if there are any, nothing has been counted
     */
    List<Batch> overtaken(Iterable<Batch> batches);
  }
}

package org.maestro.engine.start;

import java.util.List;
import java.util.function.Consumer;
import org.maestro.engine.run.RunKey;

/** A workflow's runs as a whole. */
public final class WorkflowRuns {
  private final StartStore store;
  private final Consumer<String> admission;

  /**
   * Over the store of starts.
   *
   * @param admission told when there may be room in a workflow
   */
  public WorkflowRuns(StartStore store, Consumer<String> admission) {
    this.store = store;
    this.admission = admission;
  }

  /** The runs that have not ended, queued ones first. */
  public List<RunKey> open(String workflowId) {
    return store.openRuns(workflowId);
  }

  /** Failures hold nothing back any more; returns how many did. */
  public int unblock(String workflowId) {
    var unblocked = store.inTransaction(() -> store.unblockAll(workflowId));
    admission.accept(workflowId);
    return unblocked;
  }

  /** The failures of one instance hold nothing back any more. */
  public int unblock(String workflowId, long instanceId) {
    var unblocked = store.inTransaction(() -> store.unblock(workflowId, instanceId));
    admission.accept(workflowId);
    return unblocked;
  }
}

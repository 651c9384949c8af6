package org.maestro.client;

import java.time.Duration;
import java.util.List;

/** A run that was started. */
public final class Run {
  private final MaestroClient client;
  private final String workflowId;
  private final long instanceId;
  private final long runId;

  Run(MaestroClient client, String workflowId, long instanceId, long runId) {
    this.client = client;
    this.workflowId = workflowId;
    this.instanceId = instanceId;
    this.runId = runId;
  }

  /** Such as {@code hello#12.1}: what the command line takes. */
  public String name() {
    return workflowId + "#" + instanceId + "." + runId;
  }

  public String workflowId() {
    return workflowId;
  }

  public long instanceId() {
    return instanceId;
  }

  public long runId() {
    return runId;
  }

  /** How it stands now. */
  public Instance instance() {
    return client.instance(workflowId, instanceId, runId);
  }

  /**
   * Waits for its end. Neither a time-out nor an interrupt stops it.
   *
   * @throws StillRunningException if it hasn't ended by then
   */
  public Instance await(Duration atMost) throws InterruptedException {
    return client.await(this, atMost);
  }

  /**
   * Why it doesn't run, or what it is doing; of one that has failed, what failed first with its
   * cause and what can be done: one line per reason.
   */
  public List<String> explain() {
    return client.explain(workflowId, instanceId, runId);
  }

  /** Asks it to end as STOPPED. */
  public void stop() {
    client.act(workflowId, instanceId, runId, "stop");
  }

  @Override
  public String toString() {
    return name();
  }
}

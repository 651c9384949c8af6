package org.maestro.client.workflow;

/** A job that starts an instance of another workflow. */
public final class SubworkflowBuilder extends JobBuilder<SubworkflowBuilder> {

  SubworkflowBuilder(String id) {
    super(id);
  }

  @Override
  SubworkflowBuilder self() {
    return this;
  }

  @Override
  String wrapper() {
    return "subworkflow";
  }

  /** The workflow to start; the job's own id if this isn't said. */
  public SubworkflowBuilder workflowId(String workflowId) {
    return with("subworkflow_id", workflowId);
  }

  /** The version to start: active, latest, default or a number. */
  public SubworkflowBuilder version(String version) {
    return with("version", version);
  }

  /** Whether the job waits for the instance; it does if this isn't said. */
  public SubworkflowBuilder sync(boolean sync) {
    return with("sync", sync);
  }

  /** Whether only the job's own parameters are handed on. */
  public SubworkflowBuilder explicitParams(boolean explicit) {
    return with("explicit_params", explicit);
  }
}

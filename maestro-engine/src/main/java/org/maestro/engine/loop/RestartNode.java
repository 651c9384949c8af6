package org.maestro.engine.loop;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.Param;
import org.maestro.model.start.RestartPolicy;

/**
 * A node on the way down to what is to be restarted. Only the last node of a way has a policy of
 * its own and is given anything; those above it go on with everything else untouched.
 *
 * @param stepId the step to start from; empty for the whole run
 * @param given what the caller gave for this node; null for nothing
 */
public record RestartNode(
    String workflowId,
    long instanceId,
    String stepId,
    RestartPolicy policy,
    @Nullable Given given) {

  /** An empty step id, for the whole run, is not written. */
  public RestartNode(
      String workflowId,
      long instanceId,
      @Nullable String stepId,
      RestartPolicy policy,
      @Nullable Given given) {
    this.workflowId = workflowId;
    this.instanceId = instanceId;
    this.stepId = stepId == null ? "" : stepId;
    this.policy = policy;
    this.given = given;
  }

  /**
   * What a restart is given besides its policy.
   *
   * @param runParams for the run
   * @param stepParams for single steps, by step id
   * @param skipSteps steps that end as SKIPPED instead of running
   */
  public record Given(
      Map<String, Param> runParams,
      Map<String, Map<String, Param>> stepParams,
      List<String> skipSteps,
      List<String> startSteps,
      List<String> endSteps) {

    /** Null if it is nothing. */
    public static @Nullable Given of(
        Map<String, Param> runParams,
        Map<String, Map<String, Param>> stepParams,
        List<String> skipSteps,
        List<String> startSteps,
        List<String> endSteps) {
      return runParams.isEmpty()
              && stepParams.isEmpty()
              && skipSteps.isEmpty()
              && startSteps.isEmpty()
              && endSteps.isEmpty()
          ? null
          : new Given(runParams, stepParams, skipSteps, startSteps, endSteps);
    }
  }
}

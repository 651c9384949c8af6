package org.maestro.param;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;

/**
 * How a run has ended, as the steps of its workflow's handlers read it: as params of their own
 * workflow, over params of the same names.
 *
 * @param ref its name, such as {@code orders#12.1}
 * @param startTime epoch milliseconds
 * @param endTime epoch milliseconds
 * @param message the last that was said about it, such as who killed it; empty if nothing was
 * @param failed what failed first; null if nothing did
 * @param failedSteps the ids of all steps that failed, in the order in which they did
 */
public record RunOutcome(
    RunStatus status,
    String ref,
    String workflowId,
    long instanceId,
    long runId,
    long startTime,
    long endTime,
    String message,
    @Nullable FailedStep failed,
    List<String> failedSteps) {
  public RunOutcome {
    failedSteps = List.copyOf(failedSteps);
  }

  /**
   * A step that failed.
   *
   * @param error the last that was said about it
   */
  public record FailedStep(String stepId, long attemptId, String status, String error) {}

  /** One to try definitions with. */
  static final RunOutcome SAMPLE =
      new RunOutcome(
          RunStatus.FAILED,
          "workflow#1.1",
          "workflow",
          1,
          1,
          0,
          0,
          "",
          new FailedStep("step", 1, "FATALLY_FAILED", "error"),
          List.of("step"));

  /** The params by name. */
  public Map<String, Param> params(long nowMillis) {
    var params = new LinkedHashMap<String, Param>();
    put(params, "run_status", ParamType.STRING, status.name(), nowMillis);
    put(params, "run_ref", ParamType.STRING, ref, nowMillis);
    put(params, "run_workflow_id", ParamType.STRING, workflowId, nowMillis);
    put(params, "run_instance_id", ParamType.LONG, instanceId, nowMillis);
    put(params, "run_run_id", ParamType.LONG, runId, nowMillis);
    put(params, "run_start_time", ParamType.LONG, startTime, nowMillis);
    put(params, "run_end_time", ParamType.LONG, endTime, nowMillis);
    put(params, "run_message", ParamType.STRING, message, nowMillis);
    var step = failed == null ? new FailedStep("", 0, "", "") : failed;
    put(params, "failed_step", ParamType.STRING, step.stepId(), nowMillis);
    put(params, "failed_attempt", ParamType.LONG, step.attemptId(), nowMillis);
    put(params, "failed_status", ParamType.STRING, step.status(), nowMillis);
    put(params, "failed_error", ParamType.STRING, step.error(), nowMillis);
    put(params, "failed_steps", ParamType.STRING_ARRAY, failedSteps, nowMillis);
    return params;
  }

  private static void put(
      Map<String, Param> params, String name, ParamType type, Object value, long nowMillis) {
    params.put(name, Param.literal(type, value).evaluated(value, nowMillis));
  }
}

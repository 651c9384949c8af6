package org.maestro.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunStatus;

/**
 * How a run stands.
 *
 * @param params what its parameters came to, by name; those of lists and maps as such
 */
public record Instance(
    String workflowId,
    long instanceId,
    long runId,
    RunStatus status,
    Map<String, @Nullable Object> params) {

  /** Such as {@code hello#12.1}. */
  public String name() {
    return workflowId + "#" + instanceId + "." + runId;
  }

  public boolean succeeded() {
    return status == RunStatus.SUCCEEDED;
  }
}

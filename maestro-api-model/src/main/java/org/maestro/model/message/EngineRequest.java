package org.maestro.model.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import org.maestro.model.start.Initiator;

/** What the scheduler and the signal service ask of the engine; delivered at least once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = EngineRequest.Start.class, name = "START"),
  @JsonSubTypes.Type(value = EngineRequest.GateOpened.class, name = "GATE_OPENED"),
})
public sealed interface EngineRequest {

  /**
   * Start the active version. The same request id gives the same instance however often it is
   * asked; a trigger that the active version does not have starts nothing. Answered by {@link
   * StartAnswer}.
   *
   * @param triggerUuid one of {@link TriggerIds}
   * @param initiator one for signals has, in its params, the trigger's own params by name and the
   *     params of each matched signal as a map under the signal's name
   * @param requestId at most 128 characters
   * @param requestTime epoch milliseconds
   */
  record Start(
      String workflowId,
      String triggerUuid,
      String requestId,
      Initiator initiator,
      long requestTime)
      implements EngineRequest {}

  /**
   * A signal that a step attempt waits for is there.
   *
   * @param seqId the signal's number within its name
   * @param params the signal's: {@code String} or {@code Long} by name
   */
  record GateOpened(SignalGate gate, long seqId, Map<String, Object> params)
      implements EngineRequest {}
}

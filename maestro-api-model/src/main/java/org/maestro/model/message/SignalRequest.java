package org.maestro.model.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.MatchOperator;

/**
 * What the engine asks of the signal service; delivered at least once, in order per signal name,
 * which is the key of the message.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SignalRequest.Announce.class, name = "ANNOUNCE"),
  @JsonSubTypes.Type(value = SignalRequest.Await.class, name = "AWAIT"),
  @JsonSubTypes.Type(value = SignalRequest.Forget.class, name = "FORGET"),
})
public sealed interface SignalRequest {

  String name();

  /**
   * A step has announced a signal.
   *
   * @param requestId the same one announces once
   * @param params {@code String} or {@code Long} by name
   * @param time epoch milliseconds
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Announce(
      String name,
      String requestId,
      Map<String, Object> params,
      @Nullable Object payload,
      SignalSource source,
      long time)
      implements SignalRequest {
    public Announce {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
  }

  /** A step attempt waits until a signal has come, or finds one that came before. */
  record Await(String name, SignalGate gate, List<Condition> conditions, long time)
      implements SignalRequest {
    public Await {
      conditions = List.copyOf(conditions);
    }
  }

  /** The attempt doesn't wait any more. */
  record Forget(String name, SignalGate gate) implements SignalRequest {}

  /** What is asked of one parameter of a signal; {@code value} is a String or a Long. */
  record Condition(String param, MatchOperator operator, Object value) {}

  /** The step attempt that announced a signal. */
  record SignalSource(
      String workflowId, long instanceId, long runId, String stepId, long attemptId) {}
}

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
   * @param owner as whom the step acts; null if its engine does not say
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Announce(
      String name,
      String requestId,
      Map<String, Object> params,
      @Nullable Object payload,
      SignalSource source,
      long time,
      @Nullable String owner)
      implements SignalRequest {
    public Announce {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** Of an engine that does not say as whom. */
    public Announce(
        String name,
        String requestId,
        Map<String, Object> params,
        @Nullable Object payload,
        SignalSource source,
        long time) {
      this(name, requestId, params, payload, source, time, null);
    }
  }

  /**
   * A step attempt waits until a signal has come, or finds one that came before.
   *
   * @param workflowId whose step it is, if that is not the gate's workflow but one with a loop
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Await(
      String name,
      SignalGate gate,
      List<Condition> conditions,
      long time,
      @Nullable String workflowId)
      implements SignalRequest {
    public Await {
      conditions = List.copyOf(conditions);
    }

    /** Of a step of the gate's own workflow. */
    public Await(String name, SignalGate gate, List<Condition> conditions, long time) {
      this(name, gate, conditions, time, null);
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

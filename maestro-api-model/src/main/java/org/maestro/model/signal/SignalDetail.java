package org.maestro.model.signal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.message.SignalGate;

/**
 * A signal with what it fed.
 *
 * @param matches what triggers made of it, at most 200
 * @param gates the step attempts that it let go on, at most 200
 */
public record SignalDetail(
    @JsonUnwrapped SignalView signal, List<MatchView> matches, List<SignalGate> gates) {
  public SignalDetail {
    matches = List.copyOf(matches);
    gates = List.copyOf(gates);
  }

  /**
   * What a trigger made of signals.
   *
   * @param state one of {@link MatchState}
   * @param signals the numbers of all signals that were consumed together, by name
   * @param instanceId what was started
   * @param reason why nothing was started
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record MatchView(
      String matchId,
      String workflowId,
      String triggerUuid,
      MatchState state,
      Map<String, Long> signals,
      @Nullable String requestId,
      @Nullable Long instanceId,
      @Nullable String reason,
      long matchTime) {}
}

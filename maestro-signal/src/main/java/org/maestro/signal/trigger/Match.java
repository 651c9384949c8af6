package org.maestro.signal.trigger;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maestro.model.signal.MatchState;

/**
 * Signals that a trigger consumed together, and what came of them.
 *
 * @param id follows from the trigger and the signals
 * @param signals the number of each by name
 * @param requestId under which the start is asked for; null without one
 * @param params of the start's initiator; null without one
 * @param instanceId the instance that was started, once the engine has said so
 * @param reason why there is no start, if there is none
 */
public record Match(
    String id,
    String triggerId,
    String workflowId,
    String triggerUuid,
    SortedMap<String, Long> signals,
    MatchState state,
    @Nullable String requestId,
    @Nullable Map<String, Object> params,
    @Nullable Long instanceId,
    @Nullable String reason,
    long matchTime) {

  /** The same with nothing to start, for a reason. */
  Match failed(String why) {
    return new Match(
        id,
        triggerId,
        workflowId,
        triggerUuid,
        signals,
        MatchState.EXPRESSION_FAILED,
        null,
        null,
        null,
        why,
        matchTime);
  }

  /** The id of the match of these signals. */
  public static String idOf(String triggerId, SortedMap<String, Long> signals) {
    return uuid("match\n" + triggerId + "\n" + signals);
  }

  /** What the start of a match is asked for under. */
  static String requestIdOf(
      String triggerId, SortedMap<String, Long> signals, @Nullable String dedup) {
    return dedup == null
        ? uuid("start\n" + triggerId + "\n" + signals)
        : uuid("dedup\n" + triggerId + "\n" + dedup);
  }

  static String uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

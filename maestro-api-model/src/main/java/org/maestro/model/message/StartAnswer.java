package org.maestro.model.message;

import org.jspecify.annotations.Nullable;

/**
 * What became of an {@link EngineRequest.Start}; delivered at least once.
 *
 * @param instanceId the instance; null if there is none
 * @param reason why there is none, for people; null if there is one
 * @param time epoch milliseconds
 */
public record StartAnswer(
    String workflowId,
    String triggerUuid,
    String requestId,
    Outcome outcome,
    @Nullable Long instanceId,
    @Nullable String reason,
    long time) {

  /** The kinds of answer. */
  public enum Outcome {
    /** There is an instance of this request id: made now, or by an earlier delivery. */
    STARTED,
    /** The active version has no such trigger; whoever sent this is behind the news. */
    REPLACED,
    /** The workflow can't be started so; the same again would be refused again. */
    REFUSED
  }
}

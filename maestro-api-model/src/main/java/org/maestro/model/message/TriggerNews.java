package org.maestro.model.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which triggers a workflow has from now on. Sent by the engine whenever a change may have changed
 * them; the key of the message is the workflow's id. News that is not newer than what a receiver
 * knows, by internal id and then revision, says nothing new.
 *
 * @param internalId a workflow that was deleted and made again has a greater one
 * @param revision grows with every change of the workflow
 * @param versionId the active version; null if there is none: then there are no triggers
 * @param owner as whom its triggers act
 * @param timeTriggers canonical JSON trees, as in a definition
 * @param signalTriggers canonical JSON trees, as in a definition
 * @param time when it changed, in epoch milliseconds: what was due before belongs to the triggers
 *     of before
 * @param announcers whose signals its triggers and gates take besides its owner's; null:
 *     everybody's
 */
public record TriggerNews(
    String workflowId,
    long internalId,
    long revision,
    @Nullable Long versionId,
    String owner,
    List<Object> timeTriggers,
    List<Object> signalTriggers,
    long time,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> announcers) {
  public TriggerNews {
    timeTriggers = List.copyOf(timeTriggers);
    signalTriggers = List.copyOf(signalTriggers);
    announcers = announcers == null ? null : List.copyOf(announcers);
  }

  /** Of a workflow that takes everybody's signals. */
  public TriggerNews(
      String workflowId,
      long internalId,
      long revision,
      @Nullable Long versionId,
      String owner,
      List<Object> timeTriggers,
      List<Object> signalTriggers,
      long time) {
    this(
        workflowId,
        internalId,
        revision,
        versionId,
        owner,
        timeTriggers,
        signalTriggers,
        time,
        null);
  }
}

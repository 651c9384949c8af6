package org.maestro.model.message;

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
 */
public record TriggerNews(
    String workflowId,
    long internalId,
    long revision,
    @Nullable Long versionId,
    String owner,
    List<Object> timeTriggers,
    List<Object> signalTriggers,
    long time) {
  public TriggerNews {
    timeTriggers = List.copyOf(timeTriggers);
    signalTriggers = List.copyOf(signalTriggers);
  }
}

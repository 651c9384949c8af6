package org.maestro.signal.trigger;

import org.maestro.model.definition.SignalTrigger;

/**
 * A signal trigger of a workflow's active version.
 *
 * @param id follows from the workflow and what the trigger says, so that a version that says the
 *     same continues with the same queues
 * @param uuid its id in the active version, under which the engine knows it
 * @param owner as whom it acts
 */
public record Trigger(
    String id, String workflowId, String uuid, String owner, SignalTrigger definition) {}

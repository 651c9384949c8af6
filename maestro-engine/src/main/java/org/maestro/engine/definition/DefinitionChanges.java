package org.maestro.engine.definition;

import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Workflow;
import org.maestro.model.event.TimelineEvent;

/**
 * Writes a change of a workflow with all that belongs to it: the row under its guard, the timeline,
 * the event. To be called inside of a transaction, before anything else is written.
 */
final class DefinitionChanges {
  private final DefinitionStore store;
  private final CompiledVersions versions;
  private final DefinitionEvents events;

  DefinitionChanges(DefinitionStore store, CompiledVersions versions, DefinitionEvents events) {
    this.store = store;
    this.versions = versions;
    this.events = events;
  }

  /** Who changed what, in words. */
  record Note(DefinitionChange.Kind kind, String author, long at, String message) {}

  /**
   * Writes a workflow that was made from the stored one.
   *
   * @param active the content of its active version if the caller has it at hand
   * @return the workflow with its new revision
   */
  WorkflowHead update(WorkflowHead changed, @Nullable Workflow active, Note note) {
    var revision = store.update(changed.workflow());
    var written = new WorkflowHead(changed.workflow().withRevision(revision), changed.properties());
    announce(written, active, note);
    return written;
  }

  /** Adds a workflow that was not there. */
  void insert(WorkflowHead added, @Nullable Workflow active, Note note) {
    store.insert(added.workflow());
    announce(added, active, note);
  }

  private void announce(WorkflowHead head, @Nullable Workflow active, Note note) {
    var workflow = head.workflow();
    versions.forget(workflow.workflowId());
    store.insertTimeline(
        workflow.workflowId(),
        workflow.revision(),
        note.author(),
        TimelineEvent.info(note.at(), note.message()));
    events.changed(
        new DefinitionChange(
            note.kind(),
            workflow.workflowId(),
            workflow.internalId(),
            workflow.revision(),
            workflow.latestVersionId(),
            workflow.activeVersionId(),
            active != null ? active : activeContent(workflow),
            head.properties().properties(),
            workflow.pause() != null,
            note.author(),
            note.at()));
  }

  private @Nullable Workflow activeContent(WorkflowRecord workflow) {
    var active = workflow.activeVersionId();
    return active == null
        ? null
        : versions.version(workflow.workflowId(), workflow.internalId(), active);
  }
}

package org.maestro.engine.definition;

import org.jspecify.annotations.Nullable;

/**
 * A workflow over all its versions, as it is stored.
 *
 * @param internalId from 10 000, never used twice
 * @param revision grows with every change but a start; guards every update
 * @param latestInstanceId grows with every start, without a new revision
 * @param propertiesTime which snapshot of the properties holds
 * @param activation who made {@code activeVersionId} the active one; null if none is active
 * @param pause who paused the workflow; null if it is not paused
 * @param deletion how far its deletion is; null unless it is being deleted
 * @param createTime epoch milliseconds, as all times
 */
public record WorkflowRecord(
    String workflowId,
    long internalId,
    long revision,
    String owner,
    long latestVersionId,
    @Nullable Long activeVersionId,
    long latestInstanceId,
    long propertiesTime,
    @Nullable Signature activation,
    @Nullable Signature pause,
    @Nullable DeletionStage deletion,
    @Nullable String deletedBy,
    long createTime,
    long modifyTime) {

  /** Who did something, and when. */
  public record Signature(String by, long at) {}

  /** The active version, or the latest if none is active. */
  public long defaultVersionId() {
    return activeVersionId != null ? activeVersionId : latestVersionId;
  }

  WorkflowRecord withRevision(long newRevision) {
    return new WorkflowRecord(
        workflowId,
        internalId,
        newRevision,
        owner,
        latestVersionId,
        activeVersionId,
        latestInstanceId,
        propertiesTime,
        activation,
        pause,
        deletion,
        deletedBy,
        createTime,
        modifyTime);
  }

  WorkflowRecord withVersion(long versionId, long at) {
    return new WorkflowRecord(
        workflowId,
        internalId,
        revision,
        owner,
        versionId,
        activeVersionId,
        latestInstanceId,
        propertiesTime,
        activation,
        pause,
        deletion,
        deletedBy,
        createTime,
        at);
  }

  WorkflowRecord withActive(@Nullable Long versionId, String by, long at) {
    return new WorkflowRecord(
        workflowId,
        internalId,
        revision,
        owner,
        latestVersionId,
        versionId,
        latestInstanceId,
        propertiesTime,
        versionId == null ? null : new Signature(by, at),
        pause,
        deletion,
        deletedBy,
        createTime,
        at);
  }

  WorkflowRecord withProperties(String newOwner, long newPropertiesTime, long at) {
    return new WorkflowRecord(
        workflowId,
        internalId,
        revision,
        newOwner,
        latestVersionId,
        activeVersionId,
        latestInstanceId,
        newPropertiesTime,
        activation,
        pause,
        deletion,
        deletedBy,
        createTime,
        at);
  }

  WorkflowRecord withPause(@Nullable Signature newPause, long at) {
    return new WorkflowRecord(
        workflowId,
        internalId,
        revision,
        owner,
        latestVersionId,
        activeVersionId,
        latestInstanceId,
        propertiesTime,
        activation,
        newPause,
        deletion,
        deletedBy,
        createTime,
        at);
  }

  /** Nothing starts any more: what is being deleted has no active version. */
  WorkflowRecord withDeletion(DeletionStage stage, String by, long at) {
    return new WorkflowRecord(
        workflowId,
        internalId,
        revision,
        owner,
        latestVersionId,
        null,
        latestInstanceId,
        propertiesTime,
        null,
        pause,
        stage,
        by,
        createTime,
        at);
  }
}

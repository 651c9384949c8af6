package org.maestro.engine.instance;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;

/**
 * A run in a list. Times are epoch milliseconds.
 *
 * @param unreadable why the rest of it can't be read; null if it can
 */
public record RunSummary(
    String workflowId,
    long workflowInstanceId,
    long workflowRunId,
    String workflowUuid,
    long workflowVersionId,
    String owner,
    Initiator initiator,
    RestartPolicy policy,
    RunStatus status,
    long createTime,
    @Nullable Long startTime,
    @Nullable Long endTime,
    long modifyTime,
    @Nullable String unreadable) {

  static RunSummary of(StoredRun run) {
    return of(run, run.owner());
  }

  static RunSummary of(StoredRun run, String owner) {
    var row = run.row();
    return new RunSummary(
        row.key().workflowId(),
        row.key().instanceId(),
        row.key().runId(),
        row.uuid(),
        row.versionId(),
        owner,
        row.facts().initiator(),
        row.facts().policy(),
        row.status(),
        row.createTime(),
        row.startTime(),
        row.endTime(),
        row.modifyTime(),
        run.unreadable());
  }
}

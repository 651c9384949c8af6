package org.maestro.engine.instance;

import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.model.instance.RunSummary;

/** Makes rows of lists from what is stored of runs. Pure. */
final class RunSummaries {
  private RunSummaries() {}

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

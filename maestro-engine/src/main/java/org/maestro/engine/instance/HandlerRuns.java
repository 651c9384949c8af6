package org.maestro.engine.instance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.model.definition.HandlerKind;

/** Finds the runs of what is done after a run has ended: where they are is known from its name. */
public final class HandlerRuns {
  private HandlerRuns() {}

  /** The latest run of each handler that has begun after a run, by the handler. */
  public static Map<HandlerKind, StoredRun> of(InstanceStore store, StoredRun run, RunPlan plan) {
    var found = new LinkedHashMap<HandlerKind, StoredRun>();
    var row = run.row();
    if (!row.status().isTerminal() || InlineWorkflow.isInline(row.key().workflowId())) {
      return found;
    }
    for (var kind : plan.workflow().handlers().keySet()) {
      if (kind.runsAfter(row.status())) {
        var workflowId = workflowId(row.facts().internalId(), row.key(), kind);
        store
            .run(workflowId, row.key().runId(), null)
            .ifPresent(handler -> found.put(kind, handler));
      }
    }
    return found;
  }

  private static String workflowId(long internalId, RunKey run, HandlerKind kind) {
    return InlineWorkflow.handler(
        internalId, run.workflowId(), run.instanceId(), kind.field(), run.placement());
  }
}

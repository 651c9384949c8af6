package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.shard.ShardLoop;
import org.maestro.service.problem.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets queued instances run when there is room: after a run has ended, when a workflow is resumed
 * or unblocked, and for all workflows when shards have changed hands. Checking once too often
 * changes nothing.
 */
public final class Admission implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Admission.class);

  private final StartStore store;
  private final CompiledVersions versions;
  private final RunCommands commands;
  private final ShardLoop.Pause pause;
  private final LinkedBlockingQueue<String> toCheck = new LinkedBlockingQueue<>();

  /**
   * With the parts that it works on.
   *
   * @param pause between two tries while the database does not answer
   */
  public Admission(
      StartStore store, CompiledVersions versions, RunCommands commands, ShardLoop.Pause pause) {
    this.store = store;
    this.versions = versions;
    this.commands = commands;
    this.pause = pause;
  }

  /** There may be room in this workflow. Returns at once. */
  public void check(String workflowId) {
    toCheck.add(workflowId);
  }

  /** There may be room anywhere. */
  public void checkAll() {
    toCheck.addAll(store.withQueue());
  }

  /** Checks until its thread is interrupted. */
  @Override
  public void run() {
    var failures = 0;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        var ids = new LinkedHashSet<String>();
        ids.add(toCheck.take());
        var more = new ArrayList<String>();
        toCheck.drainTo(more);
        ids.addAll(more);
        failures = check(ids) ? 0 : failures + 1;
        if (failures > 0) {
          pause.afterFailure(failures);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean check(Collection<String> workflowIds) {
    try {
      for (var workflowId : store.withQueue(workflowIds)) {
        admit(workflowId);
      }
      return true;
    } catch (RuntimeException e) {
      log.warn("Admission is checked again: {}", e.toString());
      toCheck.addAll(workflowIds);
      return false;
    }
  }

  private void admit(String workflowId) {
    for (int attempt = 0; attempt < 5; attempt++) {
      var begin = tryAdmit(workflowId);
      if (begin != null) {
        begin.run();
        return;
      }
      versions.forget(workflowId);
    }
    toCheck.add(workflowId); // it changes faster than it can be read
  }

  /** Null if the workflow has changed since its properties were read. */
  private @org.jspecify.annotations.Nullable Runnable tryAdmit(String workflowId) {
    org.maestro.engine.definition.ResolvedVersion resolved;
    try {
      resolved = versions.resolve(workflowId, VersionSelector.LATEST);
    } catch (ApiException _) {
      return () -> {}; // deleted meanwhile
    }
    var strategy = resolved.properties().properties().effectiveRunStrategy();
    // Kept outside of the supplier's type: null is an answer, not a missing one.
    var answer = new ArrayList<Runnable>();
    store.inTransaction(() -> {
      answer.clear();
      var head = store.lock(List.of(workflowId)).get(workflowId);
      if (head == null) {
        answer.add(() -> {});
        return 0;
      }
      if (head.revision() != resolved.revision()) {
        return 0;
      }
      var standing = store.standings(List.of(head), true, new HashMap<>()).get(workflowId);
      if (standing == null) {
        answer.add(() -> {});
        return 0;
      }
      var free = AdmissionPolicy.free(strategy, standing);
      var next = standing.queued().stream().limit(free).toList();
      var admitted = next.isEmpty() ? List.<RunKey>of() : store.admit(workflowId, next);
      answer.add(
          commands.within(
              List.of(), admitted.stream().<RunCommand>map(RunCommand.StartRun::new).toList()));
      return 0;
    });
    return answer.isEmpty() ? null : answer.getFirst();
  }
}

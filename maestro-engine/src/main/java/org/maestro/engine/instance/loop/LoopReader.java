package org.maestro.engine.instance.loop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.step.StepAttempt;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Finds the loop that a foreach step's latest pass is, for whoever may see or change it. */
final class LoopReader {
  private final InstanceStore store;
  private final LoopStore chunks;
  private final LoopSource loops;
  private final RunPlans plans;
  private final AccessPolicy access;

  LoopReader(
      InstanceStore store,
      LoopStore chunks,
      LoopSource loops,
      RunPlans plans,
      AccessPolicy access) {
    this.store = store;
    this.chunks = chunks;
    this.loops = loops;
    this.plans = plans;
    this.access = access;
  }

  /** A step's pass and what is known of its iterations. */
  record Loop(
      StoredRun run,
      String stepId,
      LoopKey key,
      long since,
      boolean live,
      @Nullable Long maxFailures,
      LoopSnapshot state) {}

  /**
   * To be called inside of a transaction.
   *
   * @throws ApiException 403, 404 if there is no such foreach step
   */
  Loop loop(Caller caller, LoopPlace place, Access wanted) {
    var run =
        store
            .run(place.workflowId(), place.instanceId(), place.runId())
            .orElseThrow(() ->
                InstanceQueries.noSuchRun(place.workflowId(), place.instanceId(), place.runId()));
    access.require(caller, wanted, place.workflowId(), run.owner());
    var attempt = store.stepSoFar(run.key(), place.stepId()).orElse(null);
    if (attempt != null && !attempt.run().equals(run.key()) && isToRun(run, place.stepId())) {
      attempt = null; // this run has yet to reach the step
    }
    var key = attempt == null ? null : RunRecords.loop(attempt.attempt().artifacts());
    if (attempt == null || key == null || !InlineWorkflow.isForeach(key.workflowId())) {
      throw ApiException.notFound(
          "no-such-loop",
          "run %s has no foreach step \"%s\" that has begun".formatted(run.key(), place.stepId()));
    }
    var facts = loops.facts(key);
    var live = !attempt.attempt().status().isTerminal() && attempt.run().equals(run.key());
    return new Loop(
        run,
        place.stepId(),
        key,
        facts.since(key),
        live,
        facts.maxFailures(),
        new LoopSnapshot(
            facts.total(),
            facts.width(),
            live,
            facts.arrays(),
            chunks.chunks(key, facts, 0, Long.MAX_VALUE)));
  }

  /** Whether a run executes a step, so that what it came to before counts no more. */
  private boolean isToRun(StoredRun run, String stepId) {
    var before = new LinkedHashMap<String, StepAttempt>();
    store.stepsSoFar(run.key()).stream()
        .filter(attempt -> !attempt.run().equals(run.key()))
        .forEach(attempt -> before.put(attempt.attempt().stepId(), attempt.attempt()));
    var facts = run.row().facts();
    return plans.planOf(run.row()).toRun(facts.policy(), facts.restart(), before).contains(stepId);
  }

  /** The latest runs of these iterations, by number; those that have begun once. */
  Map<Long, StoredRun> rows(Loop loop, List<Long> indexes) {
    var rows = new LinkedHashMap<Long, StoredRun>();
    store
        .latestOf(loop.key().workflowId(), indexes.stream().map(i -> i + 1).toList())
        .forEach(run -> rows.put(run.key().instanceId() - 1, run));
    return rows;
  }
}

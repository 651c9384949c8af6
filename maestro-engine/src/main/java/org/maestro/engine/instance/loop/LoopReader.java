package org.maestro.engine.instance.loop;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceQueries;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.InstanceStore.Standing;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.step.StepAttempt;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Finds the loop that a foreach step's latest pass is, for whoever may see or change it. */
final class LoopReader {
  private static final int MAX_PASSES = 1_000;

  private final InstanceStore store;
  private final LoopSnapshots snapshots;
  private final LoopSource loops;
  private final RunPlans plans;
  private final AccessPolicy access;
  private final Cache<AttemptOf, LoopKey> passes =
      Caffeine.newBuilder().maximumSize(MAX_PASSES).build();

  LoopReader(
      InstanceStore store,
      LoopSnapshots snapshots,
      LoopSource loops,
      RunPlans plans,
      AccessPolicy access) {
    this.store = store;
    this.snapshots = snapshots;
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
    var attempt = store.standing(run.key(), place.stepId()).orElse(null);
    if (attempt != null && !attempt.run().equals(run.key()) && isToRun(run, place.stepId())) {
      attempt = null; // this run has yet to reach the step
    }
    var key = attempt == null ? null : passOf(attempt);
    if (attempt == null || key == null || !InlineWorkflow.isForeach(key.workflowId())) {
      throw ApiException.notFound(
          "no-such-loop",
          "run %s has no foreach step \"%s\" that has begun".formatted(run.key(), place.stepId()));
    }
    var facts = loops.facts(key);
    var live = !attempt.status().isTerminal() && attempt.run().equals(run.key());
    return new Loop(
        run,
        place.stepId(),
        key,
        facts.since(key),
        live,
        facts.maxFailures(),
        new LoopSnapshot(
            facts.total(), facts.width(), live, facts.arrays(), snapshots.chunks(key, facts)));
  }

  /** The pass that an attempt runs; an attempt runs one, so it is read once. */
  private @Nullable LoopKey passOf(Standing attempt) {
    var of = new AttemptOf(attempt.run(), attempt.stepId(), attempt.attemptId());
    var known = passes.getIfPresent(of);
    if (known != null) {
      return known;
    }
    var key =
        store
            .attempt(attempt.run(), attempt.stepId(), OptionalLong.of(attempt.attemptId()))
            .stream()
            .findFirst()
            .map(stored -> RunRecords.loop(stored.attempt().artifacts()))
            .orElse(null);
    if (key != null) {
      passes.put(of, key);
    }
    return key;
  }

  private record AttemptOf(RunKey run, String stepId, long attemptId) {}

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

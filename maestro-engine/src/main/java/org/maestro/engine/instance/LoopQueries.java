package org.maestro.engine.instance;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunRecords;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.IterationView;
import org.maestro.model.loop.LoopAction;
import org.maestro.model.loop.LoopActionAnswer;
import org.maestro.model.loop.LoopFailures;
import org.maestro.model.loop.LoopStrip;
import org.maestro.model.loop.LoopSummary;
import org.maestro.model.loop.NestedIterationView;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/**
 * Looks at the iterations of foreach steps and acts on many of them at once. Every answer costs as
 * much as the loop has chunks, or as it shows iterations, whichever is more.
 */
public final class LoopQueries {
  /** Pieces of a strip. */
  static final int MAX_BUCKETS = 512;

  private static final int SAMPLES = 10;

  private final Transactions transactions;
  private final InstanceStore store;
  private final LoopStore chunks;
  private final LoopSource loops;
  private final RunPlans plans;
  private final RunCommands commands;
  private final AccessPolicy access;
  private final InstantSource clock;

  LoopQueries(
      Transactions transactions,
      InstanceStore store,
      LoopStore chunks,
      LoopSource loops,
      RunPlans plans,
      RunCommands commands,
      AccessPolicy access,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.chunks = chunks;
    this.loops = loops;
    this.plans = plans;
    this.commands = commands;
    this.access = access;
    this.clock = clock;
  }

  /** Which foreach step is meant; the run is null for the latest. */
  public record Place(String workflowId, long instanceId, @Nullable Long runId, String stepId) {}

  /** A step's pass and what is known of its iterations. */
  private record Loop(
      StoredRun run,
      String stepId,
      LoopKey key,
      long since,
      boolean live,
      @Nullable Long maxFailures,
      LoopSnapshot state) {}

  /**
   * A loop in numbers.
   *
   * @throws ApiException 403, 404 if there is no such foreach step; as all methods here
   */
  public LoopSummary summary(Caller caller, Place place) {
    return transactions.read(() -> {
      var loop = loop(caller, place, Access.READ);
      var summary = loop.state().summary(clock.millis());
      return new LoopSummary(
          loop.key().workflowId(),
          loop.key().loopRun(),
          loop.live(),
          summary.total(),
          summary.concurrency(),
          loop.maxFailures(),
          summary.counts(),
          summary.withErrors(),
          summary.firstStart(),
          summary.lastEnd(),
          summary.rate(),
          summary.eta(),
          summary.durations(),
          loop.state().failures().stream().limit(SAMPLES).toList());
    });
  }

  /** The whole loop in at most so many pieces, for a picture of it. */
  public LoopStrip strip(Caller caller, Place place, int buckets) {
    if (buckets < 1 || buckets > MAX_BUCKETS) {
      throw ApiException.badRequest(
          "invalid-buckets", "buckets: expected 1 to %d, found %d".formatted(MAX_BUCKETS, buckets));
    }
    return transactions.read(() -> {
      var loop = loop(caller, place, Access.READ);
      return new LoopStrip(loop.state().total(), loop.state().strip(buckets));
    });
  }

  /** Failed iterations by what went wrong, most frequent first. */
  public LoopFailures failures(Caller caller, Place place) {
    return transactions.read(
        () -> new LoopFailures(loop(caller, place, Access.READ).state().failures()));
  }

  /** The iterations that a filter means, by number; the cursor is an iteration's number. */
  public Page<IterationView> iterations(
      Caller caller, Place place, IterationFilter filter, PageRequest request) {
    return transactions.read(() -> {
      var loop = loop(caller, place, Access.READ);
      var all = loop.state().matching(filter);
      var read = new ArrayList<Long>();
      if (request.forward()) {
        for (var i = all.firstFrom(request.cursorNumber(-1) + 1);
            i >= 0 && read.size() <= request.limit();
            i = all.firstFrom(i + 1)) {
          read.add(i);
        }
      } else {
        for (var i = all.lastUpTo(request.cursorNumber(loop.state().total()) - 1);
            i >= 0 && read.size() <= request.limit();
            i = all.lastUpTo(i - 1)) {
          read.add(i);
        }
      }
      var rows = rows(loop, read);
      return Page.of(request, read, i -> Long.toString(i), all.size())
          .map(i -> iteration(loop, i, rows.get(i)));
    });
  }

  /**
   * The iterations of a foreach step within a foreach step, over all iterations of the outer one.
   *
   * @param inner the step within; null if there is only one that loops
   * @throws ApiException 404 if there is no such step within
   */
  public Page<NestedIterationView> nested(
      Caller caller,
      Place place,
      @Nullable String inner,
      IterationFilter filter,
      PageRequest request) {
    return transactions.read(() -> {
      var loop = loop(caller, place, Access.READ);
      var facts = loops.facts(loop.key());
      var within = loops.loopsWithin(facts);
      var step = inner == null && within.size() == 1 ? within.getFirst() : inner;
      if (step == null || !within.contains(step)) {
        throw ApiException.notFound(
            "no-such-loop",
            "inner: expected a foreach step within \"%s\", one of %s, found %s"
                .formatted(place.stepId(), within, inner == null ? "none" : '"' + inner + '"'));
      }
      return new NestedLoops(chunks)
          .page(new NestedLoops.Outer(loop.key(), facts, loop.state()), step, filter, request);
    });
  }

  /** One iteration with those that it stands in, innermost first. */
  public IterationView iteration(Caller caller, Place place, long index) {
    return transactions.read(() -> {
      var loop = loop(caller, place, Access.READ);
      if (index < 0 || index >= loop.state().total()) {
        throw ApiException.notFound(
            "no-such-iteration",
            "step \"%s\" has the iterations 0 to %d, and no %d"
                .formatted(place.stepId(), loop.state().total() - 1, index));
      }
      return iteration(loop, index, rows(loop, List.of(index)).get(index))
          .within(ancestors(loop.run()));
    });
  }

  private List<IterationView.Ancestor> ancestors(StoredRun run) {
    var found = new ArrayList<IterationView.Ancestor>();
    var path = new ArrayList<>(run.row().facts().initiator().ancestorPath());
    var workflowId = run.key().workflowId();
    var instanceId = run.key().instanceId();
    for (var ancestor : path.reversed()) {
      var isIteration = InlineWorkflow.isForeach(workflowId);
      found.add(
          new IterationView.Ancestor(
              ancestor.workflowId(),
              ancestor.instanceId(),
              ancestor.runId(),
              ancestor.stepId(),
              isIteration ? (Long) (instanceId - 1) : null,
              isIteration ? snapshotOf(workflowId).itemsOf(instanceId - 1) : null));
      workflowId = ancestor.workflowId();
      instanceId = ancestor.instanceId();
    }
    return found;
  }

  private LoopSnapshot snapshotOf(String inlineWorkflowId) {
    var facts = loops.factsOfWorkflow(inlineWorkflowId);
    return new LoopSnapshot(facts.total(), facts.width(), true, facts.arrays(), List.of());
  }

  private Map<Long, StoredRun> rows(Loop loop, List<Long> indexes) {
    var rows = new LinkedHashMap<Long, StoredRun>();
    store
        .latestOf(loop.key().workflowId(), indexes.stream().map(i -> i + 1).toList())
        .forEach(run -> rows.put(run.key().instanceId() - 1, run));
    return rows;
  }

  private static IterationView iteration(Loop loop, long index, @Nullable StoredRun run) {
    var begun = run != null && run.key().runId() >= loop.since() ? run : null;
    return new IterationView(
        index,
        loop.state().statusOf(index),
        loop.state().itemsOf(index),
        loop.state().signatureOf(index),
        begun == null ? null : begun.key().workflowId(),
        begun == null ? null : (Long) begun.key().instanceId(),
        begun == null ? null : (Long) begun.key().runId(),
        begun == null ? null : begun.row().startTime(),
        begun == null ? null : begun.row().endTime(),
        null);
  }

  // ------------------------------------------------------------------ actions on many

  /**
   * Acts on all iterations that a filter means.
   *
   * @param dryRun only counts them
   * @throws ApiException 409 if the loop has ended
   */
  public LoopActionAnswer act(
      Caller caller, Place place, IterationFilter filter, LoopAction action, boolean dryRun) {
    var loop = transactions.read(() -> loop(caller, place, Access.RUN));
    var which = loop.state().matching(filter);
    var possible =
        switch (action) {
          case RESTART ->
              which
                  .minus(loop.state().matching(with(filter, IterationStatus.QUEUED)))
                  .minus(loop.state().matching(with(filter, IterationStatus.NOT_STARTED)));
          case STOP, KILL ->
              loop.state()
                  .matching(with(filter, IterationStatus.RUNNING))
                  .union(loop.state().matching(with(filter, IterationStatus.QUARANTINED)));
        };
    if (action == LoopAction.RESTART) {
      possible = possible.minus(loop.state().matching(with(filter, IterationStatus.RUNNING)));
      possible = possible.minus(loop.state().matching(with(filter, IterationStatus.QUARANTINED)));
      possible = possible.minus(loop.state().matching(with(filter, IterationStatus.SUCCEEDED)));
    }
    var meant = filter.statuses().isEmpty() ? possible : possible.minus(possible.minus(which));
    if (!dryRun && !meant.isEmpty()) {
      if (!loop.live()) {
        throw ApiException.conflict(
            "loop-ended",
            "step \"%s\" has ended; restart its run with RESTART_FROM_INCOMPLETE to run what did not succeed"
                .formatted(place.stepId()));
      }
      carryOut(caller, loop, meant, action);
    }
    var samples = new ArrayList<Long>();
    for (var i = meant.first(); i >= 0 && samples.size() < SAMPLES; i = meant.firstFrom(i + 1)) {
      samples.add(i);
    }
    return new LoopActionAnswer(action, dryRun, meant.size(), samples);
  }

  private static IterationFilter with(IterationFilter filter, IterationStatus status) {
    return new IterationFilter(
        Set.of(status), filter.signature(), filter.items(), filter.from(), filter.to());
  }

  private void carryOut(Caller caller, Loop loop, IndexSet which, LoopAction action) {
    if (action == LoopAction.RESTART) {
      commands.send(
          new RunCommand.RestartIterations(
              loop.run().key(), loop.stepId(), which, List.of(), caller.name()));
      return;
    }
    var killed = action == LoopAction.KILL;
    // No more of them than the loop runs at a time.
    var indexes = new ArrayList<Long>();
    which.forEach(indexes::add);
    var ends =
        rows(loop, indexes).values().stream()
            .<RunCommand>map(run ->
                new RunCommand.EndRun(
                    run.key(),
                    killed ? RunStatus.FAILED : RunStatus.STOPPED,
                    (killed ? "Killed by " : "Stopped by ") + caller.name(),
                    caller.name()))
            .toList();
    transactions.runIdempotent(() -> commands.within(ends, List.of())).run();
  }

  // ------------------------------------------------------------------ reading

  private Loop loop(Caller caller, Place place, Access wanted) {
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
}

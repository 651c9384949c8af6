package org.maestro.engine.instance.loop;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.instance.loop.LoopReader.Loop;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.model.loop.IterationView;
import org.maestro.model.loop.LoopFailures;
import org.maestro.model.loop.LoopStrip;
import org.maestro.model.loop.LoopSummary;
import org.maestro.model.loop.NestedIterationView;
import org.maestro.model.page.Page;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.Caller;

/**
 * Looks at the iterations of foreach steps. Every answer costs as much as the loop has chunks, or
 * as it shows iterations, whichever is more.
 */
public final class LoopQueries {
  /** Pieces of a strip. */
  static final int MAX_BUCKETS = 512;

  private static final int SAMPLES = 10;

  private final Transactions transactions;
  private final LoopReader reader;
  private final LoopStore chunks;
  private final LoopSource loops;
  private final InstantSource clock;

  LoopQueries(
      Transactions transactions,
      LoopReader reader,
      LoopStore chunks,
      LoopSource loops,
      InstantSource clock) {
    this.transactions = transactions;
    this.reader = reader;
    this.chunks = chunks;
    this.loops = loops;
    this.clock = clock;
  }

  /**
   * A loop in numbers.
   *
   * @throws ApiException 403, 404 if there is no such foreach step; as all methods here
   */
  public LoopSummary summary(Caller caller, LoopPlace place) {
    return transactions.read(() -> {
      var loop = reader.loop(caller, place, Access.READ);
      var summary = loop.state().summary(clock.millis());
      return new LoopSummary(
          loop.key().workflowId(),
          loop.key().loopRun(),
          loop.live(),
          summary.total(),
          summary.concurrency(),
          loop.maxFailures(),
          summary.counts(),
          summary.takenOver(),
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
  public LoopStrip strip(Caller caller, LoopPlace place, int buckets) {
    if (buckets < 1 || buckets > MAX_BUCKETS) {
      throw ApiException.badRequest(
          "invalid-buckets", "buckets: expected 1 to %d, found %d".formatted(MAX_BUCKETS, buckets));
    }
    return transactions.read(() -> {
      var loop = reader.loop(caller, place, Access.READ);
      return new LoopStrip(loop.state().total(), loop.state().strip(buckets));
    });
  }

  /** Failed iterations by what went wrong, most frequent first. */
  public LoopFailures failures(Caller caller, LoopPlace place) {
    return transactions.read(
        () -> new LoopFailures(reader.loop(caller, place, Access.READ).state().failures()));
  }

  /** The iterations that a filter means, by number; the cursor is an iteration's number. */
  public Page<IterationView> iterations(
      Caller caller, LoopPlace place, IterationFilter filter, PageRequest request) {
    return transactions.read(() -> {
      var loop = reader.loop(caller, place, Access.READ);
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
      var rows = reader.rows(loop, read);
      return Pages.of(request, read, i -> Long.toString(i), all.size())
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
      LoopPlace place,
      @Nullable String inner,
      IterationFilter filter,
      PageRequest request) {
    return transactions.read(() -> {
      var loop = reader.loop(caller, place, Access.READ);
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
  public IterationView iteration(Caller caller, LoopPlace place, long index) {
    return transactions.read(() -> {
      var loop = reader.loop(caller, place, Access.READ);
      if (index < 0 || index >= loop.state().total()) {
        throw ApiException.notFound(
            "no-such-iteration",
            "step \"%s\" has the iterations 0 to %d, and no %d"
                .formatted(place.stepId(), loop.state().total() - 1, index));
      }
      return iteration(loop, index, reader.rows(loop, List.of(index)).get(index))
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
}

package org.maestro.engine.instance.loop;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.InlineWorkflow;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.run.LoopFacts;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.NestedIterationView;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;

/**
 * The iterations of a loop within a loop as one list: those of the first outer iteration, then
 * those of the second. A page reads the loops it walks through, some at a time, and stops.
 */
final class NestedLoops {
  /** Inner loops that are read together. */
  private static final int TOGETHER = 16;

  /** Inner loops that are looked at for one page, which may thus be short of its limit. */
  private static final int MOST_LOOKED_AT = 512;

  private static final Set<IterationStatus> BEGUN =
      EnumSet.complementOf(EnumSet.of(IterationStatus.QUEUED, IterationStatus.NOT_STARTED));

  private final LoopStore store;

  NestedLoops(LoopStore store) {
    this.store = store;
  }

  /** A loop whose iterations loop. */
  record Outer(LoopKey key, LoopFacts facts, LoopSnapshot state) {}

  /** After which iteration of which outer one a page begins. */
  private record Place(long outer, long inner) {
    static final Place BEGINNING = new Place(0, -1);

    static Place of(@Nullable String cursor) {
      if (cursor == null) {
        return BEGINNING;
      }
      var parts = cursor.split("_", -1);
      try {
        if (parts.length == 2) {
          return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }
      } catch (NumberFormatException _) {
        // Refused below, as every other text that is no place.
      }
      throw ApiException.badRequest(
          "invalid-cursor",
          "cursor: expected a cursor of an earlier page, found \"%s\"".formatted(cursor));
    }

    String cursor() {
      return outer + "_" + inner;
    }
  }

  private record Found(Place place, NestedIterationView element) {}

  /**
   * A page of them.
   *
   * @param inner the step that loops within each iteration
   * @throws ApiException 400 if the request goes backward or the cursor is none of this list
   */
  Page<NestedIterationView> page(
      Outer outer, String inner, IterationFilter filter, PageRequest request) {
    if (!request.forward()) {
      throw ApiException.badRequest("invalid-page", "expected first; this list has no last");
    }
    var from = Place.of(request.cursor());
    var begun =
        outer
            .state()
            .matching(new IterationFilter(BEGUN, null, Map.of(), 0, Long.MAX_VALUE))
            .within(from.outer(), Long.MAX_VALUE);
    var found = new ArrayList<Found>();
    var looked = 0;
    var next = begun.first();
    while (next >= 0 && found.size() <= request.limit() && looked < MOST_LOOKED_AT) {
      var together = firstOf(begun, next);
      walk(outer, inner, filter, together, from, request.limit() + 1, found);
      looked += together.size();
      next = begun.firstFrom(together.getLast() + 1);
    }
    var more = found.size() > request.limit();
    var elements = more ? found.subList(0, request.limit()) : found;
    var last = elements.isEmpty() ? null : elements.getLast().place();
    // A walk that was long enough goes on where it stopped, whatever it has found.
    var end = !more && next >= 0 ? new Place(next, -1) : last;
    return new Page<>(
        new Page.PageInfo(
            elements.isEmpty() ? null : elements.getFirst().place().cursor(),
            end == null ? null : end.cursor(),
            request.cursor() != null,
            more || next >= 0,
            null),
        null,
        elements.stream().map(Found::element).toList());
  }

  private static List<Long> firstOf(IndexSet set, long from) {
    var indexes = new ArrayList<Long>();
    for (var i = from; i >= 0 && indexes.size() < TOGETHER; i = set.firstFrom(i + 1)) {
      indexes.add(i);
    }
    return indexes;
  }

  private void walk(
      Outer outer,
      String inner,
      IterationFilter filter,
      List<Long> indexes,
      Place from,
      int limit,
      List<Found> found) {
    var ids = indexes.stream().map(index -> idOf(outer, index, inner)).toList();
    var passes = store.lastPasses(ids);
    for (int n = 0; n < ids.size() && found.size() < limit; n++) {
      var pass = passes.get(ids.get(n));
      if (pass == null || pass.facts().parent().runId() < outer.facts().since(outer.key())) {
        continue; // this pass of the outer loop has not reached it
      }
      var index = indexes.get(n);
      var facts = pass.facts();
      var live = !pass.ended() && !outer.state().statusOf(index).isEnded();
      var state =
          new LoopSnapshot(facts.total(), facts.width(), live, facts.arrays(), pass.chunks());
      var matching = state.matching(filter);
      var first = index == from.outer() ? from.inner() + 1 : 0;
      for (var i = matching.firstFrom(first);
          i >= 0 && found.size() < limit;
          i = matching.firstFrom(i + 1)) {
        found.add(new Found(new Place(index, i), element(outer, index, pass.key(), state, i)));
      }
    }
  }

  private static String idOf(Outer outer, long index, String inner) {
    return InlineWorkflow.foreach(
        outer.facts().internalId(), outer.key().workflowId(), index + 1, inner);
  }

  private static NestedIterationView element(
      Outer outer, long outerIndex, LoopKey key, LoopSnapshot state, long index) {
    return new NestedIterationView(
        outerIndex,
        outer.state().itemsOf(outerIndex),
        index,
        state.statusOf(index),
        state.itemsOf(index),
        state.signatureOf(index),
        key.workflowId(),
        index + 1);
  }
}

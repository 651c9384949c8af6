package org.maestro.engine.definition;

import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.WorkflowSearchStore.Texts;
import org.maestro.engine.definition.WorkflowSearchStore.Walk;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;

/**
 * Finds workflows, a page at a time, and looks at {@value #LOOKED_AT} of them at most for each,
 * however many there are: those that have the rarest part of the text, or the tag, or the owner.
 */
final class WorkflowFinder {
  /** How many workflows are looked at for one page. */
  static final int LOOKED_AT = 1_000;

  /** What fewer workflows have than this is rare. */
  private static final int FEW = 200;

  /** How many parts of a text are tried. */
  private static final int PARTS = 8;

  private final WorkflowSearchStore store;

  WorkflowFinder(WorkflowSearchStore store) {
    this.store = store;
  }

  private record Way(Walk walk, String key) {}

  /** Where all that is wanted is passed soonest; empty if there can be nothing. */
  private Optional<Way> way(WorkflowSearch search) {
    Way rarest = null;
    var workflows = FEW;
    for (var part : TextParts.of(search.text()).stream().limit(PARTS).toList()) {
      // One by one: of parts that it doesn't know, the planner would think that all are rare, and
      // read the whole of a common one to sort it.
      var found = store.ids(Walk.PART, part, true, null, FEW).size();
      if (found == 0) {
        return Optional.empty();
      }
      if (found < workflows || rarest == null) {
        rarest = new Way(Walk.PART, part);
        workflows = found;
      }
    }
    if (workflows == FEW && search.tag() != null) {
      return Optional.of(new Way(Walk.TAG, search.tag()));
    }
    if (workflows == FEW && search.owner() != null) {
      return Optional.of(new Way(Walk.OWNER, search.owner()));
    }
    return Optional.of(rarest == null ? new Way(Walk.ALL, "") : rarest);
  }

  /**
   * Workflows by id; the cursor is an id. Where few of many are what is wanted, a page may be
   * short, or empty, although there is a next one.
   */
  Page<WorkflowSummary> find(WorkflowSearch search, PageRequest request) {
    var way = way(search).orElse(null);
    var left = way != null && way.walk() == Walk.TAG ? search.withoutTag() : search;
    var found = new ArrayList<WorkflowSummary>();
    var place = request.cursor();
    var isMore = way != null;
    var looked = 0;
    var piece = request.limit() + 1;
    while (way != null && isMore && found.size() <= request.limit() && looked < LOOKED_AT) {
      var ids = store.ids(way.walk(), way.key(), request.forward(), place, piece);
      found.addAll(store.wanted(left, ids, request.forward()));
      isMore = ids.size() == piece;
      place = ids.isEmpty() ? place : ids.getLast();
      looked += piece;
      piece = Math.min(2 * piece, Math.max(1, LOOKED_AT - looked));
    }
    return found.size() > request.limit() || !isMore
        ? Pages.of(request, found, WorkflowSummary::workflowId, null)
        : Pages.upTo(request, found, WorkflowSummary::workflowId, place);
  }

  // ------------------------------------------------------------------ what they are found by

  /** What a workflow is found by; empty if there is none. */
  Optional<Texts> texts(String workflowId) {
    return store.texts(workflowId);
  }

  /**
   * Lets a workflow be found by what its id, owner and name say now, and no longer by what they
   * said.
   */
  void refind(@Nullable Texts before, Texts now) {
    if (now.equals(before)) {
      return;
    }
    var old = before == null ? TextParts.of() : before.parts();
    var parts = now.parts();
    store.insertParts(
        now.workflowId(), parts.stream().filter(part -> !old.contains(part)).toList());
    store.deleteParts(
        now.workflowId(), old.stream().filter(part -> !parts.contains(part)).toList());
  }

  /** Lets a workflow that is not found any more leave nothing behind. */
  void forget(Texts texts) {
    store.deleteParts(texts.workflowId(), texts.parts());
  }
}

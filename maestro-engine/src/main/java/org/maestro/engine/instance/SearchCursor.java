package org.maestro.engine.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;

/**
 * Where a search over workflows goes on: in this workflow with instances before this one, then with
 * the workflows after it. Written {@code instance:workflow}.
 */
record SearchCursor(String workflowId, long before) {
  private static final SearchCursor START = new SearchCursor("", Long.MAX_VALUE);

  static SearchCursor of(PageRequest request) {
    var text = request.cursor();
    if (text == null) {
      return START;
    }
    var colon = text.indexOf(':');
    try {
      return new SearchCursor(
          text.substring(colon + 1), Long.parseLong(text.substring(0, Math.max(0, colon))));
    } catch (NumberFormatException _) {
      throw ApiException.badRequest(
          "invalid-cursor",
          "cursor: expected a cursor of an earlier page, found \"%s\"".formatted(text));
    }
  }

  private static String text(RunSummary run) {
    return run.workflowInstanceId() + ":" + run.workflowId();
  }

  /**
   * A page of a search.
   *
   * @param next the workflow to go on with; null if the page is full or was the last one
   */
  static Page<RunSummary> page(PageRequest request, List<RunSummary> found, @Nullable String next) {
    var full = found.size() >= request.limit();
    var start = found.isEmpty() ? null : text(found.getFirst());
    var end =
        next != null ? Long.MAX_VALUE + ":" + next : found.isEmpty() ? null : text(found.getLast());
    return new Page<>(
        new Page.PageInfo(
            start,
            end,
            request.cursor() != null,
            next != null || full,
            request.cursor() == null ? 0L : null),
        null,
        found);
  }
}

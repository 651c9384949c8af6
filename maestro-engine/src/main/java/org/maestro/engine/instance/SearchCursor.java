package org.maestro.engine.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunKey;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;

/**
 * Where a search over all workflows goes on: with runs that are older than this one. Written {@code
 * time:instance:run:workflow}.
 *
 * @param createTime epoch milliseconds
 */
record SearchCursor(long createTime, String workflowId, long instanceId, long runId) {
  private static final int PARTS = 4;
  private static final SearchCursor START = new SearchCursor(Long.MAX_VALUE, "", 0, 0);

  static SearchCursor of(PageRequest request) {
    var text = request.cursor();
    if (text == null) {
      return START;
    }
    var parts = text.split(":", PARTS);
    try {
      if (parts.length == PARTS) {
        return new SearchCursor(
            Long.parseLong(parts[0]),
            parts[PARTS - 1],
            Long.parseLong(parts[1]),
            Long.parseLong(parts[2]));
      }
    } catch (NumberFormatException _) {
      // Refused below, as every other text that is no place.
    }
    throw ApiException.badRequest(
        "invalid-cursor",
        "cursor: expected a cursor of an earlier page, found \"%s\"".formatted(text));
  }

  static SearchCursor behind(InstanceStore.Newest run) {
    return of(run.createTime(), run.run());
  }

  private static SearchCursor of(long createTime, RunKey run) {
    return new SearchCursor(createTime, run.workflowId(), run.instanceId(), run.runId());
  }

  /** The same, or where the runs begin that were created before a time, if that is further. */
  SearchCursor before(@Nullable Long time) {
    return time == null || time > createTime ? this : new SearchCursor(time, "", 0, 0);
  }

  private String text() {
    return createTime + ":" + instanceId + ":" + runId + ":" + workflowId;
  }

  /**
   * A page of a search.
   *
   * @param next where to go on; null if the page was the last one
   */
  static Page<RunSummary> page(
      PageRequest request, List<RunSummary> found, @Nullable SearchCursor next) {
    var last = found.isEmpty() ? null : cursorOf(found.getLast());
    return new Page<>(
        new Page.PageInfo(
            found.isEmpty() ? null : cursorOf(found.getFirst()).text(),
            next != null ? next.text() : last == null ? null : last.text(),
            request.cursor() != null,
            next != null,
            request.cursor() == null ? 0L : null),
        null,
        found);
  }

  private static SearchCursor cursorOf(RunSummary run) {
    return of(
        run.createTime(),
        new RunKey(run.workflowId(), run.workflowInstanceId(), run.workflowRunId()));
  }
}

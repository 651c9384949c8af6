package org.maestro.engine.instance;

import java.util.List;
import java.util.function.ToLongFunction;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;

/**
 * The instances that are looked at for one page: numbers {@code low} to {@code high}. Instances are
 * numbered without gaps, so it bounds the work however few of them are wanted. Pure.
 */
record InstanceWindow(long low, long high, long latest) {

  static InstanceWindow of(PageRequest request, long latest, long width) {
    if (request.forward()) {
      var high = Math.min(latest, request.cursorNumber(Long.MAX_VALUE) - 1);
      return new InstanceWindow(Math.max(1, high - width + 1), high, latest);
    }
    var low = Math.max(1, request.cursorNumber(0) + 1);
    return new InstanceWindow(low, Math.min(latest, low + width - 1), latest);
  }

  /**
   * A page of what was read in this window, up to one element more than wanted, going away from the
   * cursor.
   *
   * @param all whether everything in the window was wanted, so that the total is known
   */
  <T> Page<T> page(PageRequest request, List<T> read, ToLongFunction<T> number, boolean all) {
    var page =
        Pages.of(
            request, read, e -> Long.toString(number.applyAsLong(e)), all ? (Long) latest : null);
    var cut = read.size() <= request.limit() && (request.forward() ? low > 1 : high < latest);
    if (!cut) {
      return page;
    }
    // Nothing more in the window, but there are instances beyond it: go on from its edge.
    var info = page.pageInfo();
    var edge = Long.toString(request.forward() ? low : high);
    return new Page<>(
        request.forward()
            ? new Page.PageInfo(
                info.startCursor(), edge, info.hasPreviousPage(), true, info.startIndex())
            : new Page.PageInfo(
                edge, info.endCursor(), true, info.hasNextPage(), info.startIndex()),
        page.totalCount(),
        page.elements());
  }
}

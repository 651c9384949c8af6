package org.maestro.service.paging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.page.Page;

/** Makes pages of what stores read. */
public final class Pages {
  private Pages() {}

  /**
   * Makes a page of what a store read for {@code request}.
   *
   * @param read up to {@code limit + 1} elements, so that it shows whether there are more; going
   *     away from the cursor, thus in reverse order if the request goes backward
   */
  public static <T> Page<T> of(
      PageRequest request, List<T> read, Function<T, String> cursor, @Nullable Long totalCount) {
    var more = read.size() > request.limit();
    var elements = new ArrayList<>(more ? read.subList(0, request.limit()) : read);
    if (!request.forward()) {
      Collections.reverse(elements);
    }
    var info =
        new Page.PageInfo(
            elements.isEmpty() ? null : cursor.apply(elements.getFirst()),
            elements.isEmpty() ? null : cursor.apply(elements.getLast()),
            request.forward() ? request.cursor() != null : more,
            request.forward() ? more : request.cursor() != null,
            request.forward() && request.cursor() == null ? 0L : null);
    return new Page<>(info, totalCount, elements);
  }
}

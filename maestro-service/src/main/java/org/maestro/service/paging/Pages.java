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
    return page(
        request, more ? read.subList(0, request.limit()) : read, cursor, null, more, totalCount);
  }

  /**
   * Makes a page that may be short although there is more: whoever read it has looked at enough.
   *
   * @param read no more than {@code limit} elements, in the order of {@link #of}
   * @param place the cursor of what was looked at last; null if nothing was
   */
  public static <T> Page<T> upTo(
      PageRequest request, List<T> read, Function<T, String> cursor, @Nullable String place) {
    return page(request, read, cursor, place, true, null);
  }

  private static <T> Page<T> page(
      PageRequest request,
      List<T> read,
      Function<T, String> cursor,
      @Nullable String place,
      boolean more,
      @Nullable Long totalCount) {
    var elements = new ArrayList<>(read);
    if (!request.forward()) {
      Collections.reverse(elements);
    }
    var first = elements.isEmpty() ? null : cursor.apply(elements.getFirst());
    var last = elements.isEmpty() ? null : cursor.apply(elements.getLast());
    var info =
        new Page.PageInfo(
            request.forward() || place == null ? first : place,
            !request.forward() || place == null ? last : place,
            request.forward() ? request.cursor() != null : more,
            request.forward() ? more : request.cursor() != null,
            request.forward() && request.cursor() == null ? 0L : null);
    return new Page<>(info, totalCount, elements);
  }
}

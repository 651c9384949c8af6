package org.maestro.service.paging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param totalCount how many elements the whole list has; null where counting would cost
 */
public record Page<T>(PageInfo pageInfo, @Nullable Long totalCount, List<T> elements) {

  public Page {
    elements = List.copyOf(elements);
  }

  /**
   * Where the page lies.
   *
   * @param startCursor of the first element; null if there is none
   * @param endCursor of the last element; null if there is none
   * @param startIndex of the first element in the whole list, from 0; null where unknown
   */
  public record PageInfo(
      @Nullable String startCursor,
      @Nullable String endCursor,
      boolean hasPreviousPage,
      boolean hasNextPage,
      @Nullable Long startIndex) {}

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
        new PageInfo(
            elements.isEmpty() ? null : cursor.apply(elements.getFirst()),
            elements.isEmpty() ? null : cursor.apply(elements.getLast()),
            request.forward() ? request.cursor() != null : more,
            request.forward() ? more : request.cursor() != null,
            request.forward() && request.cursor() == null ? 0L : null);
    return new Page<>(info, totalCount, elements);
  }

  /** The same page of something else. */
  public <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(pageInfo, totalCount, elements.stream().map(mapping).toList());
  }
}

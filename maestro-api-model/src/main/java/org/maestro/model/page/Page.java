package org.maestro.model.page;

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

  /** The same page of something else. */
  public <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(pageInfo, totalCount, elements.stream().map(mapping).toList());
  }
}

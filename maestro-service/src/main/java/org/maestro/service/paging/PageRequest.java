package org.maestro.service.paging;

import org.jspecify.annotations.Nullable;
import org.maestro.model.document.Limit;
import org.maestro.service.problem.ApiException;

/**
 * Which part of a list is wanted. Lists have an order of their own, usually newest first.
 *
 * @param forward true: what follows the cursor, or the list's beginning; false: what is before the
 *     cursor, or the list's end. Both answer in the list's order
 * @param limit 1 to {@value #MAX}
 * @param cursor an element's cursor, which is not part of the page; null for the list's edge
 */
public record PageRequest(boolean forward, int limit, @Nullable String cursor) {
  /** How many elements a page has at most. */
  @Limit("elements of a page")
  public static final int MAX = 200;

  private static final int MAX_CURSOR_CHARS = 1_024;

  /**
   * Reads the query parameters of a request.
   *
   * @throws ApiException 400 unless exactly one of {@code first} and {@code last} is given, in
   *     range
   */
  public static PageRequest of(@Nullable Long first, @Nullable Long last, @Nullable String cursor) {
    if ((first == null) == (last == null)) {
      throw ApiException.badRequest(
          "invalid-page",
          "expected exactly one of first and last, found " + (first == null ? "neither" : "both"));
    }
    long limit = first != null ? first : last == null ? 0 : last;
    if (limit < 1 || limit > MAX) {
      throw ApiException.badRequest(
          "invalid-page",
          "%s: expected 1 to %d, found %d".formatted(first != null ? "first" : "last", MAX, limit));
    }
    var given = cursor == null || cursor.isEmpty() ? null : cursor;
    if (given != null && given.length() > MAX_CURSOR_CHARS) {
      throw badCursor(given.substring(0, 20) + "…");
    }
    return new PageRequest(first != null, (int) limit, given);
  }

  /** The cursor as a number; {@code otherwise} without one. */
  public long cursorNumber(long otherwise) {
    if (cursor == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException _) {
      throw badCursor(cursor);
    }
  }

  private static ApiException badCursor(String found) {
    return ApiException.badRequest(
        "invalid-cursor",
        "cursor: expected a cursor of an earlier page, found \"%s\"".formatted(found));
  }
}

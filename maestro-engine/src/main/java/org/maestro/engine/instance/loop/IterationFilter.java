package org.maestro.engine.instance.loop;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.model.loop.IterationStatus;
import org.maestro.service.problem.ApiException;

/**
 * Which iterations of a foreach step are meant; those that fulfil all of it.
 *
 * @param statuses empty for any
 * @param signature what went wrong, as the failure groups name it; null for any
 * @param items values of loop params as text; a {@code *} at the end stands for any rest
 * @param from the first iteration; from 0
 * @param to the first iteration that is not meant any more
 */
public record IterationFilter(
    Set<IterationStatus> statuses,
    @Nullable String signature,
    Map<String, String> items,
    long from,
    long to) {
  /** All of them. */
  public static final IterationFilter ALL =
      new IterationFilter(Set.of(), null, Map.of(), 0, Long.MAX_VALUE);

  private static final String ITEM = "item.";

  /**
   * Of a request's query: {@code status} (several with commas), {@code signature}, {@code from},
   * {@code to} and {@code item.NAME}.
   *
   * @throws ApiException 400 if a status is unknown
   */
  public static IterationFilter of(
      @Nullable String status,
      @Nullable String signature,
      @Nullable Long from,
      @Nullable Long to,
      Map<String, String> query) {
    var statuses = EnumSet.noneOf(IterationStatus.class);
    if (status != null && !status.isBlank()) {
      for (var name : status.split(",", -1)) {
        statuses.add(statusOf(name.strip()));
      }
    }
    var items = new LinkedHashMap<String, String>();
    query.forEach((name, value) -> {
      if (name.startsWith(ITEM)) {
        items.put(name.substring(ITEM.length()), value);
      }
    });
    return new IterationFilter(
        statuses, signature, items, from == null ? 0 : from, to == null ? Long.MAX_VALUE : to);
  }

  private static IterationStatus statusOf(String name) {
    try {
      return IterationStatus.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw ApiException.badRequest(
          "unknown-status",
          "status: expected some of %s, found \"%s\""
              .formatted(List.of(IterationStatus.values()), name));
    }
  }

  /** Whether a value is one that was asked for. */
  static boolean matches(String wanted, Object value) {
    var text = value.toString();
    return wanted.endsWith("*")
        ? text.startsWith(wanted.substring(0, wanted.length() - 1))
        : text.equals(wanted);
  }

  boolean wants(IterationStatus status) {
    return statuses.isEmpty() || statuses.contains(status);
  }

  /** In the words of the request. */
  @Override
  public String toString() {
    return "status=%s signature=%s items=%s from=%d to=%s"
        .formatted(
            statuses.isEmpty() ? Arrays.asList(IterationStatus.values()) : statuses,
            signature,
            items,
            from,
            to == Long.MAX_VALUE ? "end" : to);
  }
}

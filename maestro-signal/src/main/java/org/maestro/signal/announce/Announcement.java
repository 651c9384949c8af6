package org.maestro.signal.announce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signal to be announced; has been checked.
 *
 * @param requestId within its name the same one announces once; null: this announcement is a signal
 *     of its own
 * @param params {@code String} or {@code Long} by name
 * @param payload a JSON value
 * @param requestTime epoch milliseconds
 */
public record Announcement(
    String name,
    @Nullable String requestId,
    Map<String, Object> params,
    @Nullable Object payload,
    long requestTime,
    Origin origin) {
  public Announcement {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}

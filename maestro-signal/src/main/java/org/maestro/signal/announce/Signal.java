package org.maestro.signal.announce;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signal that was announced; never changes.
 *
 * @param seqId its number within its name, from 1, without gaps
 * @param instanceId what it was requested under, or an id of its own
 * @param params {@code String} or {@code Long} by name
 * @param by in whose name it was announced
 * @param requestTime when it was announced according to the announcer, in epoch milliseconds
 * @param createTime when it was stored, in epoch milliseconds
 */
public record Signal(
    String name,
    long seqId,
    String instanceId,
    Map<String, Object> params,
    @Nullable Object payload,
    Origin origin,
    AnnouncedBy by,
    long requestTime,
    long createTime) {
  public Signal {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }
}

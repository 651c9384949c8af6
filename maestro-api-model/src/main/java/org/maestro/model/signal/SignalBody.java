package org.maestro.model.signal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signal to announce.
 *
 * @param name 1 to 512 characters
 * @param params what it is matched by: texts, numbers, booleans
 * @param payload any JSON; nothing is matched by it
 * @param requestId the same one is refused the second time; chosen by the service, if left out
 * @param requestTime epoch milliseconds; now, if left out
 */
public record SignalBody(
    String name,
    @Nullable Map<String, Object> params,
    @Nullable Object payload,
    @Nullable String requestId,
    @Nullable Long requestTime) {}

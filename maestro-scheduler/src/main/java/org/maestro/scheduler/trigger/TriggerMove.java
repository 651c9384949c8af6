package org.maestro.scheduler.trigger;

import org.jspecify.annotations.Nullable;

/**
 * What has become of a due trigger. Times are epoch milliseconds.
 *
 * @param from the {@code nextTickAt} that it was due with: it moves only from there
 * @param nextTickAt null if there are no more
 * @param nextFireAt null if there are no more
 * @param firedFromAt the first tick that was requested; null for none
 * @param firedTickAt the last tick that was requested; null for none
 * @param firedAt when they were requested; null for none
 * @param skippedAt when ticks were given up; null for none
 * @param problem why it can't fire any more; null if it can
 * @param tickOffset what the zone rules say of the next tick, in seconds east of UTC
 */
public record TriggerMove(
    TriggerKey key,
    long from,
    @Nullable Long nextTickAt,
    @Nullable Long nextFireAt,
    @Nullable Long firedFromAt,
    @Nullable Long firedTickAt,
    @Nullable Long firedAt,
    @Nullable Long skippedAt,
    @Nullable String problem,
    @Nullable Long tickOffset) {}

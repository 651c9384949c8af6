package org.maestro.scheduler.trigger;

import org.jspecify.annotations.Nullable;

/**
 * What a trigger's next tick is under other zone rules than those it was reckoned with. Times are
 * epoch milliseconds.
 *
 * @param from the {@code nextTickAt} that was read: it changes only from there
 * @param nextTickAt null if there are no more
 * @param nextFireAt null if there are no more
 * @param tickOffset what the rules say of the tick, in seconds east of UTC
 * @param movedFrom the tick that it had, if that is another
 */
public record ReckonedTrigger(
    TriggerKey key,
    long from,
    @Nullable Long nextTickAt,
    @Nullable Long nextFireAt,
    @Nullable Long tickOffset,
    @Nullable Long movedFrom) {}

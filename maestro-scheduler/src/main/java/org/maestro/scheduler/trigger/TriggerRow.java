package org.maestro.scheduler.trigger;

import org.jspecify.annotations.Nullable;
import org.maestro.model.trigger.TickAnswer;

/**
 * All that is known of a trigger. Times are epoch milliseconds.
 *
 * @param paused whether its workflow's triggers are
 * @param unreadable why its answers can't be read; null if they can
 */
public record TriggerRow(
    TriggerKey key,
    long internalId,
    long versionId,
    String owner,
    boolean paused,
    String definition,
    @Nullable String problem,
    long delayMillis,
    @Nullable Long nextTickAt,
    @Nullable Long nextFireAt,
    @Nullable Long firedFromAt,
    @Nullable Long firedTickAt,
    @Nullable Long firedAt,
    @Nullable Long skippedAt,
    @Nullable Long movedFromAt,
    @Nullable Long movedToAt,
    @Nullable String zoneRules,
    @Nullable TickAnswer answer,
    @Nullable TickAnswer refusal,
    @Nullable String unreadable) {}

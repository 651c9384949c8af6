package org.maestro.model.trigger;

import org.jspecify.annotations.Nullable;
import org.maestro.model.message.StartAnswer;

/**
 * What the engine said of a tick.
 *
 * @param tick epoch milliseconds
 * @param instanceId null if there is none
 * @param reason why there is none
 * @param time epoch milliseconds
 */
public record TickAnswer(
    long tick,
    StartAnswer.Outcome outcome,
    @Nullable Long instanceId,
    @Nullable String reason,
    long time) {}

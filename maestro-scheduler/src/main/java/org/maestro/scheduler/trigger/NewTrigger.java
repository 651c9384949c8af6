package org.maestro.scheduler.trigger;

import org.jspecify.annotations.Nullable;

/** A trigger that is to be kept from now on; as the columns of its table. */
record NewTrigger(
    TriggerKey key,
    long bucket,
    long internalId,
    long versionId,
    String definition,
    @Nullable String problem,
    long delayMillis,
    @Nullable Long nextTickAt,
    @Nullable Long nextFireAt,
    @Nullable Long tickOffset) {}

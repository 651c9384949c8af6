package org.maestro.service.start;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a service waits at its start for what it can't do without.
 *
 * @param patience after which it gives up and the process ends; default: never
 * @param pause between two tries; default 1 s
 * @param attempt how long one try waits for the brokers; default 10 s
 */
@ConfigurationProperties("maestro.start")
public record StartSettings(
    @Nullable Duration patience,
    @DefaultValue("1s") Duration pause,
    @DefaultValue("10s") Duration attempt) {}

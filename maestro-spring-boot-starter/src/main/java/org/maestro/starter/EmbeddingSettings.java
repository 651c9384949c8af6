package org.maestro.starter;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the engine is part of this process.
 *
 * @param enabled whether it runs here
 * @param address where the API, and the UI if maestro-ui is there, are served
 * @param port of the API; 0 for any that is free
 * @param user who pushes and starts when this process does
 */
@ConfigurationProperties("maestro.embedding")
public record EmbeddingSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("127.0.0.1") String address,
    @DefaultValue("0") int port,
    @DefaultValue("embedded") String user) {}

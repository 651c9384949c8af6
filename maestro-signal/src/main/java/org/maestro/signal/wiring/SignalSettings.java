package org.maestro.signal.wiring;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the signal service.
 *
 * @param retentionDays how long signals, and what came of them, are kept; default 365; 0: for ever
 */
@ConfigurationProperties("maestro.signal")
public record SignalSettings(@DefaultValue("365") int retentionDays) {}

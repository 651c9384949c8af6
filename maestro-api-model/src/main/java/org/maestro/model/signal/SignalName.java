package org.maestro.model.signal;

/**
 * A name with what was announced under it last.
 *
 * @param lastTime epoch milliseconds
 */
public record SignalName(String name, long lastSeqId, long lastTime) {}

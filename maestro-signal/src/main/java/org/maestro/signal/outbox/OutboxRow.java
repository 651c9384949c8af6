package org.maestro.signal.outbox;

/** One message that waits to leave. */
public record OutboxRow(String id, String topic, String key, String body) {}

package org.maestro.model.log;

/** New text; the event's id is the offset behind it. */
public record LogEvent(long offset, String text) {}

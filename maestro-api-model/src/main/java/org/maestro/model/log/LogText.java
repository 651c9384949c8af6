package org.maestro.model.log;

/** A piece of a stream; go on at {@code nextOffset} until {@code eof}. */
public record LogText(String stream, long offset, long nextOffset, String text, boolean eof) {}

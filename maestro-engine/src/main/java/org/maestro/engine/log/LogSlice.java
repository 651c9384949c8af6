package org.maestro.engine.log;

/**
 * A piece of a stream. It never ends inside a character, unless the stream itself does.
 *
 * @param offset of its first byte
 * @param nextOffset of the first byte behind it: where to go on reading
 * @param text decoded as UTF-8; may be empty
 * @param eof whether nothing comes behind it, now or later
 */
public record LogSlice(LogStream stream, long offset, long nextOffset, String text, boolean eof) {}

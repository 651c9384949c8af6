package org.maestro.dsl;

import org.jspecify.annotations.Nullable;

/**
 * A problem as the reader of a text needs it, to put it at its place there.
 *
 * @param pointer RFC 6901 pointer into the document
 * @param message without the place
 * @param suggestion the spelling that was probably meant
 * @param offset characters before the place inside the text at the pointer; -1 if it's all of it
 */
public record Finding(
    ProblemCode code, String pointer, String message, @Nullable String suggestion, int offset) {}

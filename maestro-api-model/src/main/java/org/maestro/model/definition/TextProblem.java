package org.maestro.model.definition;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a text, and where. Lines and columns count from 1, columns in UTF-16
 * units; the end is behind the last character.
 *
 * @param code such as {@code E0203}; never changes its meaning
 * @param severity error or warning
 * @param message what was expected, what was found, what to do
 * @param file the name that was given with the text
 * @param line where it begins
 * @param column where it begins in that line
 * @param endLine where it ends
 * @param endColumn where it ends in that line
 * @param pointer RFC 6901 pointer into the text's own tree
 * @param suggestion the spelling that was probably meant
 */
public record TextProblem(
    String code,
    String severity,
    String message,
    String file,
    int line,
    int column,
    int endLine,
    int endColumn,
    String pointer,
    @Nullable String suggestion) {}

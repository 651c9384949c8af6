package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer RFC 6901 pointer into the document
 * @param message what was expected, what was found, what to do
 * @param suggestion the spelling that was probably meant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefinitionProblem(String pointer, String message, @Nullable String suggestion) {}

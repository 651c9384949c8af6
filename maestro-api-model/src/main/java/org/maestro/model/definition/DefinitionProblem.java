package org.maestro.model.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document, or may not be meant so.
 *
 * @param pointer RFC 6901 pointer into the document
 * @param message what was expected, what was found, what to do
 * @param suggestion the spelling that was probably meant
 * @param code such as {@code W0521}, where there is one; never changes its meaning
 * @param offset characters before the place, if it is known, inside the text at the pointer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefinitionProblem(
    String pointer,
    String message,
    @Nullable String suggestion,
    @Nullable String code,
    @Nullable Integer offset) {

  /** One about all that is at the pointer. */
  public DefinitionProblem(
      String pointer, String message, @Nullable String suggestion, @Nullable String code) {
    this(pointer, message, suggestion, code, null);
  }

  /** The same of a larger document, in which the pointer's one is at a place. */
  public DefinitionProblem under(String place) {
    return new DefinitionProblem(place + pointer, message, suggestion, code, offset);
  }

  /** One of no particular kind. */
  public DefinitionProblem(String pointer, String message, @Nullable String suggestion) {
    this(pointer, message, suggestion, null);
  }
}

package org.maestro.model.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.ShownAs;

/**
 * What would come of a text that somebody is still writing.
 *
 * @param workflow the definition as it would be stored; null while the text is none
 * @param yaml the version that a push would make, written as versions are read; null while the text
 *     is none
 * @param problems errors and warnings in the order of the text
 */
public record TextPreview(
    @ShownAs(schema = "DefinitionWorkflow") @Nullable Map<String, Object> workflow,
    @Nullable String yaml,
    List<TextProblem> problems) {
  public TextPreview {
    problems = List.copyOf(problems);
  }
}

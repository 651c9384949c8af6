package org.maestro.engine.api.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.model.document.ShownAs;

/**
 * What would come of a text that somebody is still writing.
 *
 * @param workflow the definition as it would be stored; null while the text is none
 * @param yaml the version that a push would make, written as versions are read; null while the text
 *     is none
 * @param problems errors and warnings in the order of the text
 */
record TextPreview(
    @ShownAs(schema = "DefinitionWorkflow") @Nullable Map<String, Object> workflow,
    @Nullable String yaml,
    List<TextProblems.Entry> problems) {
  TextPreview {
    problems = List.copyOf(problems);
  }

  static List<TextProblems.Entry> entries(List<SourceProblem> problems) {
    return problems.stream().map(TextProblems.Entry::of).toList();
  }
}

package org.maestro.dsl;

import java.util.List;
import org.maestro.model.definition.DefinitionProblem;

/** What came of reading a document: its content, or everything that is wrong with it. */
public sealed interface Read<T> {

  /** The document keeps all rules. */
  record Ok<T>(T value) implements Read<T> {}

  /** At least one problem, in the order of reading. */
  record Bad<T>(List<DefinitionProblem> problems) implements Read<T> {
    public Bad {
      problems = List.copyOf(problems);
    }
  }
}

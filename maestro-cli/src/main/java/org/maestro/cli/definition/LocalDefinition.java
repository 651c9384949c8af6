package org.maestro.cli.definition;

import java.util.List;
import java.util.Map;
import org.maestro.dsl.yaml.Reading;
import org.maestro.dsl.yaml.Severity;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.PushRequest;

/**
 * A definition in a local file, good or not.
 *
 * @param file as the user named it; {@code -} is standard input
 */
public record LocalDefinition(String file, Reading reading) {

  /** Whether it may be used; warnings don't hinder that. */
  public boolean isGood() {
    return reading.isGood();
  }

  /** The definition; only of a good one. */
  public PushRequest push() {
    return reading.push();
  }

  /** The id of its workflow; only of a good one. */
  public String workflowId() {
    return push().workflow().id();
  }

  /** The body of a push; only of a good one. */
  public Map<String, Object> body() {
    return reading.body();
  }

  /** Errors and warnings in the order of the text. */
  public List<SourceProblem> problems() {
    return reading.problems();
  }

  /** What the server found, at its places in the text. */
  public List<SourceProblem> located(List<DefinitionProblem> found) {
    return reading.located(found);
  }

  /**
   * What the server has accepted and warns of, at its places in the text; without what the text
   * alone says already.
   */
  public List<SourceProblem> warned(List<DefinitionProblem> found) {
    return reading.warned(found);
  }

  /** Problems without warnings. */
  public static long errors(List<SourceProblem> problems) {
    return problems.stream().filter(problem -> problem.severity() == Severity.ERROR).count();
  }
}

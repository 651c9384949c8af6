package org.maestro.engine.api.definition;

import java.util.List;
import java.util.Locale;
import org.maestro.dsl.yaml.Reading;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.model.definition.TextProblem;
import org.maestro.service.problem.ApiException;

/**
 * The body of an error about a definition that was sent as text: that of every other error, with
 * lines and columns.
 *
 * @param errors one line per problem, as in the standard
 * @param problems the same, each with its place in the text
 * @param rendered all of them as people read them, with the lines that they are about
 */
record TextProblems(
    String type,
    String title,
    String status,
    String code,
    String detail,
    String message,
    List<String> errors,
    List<TextProblem> problems,
    String rendered) {

  TextProblems {
    errors = List.copyOf(errors);
    problems = List.copyOf(problems);
  }

  /** A definition that breaks rules, which its text shows at their places. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ApiException reason;
    private final transient List<SourceProblem> places;

    Refused(ApiException reason, List<SourceProblem> places) {
      super(reason.getMessage(), null, false, false);
      this.reason = reason;
      this.places = List.copyOf(places);
    }

    int httpStatus() {
      return reason.kind().httpStatus();
    }

    TextProblems body() {
      return new TextProblems(
          "urn:maestro:problem:" + reason.code(),
          reason.kind().title(),
          reason.kind().name(),
          reason.code(),
          reason.detail(),
          reason.detail(),
          places.stream().map(SourceProblem::oneLine).toList(),
          of(places),
          Reading.rendered(places));
    }
  }

  static List<TextProblem> of(List<SourceProblem> problems) {
    return problems.stream().map(TextProblems::of).toList();
  }

  private static TextProblem of(SourceProblem problem) {
    return new TextProblem(
        problem.code().id(),
        problem.severity().name().toLowerCase(Locale.ROOT),
        problem.message(),
        problem.file(),
        problem.line(),
        problem.column(),
        problem.endLine(),
        problem.endColumn(),
        problem.jsonPointer(),
        problem.suggestion());
  }

  /** The text itself is refused, by the rules that need nothing else. */
  static Refused refused(Reading reading) {
    var errors = reading.problems();
    return new Refused(
        ApiException.badRequest(
            "invalid-definition",
            errors.size() == 1
                ? errors.getFirst().oneLine()
                : "%d problems in the definition".formatted(errors.size())),
        errors);
  }

  /** What the definition means is refused. */
  static Refused refused(Reading reading, ApiException reason) {
    return new Refused(reason, reading.located(reason.problems()));
  }
}

package org.maestro.engine.api.definition;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.yaml.Reading;
import org.maestro.dsl.yaml.SourceProblem;
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
    List<Entry> problems,
    String rendered) {

  /**
   * One problem. Lines and columns count from 1, columns in UTF-16 units; the end is behind the
   * last character.
   *
   * @param code such as {@code E0203}; never changes its meaning
   * @param severity error or warning
   * @param pointer RFC 6901 pointer into the text's own tree
   */
  record Entry(
      String code,
      String severity,
      String message,
      String file,
      int line,
      int column,
      int endLine,
      int endColumn,
      String pointer,
      @Nullable String suggestion) {

    static Entry of(SourceProblem problem) {
      return new Entry(
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
  }

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
          places.stream().map(Entry::of).toList(),
          Reading.rendered(places));
    }
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

package org.maestro.dsl.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;
import org.maestro.dsl.yaml.Node.Scalar;

/** Collects what is wrong with one text. */
final class SourceProblems {
  private static final int MOST = 200;

  private final SourceText source;
  private final List<Found> found = new ArrayList<>();

  private record Found(ProblemCode code, Span span, String message, @Nullable String suggestion) {}

  SourceProblems(SourceText source) {
    this.source = source;
  }

  /** The same problems, to add others to. */
  SourceProblems copy() {
    var copy = new SourceProblems(source);
    copy.found.addAll(found);
    return copy;
  }

  SourceText source() {
    return source;
  }

  void add(ProblemCode code, Span span, String message) {
    add(code, span, message, null);
  }

  void add(ProblemCode code, Span span, String message, @Nullable String suggestion) {
    if (found.size() < MOST) {
      found.add(new Found(code, span, message, suggestion));
    }
  }

  boolean hasErrors() {
    return found.stream().anyMatch(problem -> !problem.code.isWarning());
  }

  /**
   * All of them in the order of the text, each once.
   *
   * @param root the text's tree, for pointers; null if there is none
   */
  List<SourceProblem> inOrder(@Nullable Node root) {
    return found.stream()
        .distinct()
        .sorted(
            Comparator.comparingInt((Found problem) -> problem.span.start())
                .thenComparing(Found::code))
        .map(problem -> located(problem, root))
        .toList();
  }

  private SourceProblem located(Found problem, @Nullable Node root) {
    var length = source.text().length();
    var start = Math.min(problem.span.start(), length);
    var end = Math.min(problem.span.end(), length);
    var line = source.line(start);
    return new SourceProblem(
        problem.code.isWarning() ? Severity.WARNING : Severity.ERROR,
        problem.code,
        problem.message,
        source.file(),
        line,
        source.column(start),
        source.line(end),
        source.column(end),
        root == null ? "" : Places.pointerAt(root, start),
        problem.suggestion,
        source.lineText(line));
  }

  /** Reports a field that an object doesn't have. */
  void unknownField(Scalar key, Set<String> known, String what) {
    var meant = YamlFields.meant(key.text(), known);
    add(
        ProblemCode.UNKNOWN_FIELD,
        key.span(),
        "unknown field '"
            + Words.shortened(key.text())
            + "' in "
            + what
            + (meant == null ? "; use one of " + String.join(", ", known) : ""),
        meant);
  }
}

package org.maestro.dsl.yaml;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.Finding;
import org.maestro.dsl.ProblemCode;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.PushRequest;

/** What came of reading one definition from a text. */
public final class Reading {
  private static final Pattern PLACE_IN_TEXT = Pattern.compile(" \\(line [0-9]+:[0-9]+\\)");

  private final SourceText source;
  private final @Nullable Node root;
  private final @Nullable Node canonical;
  private final @Nullable PushRequest push;
  private final List<SourceProblem> problems;

  Reading(
      SourceText source,
      @Nullable Node root,
      @Nullable Node canonical,
      @Nullable PushRequest push,
      List<SourceProblem> problems) {
    this.source = source;
    this.root = root;
    this.canonical = canonical;
    this.push = push;
    this.problems = List.copyOf(problems);
  }

  /** Whether there is a definition; warnings don't hinder that. */
  public boolean isGood() {
    return push != null;
  }

  /**
   * The definition.
   *
   * @throws IllegalStateException if there are errors
   */
  public PushRequest push() {
    if (push == null) {
      throw new IllegalStateException("not a definition:\n" + rendered());
    }
    return push;
  }

  /**
   * The definition as the body of a push.
   *
   * @throws IllegalStateException if there are errors
   */
  public Map<String, Object> body() {
    return CanonicalJson.tree(push());
  }

  /**
   * The same as text, see {@link CanonicalJson}.
   *
   * @throws IllegalStateException if there are errors
   */
  public String json() {
    return CanonicalJson.text(push());
  }

  /** Errors and warnings in the order of the text. */
  public List<SourceProblem> problems() {
    return problems;
  }

  /** All problems as people read them, a blank line between them; empty if there are none. */
  public String rendered() {
    return rendered(problems);
  }

  /** Problems as people read them, a blank line between them. */
  public static String rendered(List<SourceProblem> problems) {
    return problems.stream().map(SourceProblem::render).collect(Collectors.joining("\n\n"));
  }

  /**
   * Puts problems at their places that somebody else, such as the server, found in the body of the
   * push.
   */
  public List<SourceProblem> located(List<DefinitionProblem> found) {
    return located(found, ProblemCode.VALUE);
  }

  /**
   * Puts warnings at their places that somebody else, such as the server, has of the body of the
   * push; without those that the text alone gives reason for, which are among {@link #problems}.
   */
  public List<SourceProblem> warned(List<DefinitionProblem> found) {
    return located(found, ProblemCode.CANNOT_RUN).stream()
        .filter(warning -> problems.stream().noneMatch(known -> isSame(known, warning)))
        .toList();
  }

  private static boolean isSame(SourceProblem one, SourceProblem other) {
    return one.line() == other.line()
        && one.column() == other.column()
        && one.message().equals(other.message());
  }

  private List<SourceProblem> located(List<DefinitionProblem> found, ProblemCode otherwise) {
    var located = new SourceProblems(source);
    for (var problem : found) {
      var offset = problem.offset();
      Definitions.locate(
          new Finding(
              ProblemCode.of(problem.code(), otherwise),
              problem.pointer(),
              offset == null ? problem.message() : withoutPlace(problem.message()),
              problem.suggestion(),
              offset == null ? -1 : offset),
          canonical,
          located);
    }
    return located.inOrder(root);
  }

  /** The place inside a text is shown in the file. */
  private static String withoutPlace(String message) {
    return PLACE_IN_TEXT.matcher(message).replaceFirst("");
  }
}

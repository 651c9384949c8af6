package org.maestro.sel;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an expression, and where: bad syntax, a type that doesn't fit, an unknown
 * name, an exhausted limit, or the text of a {@code throw} statement.
 *
 * <p>It describes the author's text, not our code, so it carries no stack trace.
 */
public final class SelException extends RuntimeException {
  /** Problems are stored and shown; some quote what they are about. */
  private static final int LONGEST = 1_000;

  private final String problem;
  private final @Nullable String suggestion;
  private final @Nullable String source;
  private final int offset;
  private final boolean isUnknownName;

  /** A problem whose place isn't known yet; the interpreter adds the place it was evaluating. */
  public SelException(String problem) {
    this(problem, null);
  }

  /** As above, with what to do about it. */
  public SelException(String problem, @Nullable String suggestion) {
    this(problem, suggestion, null, -1, false);
  }

  private SelException(
      String problem,
      @Nullable String suggestion,
      @Nullable String source,
      int offset,
      boolean isUnknownName) {
    super(null, null, false, false);
    this.problem = problem.length() > LONGEST ? problem.substring(0, LONGEST) + "…" : problem;
    this.suggestion = suggestion;
    this.source = source;
    this.offset = offset;
    this.isUnknownName = isUnknownName;
  }

  /** The problem that nothing has this name. */
  public static SelException unknownName(String problem, @Nullable String suggestion) {
    return new SelException(problem, suggestion, null, -1, true);
  }

  /** The same problem at a place in a source text, unless it has a place already. */
  public SelException at(String source, int offset) {
    return this.source != null
        ? this
        : new SelException(problem, suggestion, source, offset, isUnknownName);
  }

  /** What was expected and what was found, without the place. */
  public String problem() {
    return problem;
  }

  /** What to do about it, if there is something to say. */
  public @Nullable String suggestion() {
    return suggestion;
  }

  /** Characters before the place in the source, or -1 if the place isn't known. */
  public int offset() {
    return offset;
  }

  /** The same in a text, or -1 if the place isn't in it. */
  public int offsetIn(@Nullable Object text) {
    return source != null && source.equals(text) ? offset : -1;
  }

  /** Whether it is about a name that nothing has. */
  public boolean isUnknownName() {
    return isUnknownName;
  }

  /** The line, from 1, or 0 if the place isn't known. */
  public int line() {
    return source == null
        ? 0
        : 1 + (int) source.chars().limit(offset).filter(c -> c == '\n').count();
  }

  /** The column, from 1, or 0 if the place isn't known. */
  public int column() {
    return source == null ? 0 : offset - lineStart(source);
  }

  /** The problem, its place and the suggestion in one line. */
  @Override
  public String getMessage() {
    var place = source == null ? "" : " (line " + line() + ":" + column() + ")";
    return problem + place + (suggestion == null ? "" : "; " + suggestion);
  }

  /** The problem, the source line with a caret under the place, and the suggestion. */
  public String render() {
    if (source == null) {
      return getMessage();
    }
    var start = lineStart(source) + 1;
    var end = source.indexOf('\n', start);
    var line = source.substring(start, end < 0 ? source.length() : end);
    var caret = new StringBuilder();
    for (var i = 0; i < offset - start; i++) {
      caret.append(line.charAt(i) == '\t' ? '\t' : ' ');
    }
    return problem
        + " (line "
        + line()
        + ":"
        + column()
        + ")\n  "
        + line.stripTrailing()
        + "\n  "
        + caret
        + "^"
        + (suggestion == null ? "" : "\n" + suggestion);
  }

  /** The index of the line break before the place; -1 on the first line. */
  private int lineStart(String text) {
    return offset == 0 ? -1 : text.lastIndexOf('\n', offset - 1);
  }
}

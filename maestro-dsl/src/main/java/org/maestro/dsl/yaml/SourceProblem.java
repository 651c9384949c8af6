package org.maestro.dsl.yaml;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.ProblemCode;

/**
 * One thing that is wrong with a text, and where. Lines and columns count from 1, columns in UTF-16
 * units; the end is behind the last character.
 *
 * @param message what was expected, what was found, what to do; without the place
 * @param jsonPointer RFC 6901 pointer into the text's own tree
 * @param suggestion the spelling that was probably meant
 * @param sourceLine the text of {@code line}
 */
public record SourceProblem(
    Severity severity,
    ProblemCode code,
    String message,
    String file,
    int line,
    int column,
    int endLine,
    int endColumn,
    String jsonPointer,
    @Nullable String suggestion,
    String sourceLine) {

  /** Such as {@code workflow.yaml:14:9: unknown field "transitions"}. */
  public String oneLine() {
    return file + ":" + line + ":" + column + ": " + message + hint("; ");
  }

  /**
   * The problem as people read it: code, place, message, the source line with its place underlined,
   * and where to read more. Ends without a line break.
   */
  public String render() {
    var number = "%5d".formatted(line);
    var gutter = " ".repeat(number.length());
    var shown = sourceLine.replace('\t', ' ').stripTrailing();
    var length = endLine == line ? endColumn - column : shown.length() - column + 1;
    return (severity == Severity.ERROR ? "error[" : "warning[")
        + code.id()
        + "] "
        + file
        + ":"
        + line
        + ":"
        + column
        + ": "
        + message
        + "\n"
        + number
        + " | "
        + shown
        + "\n"
        + gutter
        + " | "
        + " ".repeat(column - 1)
        + "^".repeat(Math.max(1, Math.min(length, Math.max(1, shown.length() - column + 1))))
        + hint(" ")
        + "\n"
        + "   = help: docs/yaml.md#"
        + code.id().toLowerCase(Locale.ROOT)
        + " ("
        + code.meaning()
        + ")";
  }

  private String hint(String before) {
    return suggestion == null ? "" : before + "did you mean '" + suggestion + "'?";
  }
}

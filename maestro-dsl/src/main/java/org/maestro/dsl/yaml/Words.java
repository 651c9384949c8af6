package org.maestro.dsl.yaml;

import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Words about broken text. */
final class Words {
  private static final int LONGEST = 60;

  private Words() {}

  /** One line, not too long. */
  static String shortened(String text) {
    var line = text.replace("\n", "\\n").replace("\r", "\\r");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** What the parser ran into, and what to do about it. */
  static String syntax(String problem, char found, MarkedYAMLException e) {
    if (found == '@' || found == '`' || found == '%') {
      return "expected a value, found " + found + ", which can't start one; put the text in quotes";
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "expected the end of a value, found ': '; put text with ': ' in quotes, or check the"
          + " indentation";
    }
    var context = e.getContext() == null ? "" : e.getContext();
    var begun =
        e.getContextMark() == null || context.isEmpty()
            ? ""
            : " (" + context + " from line " + (e.getContextMark().getLine() + 1) + ")";
    if (problem.contains("expected <block end>")) {
      return "expected the next field or item at the same depth as the ones before, found "
          + (found == '\0' || found == '\n' ? "the end of the line" : "'" + found + "'")
          + begun
          + "; check the indentation";
    }
    if (problem.startsWith("expected ',' or")) {
      return problem.substring(0, "expected ',' or '}'".length())
          + (found == '\0' || found == '\n' ? "" : ", found '" + found + "'")
          + begun
          + "; put text with any of , [ ] { } in quotes";
    }
    return problem.replace("<", "").replace(">", "") + begun;
  }
}

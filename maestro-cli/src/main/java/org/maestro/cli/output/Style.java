package org.maestro.cli.output;

/**
 * Colours and weights of text. A status is always a word too, so nothing is lost without colours.
 */
public enum Style {
  PLAIN(false),
  COLOURED(true);

  private final boolean coloured;

  Style(boolean coloured) {
    this.coloured = coloured;
  }

  public String bold(String text) {
    return sgr("1", text);
  }

  public String dim(String text) {
    return sgr("2", text);
  }

  public String red(String text) {
    return sgr("31", text);
  }

  public String green(String text) {
    return sgr("32", text);
  }

  public String yellow(String text) {
    return sgr("33", text);
  }

  public String cyan(String text) {
    return sgr("36", text);
  }

  /** The status of a run or a step, in the colour of what it means for its owner. */
  public String status(String status) {
    return status(status, status);
  }

  /** Any text in the colour of a status. */
  public String status(String status, String text) {
    return switch (status) {
      case "SUCCEEDED" -> green(text);
      case "FAILED",
          "TIMED_OUT",
          "USER_FAILED",
          "PLATFORM_FAILED",
          "TIMEOUT_FAILED",
          "FATALLY_FAILED",
          "INTERNALLY_FAILED" ->
          red(text);
      case "STOPPED", "COMPLETED_WITH_ERROR", "PAUSED" -> yellow(text);
      case "IN_PROGRESS", "RUNNING", "STARTING", "FINISHING" -> cyan(text);
      case "NOT_CREATED", "UNSATISFIED", "SKIPPED", "DISABLED" -> dim(text);
      default -> text;
    };
  }

  private String sgr(String code, String text) {
    return coloured && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /**
   * Text from outside on one line, without anything that would move the cursor, change colours or
   * the window's title.
   */
  public static String harmless(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\n' || c == '\r' || c == '\t') {
            clean.append(' ');
          } else if (Character.isISOControl(c) || isBidiControl(c)) {
            clean.append('\uFFFD');
          } else {
            clean.appendCodePoint(c);
          }
        });
    return clean.toString();
  }

  /** Characters that make text look different from what it is. */
  private static boolean isBidiControl(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}

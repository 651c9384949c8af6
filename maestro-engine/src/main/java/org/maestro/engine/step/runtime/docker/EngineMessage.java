package org.maestro.engine.step.runtime.docker;

import java.util.regex.Pattern;

/** What an engine of containers says when it refuses, made readable. */
final class EngineMessage {
  private static final Pattern STATUS = Pattern.compile("^Status \\d+: ");
  private static final Pattern JSON =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final int LONGEST = 600;

  private EngineMessage() {}

  static String plain(String text) {
    var bare = STATUS.matcher(text.strip()).replaceFirst("");
    var found = JSON.matcher(bare);
    var said = found.find() ? found.group(1).replaceAll("\\\\([\"\\\\/])", "$1") : bare;
    var line = said.replace("\\n", " ").replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** Whether the image has no such program, of which the job is told as a shell would. */
  static boolean isMissingProgram(String text) {
    return text.contains("executable file not found")
        || (text.contains("exec: ") && text.contains("no such file or directory"));
  }

  /** Whether the program can't be executed. */
  static boolean isNoProgram(String text) {
    return (text.contains("exec: ") && text.contains("permission denied"))
        || text.contains("exec format error");
  }
}

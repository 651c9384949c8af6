package org.maestro.cli.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server speaks to programs: it names the fields of its API. This says the same in the words of
 * the command line, where it has others.
 */
final class CommandWords {
  private static final Map<String, String> WORDS = words();

  private static final Map<String, String> PLACES =
      Map.of(
          "run_params", "-p",
          "step_run_params", "-p",
          "request_id", "--request-id",
          "restart_policy", "--from",
          "upstream_restart_mode", "--above",
          "version", "--version",
          "cron", "--cron",
          "timezone", "--zone",
          "payload", "--payload");

  private CommandWords() {}

  private static Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    words.put(
        "restart its run with RESTART_FROM_INCOMPLETE to run what did not succeed",
        "maestro restart, with the name of the run's instance, runs again what did not succeed");
    words.put("upstream_restart_mode RESTART_FROM_INLINE_ROOT", "--above loops");
    words.put("upstream_restart_mode RESTART_FROM_STEP", "--above none");
    words.put("upstream_restart_mode", "--above");
    words.put("RESTART_FROM_INCOMPLETE", "--from incomplete");
    words.put("RESTART_FROM_BEGINNING", "--from beginning");
    words.put("run_params", "-p");
    words.put("request_id", "--request-id");
    words.put("restart_policy", "--from");
    return words;
  }

  /** A message in those words. */
  static String of(String message) {
    var said = message;
    for (var word : WORDS.entrySet()) {
      said = said.replace(word.getKey(), word.getValue());
    }
    return said;
  }

  /** Where in a request something is, as an option where there is one; empty for all of it. */
  static String place(String pointer) {
    if (pointer.isEmpty()) {
      return "";
    }
    var parts = pointer.substring(1).split("/", -1);
    var option = PLACES.get(parts[0]);
    if (option == null) {
      return pointer + ": ";
    }
    return option + (parts.length > 1 ? " " + parts[1] : "") + ": ";
  }
}

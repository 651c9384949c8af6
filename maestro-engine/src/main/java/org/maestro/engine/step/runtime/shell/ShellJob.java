package org.maestro.engine.step.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.model.document.Limit;
import org.maestro.sel.Decimals;

/**
 * What a Shell step asks for, checked.
 *
 * @param script its text; empty if the step has a {@code command}
 * @param command the arguments to execute; empty if the step has a {@code script}
 * @param environment what the step adds to the environment
 */
record ShellJob(Optional<String> script, List<String> command, Map<String, String> environment) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  // Linux refuses a single argument or variable of 128 KiB.
  @Limit(value = "one argument or variable of a job", unit = "bytes")
  private static final int LONGEST_ARGUMENT = 120_000;

  @Limit(value = "all arguments and variables of a job together", unit = "bytes")
  private static final int LONGEST_SUM = 1_000_000;

  /**
   * Reads a step's parameters.
   *
   * @throws InvalidJobException saying what was expected and what was found
   */
  static ShellJob of(Launch launch) {
    var script = launch.params().get(ShellParam.SCRIPT.label());
    var command = launch.params().get(ShellParam.COMMAND.label());
    if ((script == null) == (command == null)) {
      throw new InvalidJobException(
          "expected either the parameter \"script\" (STRING) or \"command\" (STRING_ARRAY), found "
              + (script == null ? "neither" : "both"));
    }
    var job =
        new ShellJob(
            Optional.ofNullable(script).map(ShellJob::text),
            command == null ? List.of() : readCommand(command),
            readEnvironment(launch.params().get(ShellParam.ENV.label())));
    job.refuseWhatNoProcessCanTake();
    return job;
  }

  private static String text(Object script) {
    if (!(script instanceof String text)) {
      throw new InvalidJobException("expected the parameter \"script\" to be a STRING");
    }
    return text;
  }

  private static List<String> readCommand(Object value) {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw new InvalidJobException(
          "expected the parameter \"command\" to be a STRING_ARRAY with at least one element");
    }
    return list.stream().map(ShellJob::word).toList();
  }

  private static Map<String, String> readEnvironment(@Nullable Object value) {
    var environment = new LinkedHashMap<String, String>();
    if (value == null) {
      return environment;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidJobException("expected the parameter \"env\" to be a STRING_MAP");
    }
    map.forEach((key, content) -> {
      var name = String.valueOf(key);
      if (!NAME.matcher(name).matches()) {
        throw new InvalidJobException(
            "env: expected a name of letters, digits and _, found \"" + name + "\"");
      }
      if (name.toUpperCase(Locale.ROOT).startsWith("MAESTRO_")) {
        throw new InvalidJobException(
            "env: names that begin with MAESTRO_ are the system's, found \"" + name + "\"");
      }
      environment.put(name, word(content));
    });
    return environment;
  }

  private static String word(Object value) {
    return value instanceof Number number ? Decimals.text(number) : String.valueOf(value);
  }

  private void refuseWhatNoProcessCanTake() {
    var sum = 0;
    for (var text : concat()) {
      var length = text.getBytes(UTF_8).length;
      sum += length;
      if (text.indexOf('\0') >= 0) {
        throw new InvalidJobException("command and env can't hold the character NUL");
      }
      if (length > LONGEST_ARGUMENT || sum > LONGEST_SUM) {
        throw new InvalidJobException(
            "command and env are too long for a process: at most %,d bytes each and %,d together;"
                    .formatted(LONGEST_ARGUMENT, LONGEST_SUM)
                + " put long texts in the script");
      }
    }
  }

  private List<String> concat() {
    return Stream.of(command.stream(), environment.keySet().stream(), environment.values().stream())
        .flatMap(texts -> texts)
        .toList();
  }

  /** The arguments to execute. */
  List<String> arguments(AttemptFolder folder, ShellSettings settings) {
    if (script.isEmpty()) {
      return command;
    }
    var file = folder.script().toString();
    return script.get().startsWith("#!") ? List.of(file) : List.of(settings.shell(), file);
  }

  /** The step asks for something that can't be run, whoever repeats it. */
  static final class InvalidJobException extends RuntimeException {
    InvalidJobException(String message) {
      super(message, null, false, false);
    }
  }
}

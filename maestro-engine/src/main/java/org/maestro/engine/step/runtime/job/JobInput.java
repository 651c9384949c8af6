package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.model.document.Limit;
import org.maestro.sel.Decimals;

/** Arguments and environment of a job, read from a step's parameters and checked. */
public final class JobInput {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  // Linux refuses a single argument or variable of 128 KiB.
  @Limit(value = "one argument or variable of a job", unit = "bytes")
  private static final int LONGEST_ARGUMENT = 120_000;

  @Limit(value = "all arguments and variables of a job together", unit = "bytes")
  private static final int LONGEST_SUM = 1_000_000;

  private JobInput() {}

  /**
   * A program and its arguments.
   *
   * @throws InvalidJobException if it is something else
   */
  public static List<String> words(String name, Object value) {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw new InvalidJobException(
          "expected the parameter \"%s\" to be a STRING_ARRAY with at least one element"
              .formatted(name));
    }
    return list.stream().map(JobInput::word).toList();
  }

  /**
   * What is added to the environment; empty if there is nothing.
   *
   * @throws InvalidJobException if a name isn't one of a variable, or one of the system's
   */
  public static Map<String, String> environment(String parameter, @Nullable Object value) {
    var environment = new LinkedHashMap<String, String>();
    if (value == null) {
      return environment;
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new InvalidJobException(
          "expected the parameter \"%s\" to be a STRING_MAP".formatted(parameter));
    }
    map.forEach((key, content) -> {
      var name = String.valueOf(key);
      if (!NAME.matcher(name).matches()) {
        throw new InvalidJobException(
            "%s: expected a name of letters, digits and _, found \"%s\""
                .formatted(parameter, name));
      }
      if (name.toUpperCase(Locale.ROOT).startsWith("MAESTRO_")) {
        throw new InvalidJobException(
            "%s: names that begin with MAESTRO_ are the system's, found \"%s\""
                .formatted(parameter, name));
      }
      environment.put(name, word(content));
    });
    return environment;
  }

  /** As a process gets it. */
  public static String word(Object value) {
    return value instanceof Number number ? Decimals.text(number) : String.valueOf(value);
  }

  /** Says so before the operating system does, in a worse way. */
  public static void refuseWhatNoProcessCanTake(
      List<String> command, Map<String, String> environment) {
    var sum = 0;
    for (var text : concat(command, environment)) {
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

  private static List<String> concat(List<String> command, Map<String, String> environment) {
    return Stream.of(command.stream(), environment.keySet().stream(), environment.values().stream())
        .flatMap(texts -> texts)
        .toList();
  }
}

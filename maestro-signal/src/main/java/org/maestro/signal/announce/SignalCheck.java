package org.maestro.signal.announce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.document.Limit;
import org.maestro.sel.Decimals;

/** What an announced signal may be. Finds everything that is wrong, not only the first. */
public final class SignalCheck {
  /** The longest name, in characters; as in definitions. */
  @Limit(value = "a signal's name", unit = "characters")
  public static final int LONGEST_NAME = 512;

  static final int LONGEST_REQUEST_ID = 512;

  @Limit("parameters of a signal")
  static final int MOST_PARAMS = 64;

  static final int LONGEST_PARAM_NAME = 256;

  @Limit(value = "a text parameter of a signal", unit = "characters")
  static final int LONGEST_TEXT = 4_096;

  /** The longest payload, in characters of JSON. */
  @Limit(value = "a signal's payload", unit = "characters")
  static final int LONGEST_PAYLOAD = 262_144;

  private final List<DefinitionProblem> problems = new ArrayList<>();

  /** What was found; nothing if the signal may be announced. */
  public static List<DefinitionProblem> problems(
      @Nullable Object name, @Nullable Object requestId, @Nullable Object params) {
    var check = new SignalCheck();
    check.text("/name", name, LONGEST_NAME);
    if (requestId != null) {
      check.text("/request_id", requestId, LONGEST_REQUEST_ID);
    }
    if (params != null) {
      check.checkParams(params);
    }
    return List.copyOf(check.problems);
  }

  /** What is wrong with a payload's JSON. */
  static List<DefinitionProblem> payloadProblems(@Nullable String json) {
    var check = new SignalCheck();
    if (json != null && json.length() > LONGEST_PAYLOAD) {
      check.report(
          "/payload",
          "expected at most %d characters of JSON, found %d; store it elsewhere and send its place"
              .formatted(LONGEST_PAYLOAD, json.length()));
    } else if (json != null && !isStorable(json)) {
      check.report("/payload", "expected text without halves of surrogate pairs");
    }
    return List.copyOf(check.problems);
  }

  /** Checked parameters, as they are kept: 5.0 is 5, whichever way it came. */
  public static Map<String, Object> params(@Nullable Object checked) {
    var params = new LinkedHashMap<String, Object>();
    if (checked instanceof Map<?, ?> map) {
      map.forEach((name, value) ->
          params.put(
              (String) name,
              value instanceof Number number
                  ? Objects.requireNonNull(Decimals.whole(number))
                  : value));
    }
    return params;
  }

  private void checkParams(Object tree) {
    if (!(tree instanceof Map<?, ?> params)) {
      report("/params", "expected an object, found " + describe(tree));
      return;
    }
    if (params.size() > MOST_PARAMS) {
      report(
          "/params",
          "expected at most %d parameters, found %d; put the rest into the payload"
              .formatted(MOST_PARAMS, params.size()));
    }
    params.forEach((key, value) -> {
      var name = String.valueOf(key);
      var at = "/params/" + shortened(name).replace("~", "~0").replace("/", "~1");
      if (name.isBlank() || name.length() > LONGEST_PARAM_NAME || !isStorable(name)) {
        report(
            at,
            "expected a name of 1 to %d characters, found %d"
                .formatted(LONGEST_PARAM_NAME, name.length()));
      }
      value(at, value);
    });
  }

  private void value(String at, @Nullable Object value) {
    switch (value) {
      case Number number when Decimals.whole(number) != null -> {}
      case String text when text.length() > LONGEST_TEXT ->
          report(
              at,
              "expected at most %d characters, found %d; put it into the payload"
                  .formatted(LONGEST_TEXT, text.length()));
      case String text when !isStorable(text) ->
          report(at, "expected text without NUL and halves of surrogate pairs");
      case String _ -> {}
      case null, default ->
          report(at, "expected a string or a 64-bit integer, found " + describe(value));
    }
  }

  private void text(String at, @Nullable Object value, int longest) {
    if (!(value instanceof String text)) {
      report(at, "expected a string, found " + describe(value));
    } else if (text.isBlank() || text.length() > longest) {
      report(
          at,
          "expected 1 to %d characters, not all blank, found %d".formatted(longest, text.length()));
    } else if (!isStorable(text)) {
      report(at, "expected text without NUL and halves of surrogate pairs");
    }
  }

  private void report(String pointer, String message) {
    problems.add(new DefinitionProblem(pointer, message, null));
  }

  /** Databases store neither. */
  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0
        && text.codePoints()
            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static String shortened(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }

  private static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case Map<?, ?> _ -> "an object";
      case List<?> _ -> "an array";
      case Boolean truth -> truth.toString();
      case String text -> "\"" + shortened(text) + "\"";
      case Number number -> shortened(Decimals.text(number));
      default -> shortened(value.toString());
    };
  }
}

package org.maestro.dsl;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;
import org.maestro.model.param.SecretReference;

/** Where a definition may name secrets, and how: found before the step that needs one runs. */
final class SecretRules {
  /** By type of step: where a name is replaced by its secret. */
  private static final Map<StepType, List<String>> PLACES =
      Map.of(
          StepType.SHELL, List.of("env"),
          StepType.NOTEBOOK, List.of("env"),
          StepType.PYTHON, List.of("env"),
          StepType.DOCKER, List.of("docker.env"),
          StepType.KUBERNETES, List.of("kubernetes.env"),
          StepType.TITUS, List.of("titus.env", "kubernetes.env"),
          StepType.HTTP, List.of("http.headers", "http.body"));

  /** A dollar sign that brings in a parameter. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?<!\\$)(?:\\$\\$)*\\$(?:[A-Za-z]|\\{[A-Za-z])");

  private SecretRules() {}

  /** Looks at the parameters of a step, or of the workflow if there is no type. */
  static void check(Map<String, Param> params, Place place, @Nullable StepType type) {
    var places = type == null ? List.<String>of() : PLACES.getOrDefault(type, List.of());
    params.forEach((name, param) -> check(param, place.child(name), name, places));
  }

  private static void check(
      @Nullable Object written, Place place, String where, List<String> places) {
    switch (written) {
      case Param param -> {
        check(param.value(), place.child("value"), where, places);
        if (param.expression() != null && SecretReference.isIn(param.expression())) {
          place
              .child("expression")
              .report(
                  ProblemCode.SECRET,
                  "expected no secret in an expression, which would store it; name it as a literal"
                      + because(places));
        }
      }
      case String text when SecretReference.isIn(text) -> check(text, place, where, places);
      case List<?> list -> {
        for (var i = 0; i < list.size(); i++) {
          check(list.get(i), place.child(i), where + "." + i, places);
        }
      }
      case Map<?, ?> map ->
          map.forEach((key, one) ->
              check(one, place.child(String.valueOf(key)), where + "." + key, places));
      case null, default -> {
        // holds no text
      }
    }
  }

  private static void check(String text, Place place, String where, List<String> places) {
    if (!SecretReference.areWellFormed(text)) {
      place.report(
          ProblemCode.SECRET,
          "expected a secret as ${secret://scope/name}, the scope of a-z, 0-9 and -, the name of"
              + " letters, digits, . _ - and /; found "
              + Found.quote(text));
    } else if (places.stream().noneMatch(one -> where.startsWith(one + "."))
        && !places.contains(where)) {
      place.report(
          ProblemCode.SECRET,
          "expected no secret here, where it would be stored" + because(places));
    } else if (PARAMETER.matcher(SecretReference.matcher(text).replaceAll("")).find()) {
      place.report(
          ProblemCode.SECRET,
          "expected a text with a secret to hold no parameter, so that nobody can hand in the name"
              + " of another; put the parameter into a variable or header of its own");
    }
  }

  private static String because(List<String> places) {
    return places.isEmpty()
        ? "; Shell and Docker steps take secrets in env, Http steps in headers and body"
        : "; this type of step takes secrets in " + String.join(", ", places);
  }
}

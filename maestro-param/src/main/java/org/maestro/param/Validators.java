package org.maestro.param;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * The rules that an evaluated param must meet: a SEL boolean over {@code param}, or a constraint in
 * the manner of Bean Validation such as {@code @NotEmpty} or {@code @Size(min = 1, max = 5)}.
 * Constraints that aren't known hold.
 */
final class Validators {
  private static final Pattern CONSTRAINT =
      Pattern.compile("@([A-Za-z.]+)\\s*(?:\\(([^)]*)\\))?\\s*");
  private static final Pattern ARGUMENT =
      Pattern.compile("(?:(\\w+)\\s*=\\s*)?\"?(-?[0-9]+(?:\\.[0-9]+)?)L?\"?");

  private static final Pattern SIZE =
      Pattern.compile("\\bparam\\s*\\.\\s*(?:size|length)\\s*\\(\\s*\\)");
  private static final Pattern IS_EMPTY =
      Pattern.compile("\\bparam\\s*\\.\\s*isEmpty\\s*\\(\\s*\\)");

  private Validators() {}

  /** Validators treat arrays as lists; the language gives them only {@code length}. */
  static String forArrays(String validator) {
    var sized = SIZE.matcher(validator).replaceAll("param.length");
    return IS_EMPTY.matcher(sized).replaceAll("(param.length == 0)");
  }

  /**
   * Does nothing if the result is as the validator wants it.
   *
   * @param expression decides a SEL validator
   * @throws IllegalArgumentException if it is not
   */
  static void check(String validator, Object result, BiPredicate<String, Object> expression) {
    var holds =
        validator.stripLeading().startsWith("@")
            ? constraints(validator, result)
            : expression.test(validator, result);
    if (!holds) {
      throw new IllegalArgumentException(
          "expected a value that meets the validator " + validator + ", found " + shown(result));
    }
  }

  private static String shown(Object result) {
    var text = result.toString();
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  private static boolean constraints(String validator, Object result) {
    var constraint = CONSTRAINT.matcher(validator);
    while (constraint.find()) {
      var arguments = constraint.group(2) == null ? "" : constraint.group(2);
      if (!holds(constraint.group(1), arguments, result)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(String name, String arguments, Object result) {
    return switch (name) {
      case "NotEmpty" -> size(result) != 0;
      case "NotBlank" -> !result.toString().isBlank();
      case "Size" -> between(size(result), arguments);
      case "Min", "DecimalMin" ->
          !(result instanceof Number)
              || number(result).compareTo(argument("value", arguments, result)) >= 0;
      case "Max", "DecimalMax" ->
          !(result instanceof Number)
              || number(result).compareTo(argument("value", arguments, result)) <= 0;
      case "Positive" -> !(result instanceof Number) || number(result).signum() > 0;
      case "PositiveOrZero" -> !(result instanceof Number) || number(result).signum() >= 0;
      case "Negative" -> !(result instanceof Number) || number(result).signum() < 0;
      case "NegativeOrZero" -> !(result instanceof Number) || number(result).signum() <= 0;
      case "AssertTrue" -> !Boolean.FALSE.equals(result);
      case "AssertFalse" -> !Boolean.TRUE.equals(result);
      default -> true;
    };
  }

  /** -1 for what has no size. */
  private static int size(Object result) {
    return switch (result) {
      case String text -> text.length();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> -1;
    };
  }

  private static boolean between(int size, String arguments) {
    var found = BigDecimal.valueOf(size);
    return size < 0
        || (found.compareTo(argument("min", arguments, size)) >= 0
            && found.compareTo(argument("max", arguments, size)) <= 0);
  }

  private static BigDecimal number(Object result) {
    return new BigDecimal(result.toString());
  }

  /** The named argument, or the only one; what holds anyway if it isn't there. */
  private static BigDecimal argument(String name, String arguments, Object result) {
    var argument = ARGUMENT.matcher(arguments);
    while (argument.find()) {
      if (argument.group(1) == null || argument.group(1).equals(name)) {
        return new BigDecimal(argument.group(2));
      }
    }
    return number(result);
  }
}

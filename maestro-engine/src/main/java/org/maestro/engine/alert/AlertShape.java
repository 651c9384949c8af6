package org.maestro.engine.alert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Spelling;

/** Which fields an alerting property has, and what of it has another name or shape. */
final class AlertShape {
  /** Tells what is passed over. */
  @FunctionalInterface
  interface Warnings {
    void warn(String at, String message, @Nullable String suggestion);
  }

  /** What a value has to be. */
  private sealed interface Shape {}

  /** A text or a list of them. */
  private record Names(String example) implements Shape {}

  /** An object with these fields. */
  private record Fields(String what, String example, Map<String, Shape> fields) implements Shape {}

  /** An object whose keys somebody else looks at. */
  private record Each(String what, Fields value) implements Shape {}

  private record Choice(Set<String> values) implements Shape {}

  private record Choices(Set<String> values) implements Shape {}

  private record Flag() implements Shape {}

  private record Anything() implements Shape {}

  private static final Shape EMAILS = new Names("[ada@example.org]");
  private static final Shape NAMES = new Names("[ops]");
  private static final Shape ANYTHING = new Anything();

  private static final Shape SLACK =
      new Fields(
          "slack",
          "{channels: [\"#data\"]}",
          Map.of("channels", NAMES, "users", NAMES, "mention_users", NAMES));

  private static final Shape TCT =
      new Fields(
          "tct",
          "{completed_by_hour: 6, tz: Europe/Berlin}",
          Map.of(
              "completed_by_hour", ANYTHING,
              "duration_minutes", ANYTHING,
              "completed_by_ts", ANYTHING,
              "tz", ANYTHING));

  private static final Fields TYPE =
      new Fields(
          "the settings of one type",
          "{webhooks: [ops]}",
          Map.of(
              "emails", EMAILS,
              "webhooks", NAMES,
              "pagerduties", NAMES,
              "slack", SLACK,
              "actions", new Choices(Set.of("email", "page", "slack", "cancel")),
              "disabled", new Flag(),
              "granularity", new Choice(Set.of("workflow", "step", "all")),
              "duration_minutes", ANYTHING));

  private static final Fields ALERTING =
      new Fields(
          "alerting",
          "{webhooks: [ops]}",
          Map.of(
              "emails", EMAILS,
              "webhooks", NAMES,
              "pagerduties", NAMES,
              "slack", SLACK,
              "pagerduty_config", ANYTHING,
              "bypass_digest_config", ANYTHING,
              "tct", TCT,
              "type_configs", new Each("type_configs", TYPE)));

  private AlertShape() {}

  /** Tells everything that has another name or shape, wherever it is. */
  static void look(Map<String, Object> property, Warnings warnings) {
    look(ALERTING, property, "", warnings);
  }

  private static void look(Shape shape, @Nullable Object value, String at, Warnings warnings) {
    if (value == null) {
      return;
    }
    switch (shape) {
      case Anything _ -> {}
      case Names(var example) -> names(value, example, at, warnings);
      case Fields fields -> fields(fields, value, at, warnings);
      case Each(var what, var each) -> {
        if (value instanceof Map<?, ?> map) {
          map.forEach((key, one) -> look(each, one, at + "/" + escaped(key), warnings));
        } else {
          ignored(
              at,
              what + " as an object by type, such as {RUN_SUCCESS: " + each.example() + "}",
              value,
              warnings);
        }
      }
      case Choice(var values) -> choice(values, value, at, warnings);
      case Choices(var values) -> {
        if (value instanceof List<?> list) {
          list.forEach(one -> choice(values, one, at, warnings));
        } else {
          choice(values, value, at, warnings);
        }
      }
      case Flag _ -> {
        if (!(value instanceof Boolean)) {
          ignored(at, "true or false", value, warnings);
        }
      }
    }
  }

  private static void names(Object value, String example, String at, Warnings warnings) {
    if (value instanceof List<?> list) {
      for (var one : list) {
        if (!(one instanceof String text) || text.isBlank()) {
          ignored(at, "texts in a list such as " + example, one, warnings);
        }
      }
    } else if (!(value instanceof String)) {
      ignored(at, "a list such as " + example, value, warnings);
    }
  }

  private static void fields(Fields shape, Object value, String at, Warnings warnings) {
    if (!(value instanceof Map<?, ?> map)) {
      ignored(at, shape.what() + " as an object, such as " + shape.example(), value, warnings);
      return;
    }
    var all = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, one) -> all.put(String.valueOf(key), one));
    all.forEach((name, one) -> {
      var field = shape.fields().get(name);
      if (field == null) {
        warnings.warn(
            at + "/" + escaped(name),
            "%s is not acted on; expected one of %s"
                .formatted(name, String.join(", ", new TreeSet<>(shape.fields().keySet()))),
            Spelling.nearest(name, shape.fields().keySet()));
      } else {
        look(field, one, at + "/" + name, warnings);
      }
    });
  }

  private static void choice(
      Set<String> values, @Nullable Object value, String at, Warnings warnings) {
    if (!(value instanceof String text) || !values.contains(text.toLowerCase(Locale.ROOT))) {
      warnings.warn(
          at,
          "expected one of %s, found %s; it is ignored"
              .formatted(String.join(", ", new TreeSet<>(values)), shown(value)),
          value instanceof String text ? Spelling.nearest(text, values) : null);
    }
  }

  private static void ignored(
      String at, String expected, @Nullable Object value, Warnings warnings) {
    warnings.warn(
        at, "expected %s, found %s; it is ignored".formatted(expected, shown(value)), null);
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String text ->
          "\"" + (text.length() <= 100 ? text : text.substring(0, 100) + "…") + "\"";
      case List<?> _ -> "a list";
      case Map<?, ?> _ -> "an object";
      default -> value.toString();
    };
  }

  private static String escaped(@Nullable Object key) {
    return String.valueOf(key).replace("~", "~0").replace("/", "~1");
  }
}

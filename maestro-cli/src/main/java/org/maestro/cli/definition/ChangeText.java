package org.maestro.cli.definition;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.output.Json;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Yaml;

/** Differences as people read them. */
public final class ChangeText {
  private static final int SHORT = 60;

  private ChangeText() {}

  /** Lines by area, each change with a sign that says what it is without colours too. */
  public static List<String> lines(List<Change> changes, Style style) {
    var byArea = new EnumMap<Change.Area, List<Change>>(Change.Area.class);
    changes.forEach(
        change -> byArea.computeIfAbsent(change.area(), _ -> new ArrayList<>()).add(change));
    var lines = new ArrayList<String>();
    byArea.forEach((area, ofArea) -> {
      lines.add(style.bold(area.name().toLowerCase(Locale.ROOT)));
      ofArea.forEach(change -> add(change, style, lines));
    });
    return lines;
  }

  private static void add(Change change, Style style, List<String> lines) {
    var name = Style.harmless(change.name());
    var before = change.before();
    var after = change.after();
    if (before != null && after != null) {
      var old = text(before);
      var now = text(after);
      if (!old.equals(now) && old.strip().equals(now.strip())) {
        old = Json.compact(before); // only what nobody sees
        now = Json.compact(after);
      }
      if (isShort(old) && isShort(now)) {
        lines.add(
            "  %s %s: %s → %s"
                .formatted(style.yellow("~"), name, style.red(old), style.green(now)));
      } else {
        lines.add("  %s %s:".formatted(style.yellow("~"), name));
        TextDiff.lines(old, now).forEach(line -> lines.add("      " + coloured(line, style)));
      }
      return;
    }
    var added = before == null;
    var sign = added ? style.green("+") : style.red("-");
    var content = text(added ? after : before);
    if (isShort(content)) {
      lines.add("  %s %s: %s".formatted(sign, name, content));
    } else {
      lines.add("  %s %s:".formatted(sign, name));
      content
          .lines()
          .forEach(line ->
              lines.add(
                  "      "
                      + (added
                          ? style.green("+ " + Style.harmless(line))
                          : style.red("- " + Style.harmless(line)))));
    }
  }

  private static String coloured(TextDiff.Line line, Style style) {
    var text = Style.harmless(line.text());
    return switch (line.kind()) {
      case SAME -> style.dim("  " + text);
      case REMOVED -> style.red("- " + text);
      case ADDED -> style.green("+ " + text);
    };
  }

  private static boolean isShort(String text) {
    return text.length() <= SHORT && text.indexOf('\n') < 0;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof String text) {
      var isBlock = text.indexOf('\n') >= 0 && !text.isBlank();
      return isBlock || (!text.isEmpty() && text.equals(text.strip())) ? text : Json.compact(text);
    }
    var literal = literal(value);
    if (literal != null) {
      return literal;
    }
    var line = Json.compact(value);
    return line.length() <= SHORT && !line.contains("\\n") ? line : Yaml.write(value);
  }

  /** A parameter that is nothing but a type and a value. */
  private static @Nullable String literal(@Nullable Object value) {
    if (value instanceof Map<?, ?> map
        && map.size() == 2
        && map.get("type") instanceof String type) {
      var content = map.get("value") != null ? map.get("value") : map.get("expression");
      var isExpression = map.get("value") == null;
      if (content != null) {
        var text = content instanceof String string ? string : Json.compact(content);
        return text.indexOf('\n') < 0 && text.length() < SHORT - 12
            ? "%s %s%s".formatted(type, isExpression ? "= " : "", text)
            : null;
      }
    }
    return null;
  }
}

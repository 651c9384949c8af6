package org.maestro.dsl.yaml;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.model.definition.PushRequest;
import org.maestro.sel.Decimals;

/**
 * The one JSON text of a definition: keys in {@link DefinitionWriter}'s order, two blanks of
 * indentation, one item per line, characters beyond ASCII as they are, a line break at the end.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The body of a push: properties, workflow, is_active if false, git_info, anything else. */
  public static Map<String, Object> tree(PushRequest push) {
    var tree = new LinkedHashMap<String, Object>();
    var properties = push.properties();
    if (properties != null) {
      tree.put("properties", DefinitionWriter.tree(properties));
    }
    tree.put("workflow", DefinitionWriter.tree(push.workflow()));
    if (!push.active()) {
      tree.put("is_active", false);
    }
    var gitInfo = push.gitInfo();
    if (gitInfo != null) {
      tree.put("git_info", gitInfo);
    }
    tree.putAll(push.extraInfo());
    return tree;
  }

  /** The text of a push. */
  public static String text(PushRequest push) {
    return text(tree(push));
  }

  /** The text of any tree. */
  public static String text(Map<String, Object> tree) {
    return anyText(tree);
  }

  /** The text of anything that JSON has. */
  static String anyText(@Nullable Object tree) {
    var out = new StringBuilder();
    write(tree, 0, out);
    return out.append('\n').toString();
  }

  private static void write(@Nullable Object value, int depth, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String text -> writeText(text, out);
      case BigDecimal number -> out.append(number(number));
      case Map<?, ?> map -> {
        out.append('{');
        var first = true;
        for (var entry : map.entrySet()) {
          newLine(first, depth + 1, out);
          first = false;
          writeText(String.valueOf(entry.getKey()), out);
          out.append(": ");
          write(entry.getValue(), depth + 1, out);
        }
        close('}', first, depth, out);
      }
      case List<?> list -> {
        out.append('[');
        var first = true;
        for (var item : list) {
          newLine(first, depth + 1, out);
          first = false;
          write(item, depth + 1, out);
        }
        close(']', first, depth, out);
      }
      default -> out.append(value);
    }
  }

  private static void newLine(boolean first, int depth, StringBuilder out) {
    out.append(first ? "\n" : ",\n").repeat("  ", depth);
  }

  private static void close(char bracket, boolean empty, int depth, StringBuilder out) {
    if (!empty) {
      out.append('\n').repeat("  ", depth);
    }
    out.append(bracket);
  }

  /** As everywhere: a point with at least one digit behind it, so that 5.0 isn't 5. */
  static String number(BigDecimal number) {
    return Decimals.text(number);
  }

  /** In double quotes; escapes only what JSON insists on. */
  static void writeText(String text, StringBuilder out) {
    out.append('"');
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

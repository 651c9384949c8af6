package org.maestro.dsl.yaml;

import org.jspecify.annotations.Nullable;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.dsl.yaml.Node.Items;
import org.maestro.dsl.yaml.Node.Scalar;

/** Between JSON pointers and places in the text. */
final class Places {
  private Places() {}

  /**
   * Where a pointer leads.
   *
   * @param node what is there, or the nearest thing around it
   * @param key the key of it; null for a list's item and the root
   * @param isExact whether the pointer leads there and not further
   */
  record Found(Node node, @Nullable Scalar key, boolean isExact) {}

  /** A part of a parameter is found without saying that it is in the parameter's value. */
  static Found find(Node root, String pointer) {
    var found = new Found(root, null, true);
    for (var token : pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
      var next = child(found.node, token.replace("~1", "/").replace("~0", "~"));
      if (next == null) {
        return new Found(found.node, found.key, false);
      }
      found = next;
    }
    return found;
  }

  private static @Nullable Found child(Node node, String token) {
    return switch (node) {
      case Scalar _ -> null;
      case Entries entries -> {
        var entry = entries.entries().get(token);
        if (entry == null) {
          var value = entries.entries().get("value");
          yield value != null && value.value() instanceof Entries parts
              ? child(parts, token)
              : null;
        }
        yield new Found(entry.value(), entry.key(), true);
      }
      case Items items -> {
        var index = token.matches("[0-9]{1,6}") ? Integer.parseInt(token) : -1;
        yield index < 0 || index >= items.items().size()
            ? null
            : new Found(items.items().get(index), null, true);
      }
    };
  }

  /** The pointer of the innermost thing at a place of the text. */
  static String pointerAt(Node root, int offset) {
    return switch (root) {
      case Scalar _ -> "";
      case Entries entries -> {
        for (var entry : entries.entries().entrySet()) {
          var value = entry.getValue().value();
          var key = entry.getValue().key().span();
          if (key.start() <= offset && offset < Math.max(value.span().end(), key.end())) {
            var token = "/" + entry.getKey().replace("~", "~0").replace("/", "~1");
            yield offset < key.end() ? token : token + pointerAt(value, offset);
          }
        }
        yield "";
      }
      case Items items -> {
        for (var i = 0; i < items.items().size(); i++) {
          var span = items.items().get(i).span();
          if (span.start() <= offset && offset < Math.max(span.end(), span.start() + 1)) {
            yield "/" + i + pointerAt(items.items().get(i), offset);
          }
        }
        yield "";
      }
    };
  }
}

package org.maestro.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Spelling;

/**
 * One object of the document, read field by field. It remembers which fields were asked for, so
 * that {@link #refuseUnknown} can name the others. A field that is empty (null, empty text, an
 * empty list or object) counts as absent: many clients write every field they know.
 */
final class Fields {
  private final Map<String, Object> tree;
  private final Place place;
  private final String what;
  private final boolean object;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(Map<String, Object> tree, Place place, String what, boolean object) {
    this.tree = tree;
    this.place = place;
    this.what = what;
    this.object = object;
  }

  /**
   * The object at a place; an empty one after a problem.
   *
   * @param what names it in messages, such as {@code a step}
   */
  static Fields of(@Nullable Object tree, Place place, String what) {
    return new Fields(object(tree, place, what), place, what, tree instanceof Map);
  }

  /** The object at a place with its keys in order; an empty one after a problem. */
  static Map<String, Object> object(@Nullable Object tree, Place place, String what) {
    if (!(tree instanceof Map<?, ?> map)) {
      place.report("expected " + what + " as an object, found " + Found.describe(tree));
      return Map.of();
    }
    var copy = LinkedHashMap.<String, Object>newLinkedHashMap(map.size());
    map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    return copy;
  }

  Place place() {
    return place;
  }

  /** Whether there was an object; if not, that was reported and nothing in it is missing. */
  boolean isObject() {
    return object;
  }

  Place at(String name) {
    return place.child(name);
  }

  boolean has(String name) {
    return given(name) != null;
  }

  /** The value as written, empty or not. */
  @Nullable Object raw(String name) {
    known.add(name);
    return tree.get(name);
  }

  /** The value, or null if it is empty. */
  private @Nullable Object given(String name) {
    var value = raw(name);
    return Scalars.isEmpty(value) ? null : value;
  }

  /** Text that means something, or null if absent or wrong. */
  @Nullable String text(String name, int longest) {
    return has(name) ? words(name, longest) : null;
  }

  /** Text for people, which may be empty; null if absent or wrong. */
  @Nullable String words(String name, int longest) {
    var value = raw(name);
    if (value == null || (!(value instanceof String) && Scalars.isEmpty(value))) {
      return null;
    }
    var text = Scalars.text(value);
    if (text == null) {
      at(name).report("expected text, found " + Found.describe(value));
    } else if (text.length() > longest) {
      at(name)
          .report(
              "expected at most "
                  + longest
                  + " characters, found "
                  + text.length()
                  + "; shorten it");
    }
    return text;
  }

  /** Text that must be there and not be blank; empty after a problem. */
  String requiredText(String name, int longest) {
    if (!has(name) && !(raw(name) instanceof String)) {
      reportMissing(name, "text");
      return "";
    }
    var text = words(name, longest);
    if (text != null && text.isBlank()) {
      at(name).report("expected text, found a blank one; write a " + name);
    }
    return text == null ? "" : text;
  }

  void reportMissing(String name, String kind) {
    if (object) {
      place.report(
          ProblemCode.MISSING,
          "expected " + what + " to have the field \"" + name + "\" (" + kind + "); add it");
    }
  }

  @Nullable Boolean flag(String name) {
    var value = given(name);
    var flag = Scalars.flag(value);
    if (value != null && flag == null) {
      at(name).report("expected true or false, found " + Found.describe(value));
    }
    return flag;
  }

  boolean flag(String name, boolean otherwise) {
    var flag = flag(name);
    return flag == null ? otherwise : flag;
  }

  @Nullable Long wholeNumber(String name, long least, long most) {
    var value = given(name);
    if (value == null) {
      return null;
    }
    var number = Scalars.wholeNumber(value);
    if (number == null || number < least || number > most) {
      at(name)
          .report(
              "expected a whole number from "
                  + least
                  + " to "
                  + most
                  + ", found "
                  + Found.describe(value));
    }
    return number;
  }

  <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    return has(name) ? choice(raw(name), at(name), type) : null;
  }

  /** An enum value without regard to case. */
  static <E extends Enum<E>> @Nullable E choice(@Nullable Object tree, Place at, Class<E> type) {
    var values = type.getEnumConstants();
    if (tree instanceof String text) {
      var upper = text.strip().toUpperCase(Locale.ROOT);
      for (var value : values) {
        if (value.name().equals(upper)) {
          return value;
        }
      }
    }
    var names = Arrays.stream(values).map(Enum::name).toList();
    at.report(
        "expected one of " + String.join(", ", names) + ", found " + Found.describe(tree),
        tree instanceof String text ? Spelling.nearest(text, names) : null);
    return null;
  }

  /** A list's items; none if absent. */
  List<Object> list(String name) {
    return has(name) ? requiredList(name) : List.of();
  }

  /** The items of something that has to be a list; none if absent. */
  List<Object> requiredList(String name) {
    var value = raw(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    at(name).report("expected a list, found " + Found.describe(value) + "; put it in [ ]");
    return List.of();
  }

  /** An object whose keys are names, in order; empty if absent. */
  Map<String, Object> entries(String name, String kind) {
    return has(name) ? object(raw(name), at(name), kind) : Map.of();
  }

  /** Every key with its value, as written. */
  Map<String, Object> all() {
    return Collections.unmodifiableMap(tree);
  }

  /** Every key that nobody has asked for, with its value. */
  Map<String, Object> others() {
    var others = new LinkedHashMap<>(tree);
    others.keySet().removeAll(known);
    return others;
  }

  /** Reports every key that nobody has asked for. */
  void refuseUnknown() {
    for (var name : others().keySet()) {
      var suggestion = FieldNames.meant(name, known);
      at(name)
          .report(
              ProblemCode.UNKNOWN_FIELD,
              "unknown field "
                  + Found.quote(name)
                  + " in "
                  + what
                  + "; "
                  + (suggestion == null
                      ? "remove it, or use one of "
                          + known.stream().sorted().collect(Collectors.joining(", "))
                      : "did you mean \"" + suggestion + "\"?"),
              suggestion);
    }
  }
}

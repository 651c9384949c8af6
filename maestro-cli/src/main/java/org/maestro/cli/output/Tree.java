package org.maestro.cli.output;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into answers of the server without demanding more of them than what is shown: what is
 * absent or of another type is null, empty or zero.
 */
public record Tree(@Nullable Object value) {

  /** What is at the end of a path of names. */
  public Tree at(String... names) {
    var now = value;
    for (var name : names) {
      now = now instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return new Tree(now);
  }

  public boolean isPresent() {
    return value != null;
  }

  /** Text, or a number or flag as text; null if it is none of them. */
  public @Nullable String text() {
    return switch (value) {
      case null -> null;
      case Map<?, ?> _, List<?> _ -> null;
      case BigDecimal number -> number.toPlainString();
      default -> value.toString();
    };
  }

  public String text(String otherwise) {
    var text = text();
    return text == null ? otherwise : text;
  }

  public @Nullable Long number() {
    return value instanceof Number number ? (Long) number.longValue() : null;
  }

  public long number(long otherwise) {
    return value instanceof Number number ? number.longValue() : otherwise;
  }

  public boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }

  /** The elements of a list. */
  public List<Tree> list() {
    return value instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
  }

  /** The members of an object, in order. */
  public Map<String, Tree> members() {
    var members = new LinkedHashMap<String, Tree>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> members.put(String.valueOf(name), new Tree(member)));
    }
    return members;
  }

  /** An object as a map in order; empty if it is none. */
  public Map<String, Object> map() {
    var map = new LinkedHashMap<String, Object>();
    members().forEach((name, member) -> Json.put(map, name, member.value()));
    return map;
  }
}

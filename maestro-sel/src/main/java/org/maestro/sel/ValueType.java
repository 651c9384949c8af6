package org.maestro.sel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of the language. */
enum ValueType {
  LONG("long"),
  DOUBLE("double"),
  BOOLEAN("boolean"),
  STRING("String"),
  LONG_ARRAY("long[]"),
  DOUBLE_ARRAY("double[]"),
  BOOLEAN_ARRAY("boolean[]"),
  STRING_ARRAY("String[]"),
  /** A list from outside whose elements differ in type. It can be read, not declared. */
  MIXED_ARRAY("mixed array"),
  MAP("Map"),
  DATE_TIME("DateTime"),
  DATE_TIME_ZONE("DateTimeZone"),
  DATE_TIME_FORMATTER("DateTimeFormatter"),
  DAYS("Days"),
  PROPERTY("Property"),
  UUID("UUID"),
  NULL("null");

  /** What a declaration may say. */
  static final Map<String, ValueType> DECLARABLE =
      Map.ofEntries(
          Map.entry("int", LONG),
          Map.entry("long", LONG),
          Map.entry("float", DOUBLE),
          Map.entry("double", DOUBLE),
          Map.entry("boolean", BOOLEAN),
          Map.entry("String", STRING),
          Map.entry("Map", MAP),
          Map.entry("HashMap", MAP),
          Map.entry("LinkedHashMap", MAP),
          Map.entry("DateTime", DATE_TIME),
          Map.entry("DateTimeZone", DATE_TIME_ZONE),
          Map.entry("DateTimeFormatter", DATE_TIME_FORMATTER),
          Map.entry("Days", DAYS),
          Map.entry("Property", PROPERTY),
          Map.entry("UUID", UUID));

  private final String shown;

  ValueType(String shown) {
    this.shown = shown;
  }

  /** How an author writes it. */
  String shown() {
    return shown;
  }

  /** The type of an array of these, or null if there are no such arrays. */
  @Nullable ValueType arrayOf() {
    return switch (this) {
      case LONG -> LONG_ARRAY;
      case DOUBLE -> DOUBLE_ARRAY;
      case BOOLEAN -> BOOLEAN_ARRAY;
      case STRING -> STRING_ARRAY;
      case LONG_ARRAY, DOUBLE_ARRAY, BOOLEAN_ARRAY, STRING_ARRAY, MIXED_ARRAY, MAP -> null;
      case DATE_TIME, DATE_TIME_ZONE, DATE_TIME_FORMATTER, DAYS, PROPERTY, UUID, NULL -> null;
    };
  }

  /** The type of this array's elements; null for a mixed array and for what is no array. */
  @Nullable ValueType element() {
    return switch (this) {
      case LONG_ARRAY -> LONG;
      case DOUBLE_ARRAY -> DOUBLE;
      case BOOLEAN_ARRAY -> BOOLEAN;
      case STRING_ARRAY -> STRING;
      case LONG, DOUBLE, BOOLEAN, STRING, MIXED_ARRAY, MAP -> null;
      case DATE_TIME, DATE_TIME_ZONE, DATE_TIME_FORMATTER, DAYS, PROPERTY, UUID, NULL -> null;
    };
  }

  /** Whether a variable or element of this type may hold null. */
  boolean takesNull() {
    return this != LONG && this != DOUBLE && this != BOOLEAN;
  }
}

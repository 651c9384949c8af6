package org.maestro.sel;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an expression can hold. Nothing else is ever reachable: what comes from outside is
 * copied into one of these first.
 */
sealed interface Value {
  Truth TRUE = new Truth(true);
  Truth FALSE = new Truth(false);

  ValueType type();

  static Truth of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  /** A 64-bit integer. Arithmetic wraps around. */
  record Whole(long number) implements Value {
    @Override
    public ValueType type() {
      return ValueType.LONG;
    }
  }

  /** A 64-bit floating point number. */
  record Real(double number) implements Value {
    @Override
    public ValueType type() {
      return ValueType.DOUBLE;
    }
  }

  record Truth(boolean is) implements Value {
    @Override
    public ValueType type() {
      return ValueType.BOOLEAN;
    }
  }

  record Text(String text) implements Value {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  enum Nothing implements Value {
    NULL;

    @Override
    public ValueType type() {
      return ValueType.NULL;
    }
  }

  /** An array; mutable, and shared by all variables it is assigned to, as in Java. */
  final class Array implements Value {
    private final ValueType type;
    private final Value[] elements;

    Array(ValueType type, Value[] elements) {
      this.type = type;
      this.elements = elements;
    }

    /** An array of zeros, false or null. */
    static Array blank(ValueType type, int length) {
      var elements = new Value[length];
      var element = type.element();
      Arrays.fill(elements, element == null ? Nothing.NULL : blank(element));
      return new Array(type, elements);
    }

    private static Value blank(ValueType element) {
      if (element == ValueType.LONG) {
        return new Whole(0);
      }
      if (element == ValueType.DOUBLE) {
        return new Real(0);
      }
      return element == ValueType.BOOLEAN ? FALSE : Nothing.NULL;
    }

    @Override
    public ValueType type() {
      return type;
    }

    Value[] elements() {
      return elements;
    }
  }

  /** A map with string keys, in insertion order; mutable and shared like an array. */
  final class Dictionary implements Value {
    private final Map<String, Value> entries = new LinkedHashMap<>();

    @Override
    public ValueType type() {
      return ValueType.MAP;
    }

    Map<String, Value> entries() {
      return entries;
    }
  }

  record Moment(ZonedDateTime at) implements Value {
    @Override
    public ValueType type() {
      return ValueType.DATE_TIME;
    }
  }

  record Zone(ZoneId id) implements Value {
    @Override
    public ValueType type() {
      return ValueType.DATE_TIME_ZONE;
    }
  }

  /** A date pattern with the zone it reads and prints in; without one, UTC or the moment's own. */
  record Formatter(DatePattern pattern, @Nullable ZoneId zone) implements Value {
    @Override
    public ValueType type() {
      return ValueType.DATE_TIME_FORMATTER;
    }
  }

  record Days(long count) implements Value {
    @Override
    public ValueType type() {
      return ValueType.DAYS;
    }
  }

  /** One calendar field of one moment. */
  record Property(ZonedDateTime at, DateField field) implements Value {
    @Override
    public ValueType type() {
      return ValueType.PROPERTY;
    }
  }

  record Uuid(String text) implements Value {
    @Override
    public ValueType type() {
      return ValueType.UUID;
    }
  }
}

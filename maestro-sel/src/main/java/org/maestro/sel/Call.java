package org.maestro.sel;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;

/**
 * One call of a built-in: its receiver (NULL for functions of a type), its arguments, and what it
 * may ask for. The getters refuse arguments of another type.
 */
final class Call {
  private final Value receiver;
  private final Value[] arguments;
  private final SelRuntime runtime;
  private final Budget budget;

  Call(Value receiver, Value[] arguments, SelRuntime runtime, Budget budget) {
    this.receiver = receiver;
    this.arguments = arguments;
    this.runtime = runtime;
    this.budget = budget;
  }

  Value receiver() {
    return receiver;
  }

  SelRuntime runtime() {
    return runtime;
  }

  Budget budget() {
    return budget;
  }

  /** The number of arguments. */
  int count() {
    return arguments.length;
  }

  /** The arguments from one on, as a new array. */
  Value[] from(int index) {
    return Arrays.copyOfRange(arguments, index, arguments.length);
  }

  Value value(int index) {
    return arguments[index];
  }

  String text(int index) {
    if (arguments[index] instanceof Value.Text(var text)) {
      return text;
    }
    throw refusal(index, "String");
  }

  long whole(int index) {
    if (arguments[index] instanceof Value.Whole(var number)) {
      return number;
    }
    throw refusal(index, "long");
  }

  /** A whole number that calendars and strings can count with. */
  int small(int index) {
    var number = whole(index);
    if (number != (int) number) {
      throw new SelException("expected a number of at most 32 bits, found " + number);
    }
    return (int) number;
  }

  /** A whole number, also as the text of one: dates come in both forms. */
  long wholeOrText(int index) {
    if (arguments[index] instanceof Value.Text(var text)) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException _) {
        throw new SelException("expected a whole number, found the string '" + text + "'");
      }
    }
    return whole(index);
  }

  double real(int index) {
    return arguments[index] instanceof Value.Real(var number) ? number : whole(index);
  }

  ZonedDateTime moment(int index) {
    if (arguments[index] instanceof Value.Moment(var at)) {
      return at;
    }
    throw refusal(index, "DateTime");
  }

  ZoneId zone(int index) {
    if (arguments[index] instanceof Value.Zone(var id)) {
      return id;
    }
    throw refusal(index, "DateTimeZone");
  }

  String selfText() {
    return ((Value.Text) receiver).text();
  }

  ZonedDateTime selfMoment() {
    return ((Value.Moment) receiver).at();
  }

  Map<String, Value> selfEntries() {
    return ((Value.Dictionary) receiver).entries();
  }

  /** The result of a built-in that made a string. */
  Value made(String text) {
    budget.characters(text.length());
    return new Value.Text(text);
  }

  private SelException refusal(int index, String expected) {
    return new SelException(
        "expected argument %d to be %s, found %s"
            .formatted(index + 1, expected, arguments[index].type().shown()));
  }
}

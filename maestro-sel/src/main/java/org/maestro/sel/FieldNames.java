package org.maestro.sel;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;

/** The English names that the values of a calendar field have in dates, short and in full. */
record FieldNames(CalendarField field, List<String> shortForms, List<String> longForms) {
  static final FieldNames ERAS =
      new FieldNames(CalendarField.ERA, List.of("BC", "AD"), List.of("BCE", "CE"));
  static final FieldNames MONTHS =
      new FieldNames(
          CalendarField.MONTH_OF_YEAR,
          List.of(
              "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
          List.of(
              "January",
              "February",
              "March",
              "April",
              "May",
              "June",
              "July",
              "August",
              "September",
              "October",
              "November",
              "December"));
  static final FieldNames WEEKDAYS =
      new FieldNames(
          CalendarField.DAY_OF_WEEK,
          List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
          List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"));
  static final FieldNames HALVES =
      new FieldNames(CalendarField.HALFDAY_OF_DAY, List.of("AM", "PM"), List.of());

  /** The value that has the first name. */
  private int first() {
    return field == CalendarField.ERA || field == CalendarField.HALFDAY_OF_DAY ? 0 : 1;
  }

  /** The name of the field's value at a time. */
  String of(LocalDateTime at, boolean full) {
    return (full ? longForms : shortForms).get(field.of(at) - first());
  }

  /** The length of the longest name at a place in a text, as printed or all in one case; else 0. */
  int longestAt(String text, int at) {
    var longest = 0;
    for (var forms : List.of(shortForms, longForms)) {
      for (var name : forms) {
        if (name.length() > longest && isAt(name, text, at)) {
          longest = name.length();
        }
      }
    }
    return longest;
  }

  private static boolean isAt(String name, String text, int at) {
    return text.startsWith(name, at)
        || text.startsWith(name.toUpperCase(Locale.ROOT), at)
        || text.startsWith(name.toLowerCase(Locale.ROOT), at);
  }

  /** The value with this name, whatever the case of its letters. */
  int value(String name) {
    for (var i = 0; i < shortForms.size(); i++) {
      if (shortForms.get(i).equalsIgnoreCase(name)
          || (i < longForms.size() && longForms.get(i).equalsIgnoreCase(name))) {
        return first() + i;
      }
    }
    throw new IllegalArgumentException("no name: " + name);
  }
}

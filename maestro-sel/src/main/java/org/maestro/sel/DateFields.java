package org.maestro.sel;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text says of a date. Put together, the fields take effect one after the other, longer ones
 * first, as in Joda-Time: what isn't said is first or zero, and the year is 2000 if only it is
 * missing, else 1970.
 */
final class DateFields {
  private static final LocalDateTime START = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final int YEAR_OF_NO_YEAR = 2000;

  private record Said(CalendarField field, int value) {}

  private final List<Said> said = new ArrayList<>();
  private @Nullable ZoneOffset offset;
  private @Nullable ZoneId zone;

  void put(CalendarField field, int value) {
    said.add(new Said(field, value));
  }

  void put(ZoneId zone) {
    this.zone = zone;
  }

  /** An offset counts more than a zone. */
  void put(ZoneOffset offset) {
    this.offset = offset;
  }

  /**
   * The moment, local to the given zone unless the text says an offset or another zone.
   *
   * @param keepsOffset whether the result stays at an offset that the text says
   */
  ZonedDateTime moment(ZoneId given, boolean keepsOffset) {
    var inZone = zone == null ? given : zone;
    if (offset == null) {
      return Moments.written(local(), inZone);
    }
    var moment = Moments.written(local(), Moments.zone(offset));
    return keepsOffset ? moment : moment.withZoneSameInstant(inZone);
  }

  private LocalDateTime local() {
    said.sort(Comparator.comparingInt(one -> one.field().rank()));
    if (!said.isEmpty() && said.getFirst().field().lacksYear()) {
      said.addFirst(new Said(CalendarField.YEAR, YEAR_OF_NO_YEAR));
    }
    var local = START;
    for (var one : said) {
      local = one.field().floor(one.field().with(local, one.value()));
    }
    // Once more: a later field may have moved an earlier one, as a weekday moves the day.
    for (var one : said) {
      local = one.field().with(local, one.value());
    }
    return said.isEmpty() ? local : said.getLast().field().floor(local);
  }
}

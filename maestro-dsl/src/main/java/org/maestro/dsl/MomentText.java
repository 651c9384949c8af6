package org.maestro.dsl;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Moments as people write them: epoch milliseconds, or ISO 8601 with an offset ({@code
 * 2026-01-31T08:00:00Z}), or without one, which is then read on the clock of a zone ({@code
 * 2026-01-31T08:00}, {@code 2026-01-31}).
 */
public final class MomentText {
  private static final List<BiFunction<String, ZoneId, Instant>> FORMS =
      List.of(
          (text, _) -> Instant.parse(text),
          (text, _) -> OffsetDateTime.parse(text).toInstant(),
          (text, zone) -> LocalDateTime.parse(text).atZone(zone).toInstant(),
          (text, zone) -> LocalDate.parse(text).atStartOfDay(zone).toInstant());

  private MomentText() {}

  /**
   * The moment.
   *
   * @throws IllegalArgumentException if the text is none; its message is meant for the author
   */
  public static Instant instant(String text, ZoneId zone) {
    var millis = Scalars.wholeNumber(text);
    if (millis != null) {
      return Instant.ofEpochMilli(millis);
    }
    for (var form : FORMS) {
      try {
        return form.apply(text, zone);
      } catch (DateTimeException _) {
        // Perhaps another form.
      }
    }
    throw new IllegalArgumentException(
        "expected a time such as \"2026-01-31T08:00:00Z\" or epoch milliseconds, found "
            + Found.quote(text));
  }
}

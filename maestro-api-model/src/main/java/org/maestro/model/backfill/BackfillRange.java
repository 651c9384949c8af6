package org.maestro.model.backfill;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/** What a back-fill goes over. Both ends of a range belong to it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BackfillRange.Days.class, name = "days"),
  @JsonSubTypes.Type(value = BackfillRange.Hours.class, name = "hours"),
  @JsonSubTypes.Type(value = BackfillRange.Cron.class, name = "cron"),
  @JsonSubTypes.Type(value = BackfillRange.Listed.class, name = "values"),
})
public sealed interface BackfillRange {
  /** Every {@code step}th day. */
  record Days(LocalDate from, LocalDate to, long step, ZoneId zone) implements BackfillRange {}

  /**
   * Every {@code step}th hour that its clock shows, as time passes: one that it shows twice is two,
   * one that it skips is none.
   */
  record Hours(LocalDateTime from, LocalDateTime to, long step, ZoneId zone)
      implements BackfillRange {}

  /** The times at which a cron fires. */
  record Cron(String expression, LocalDateTime from, LocalDateTime to, ZoneId zone)
      implements BackfillRange {}

  /** Values that somebody has written down. */
  record Listed(List<String> values) implements BackfillRange {
    public Listed {
      values = List.copyOf(values);
    }
  }
}

package org.maestro.dsl;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.TimeTrigger.CatchUp;

/** Time triggers: their shape. Whether a cron ever fires, and how often, the scheduler knows. */
final class TimeTriggerReader {
  private static final List<String> PREDEFINED =
      List.of("@hourly", "@daily", "@weekly", "@monthly", "@yearly");
  private static final Pattern CRON_FIELD = Pattern.compile("[0-9A-Za-z*/,\\-?#]+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final long SHORTEST_PERIOD_MILLIS = 120_000;
  private static final int LONGEST = 256;

  private final boolean checked;

  TimeTriggerReader(boolean checked) {
    this.checked = checked;
  }

  List<TimeTrigger> triggers(Fields workflow) {
    var items = workflow.list("time_triggers");
    var triggers = new ArrayList<TimeTrigger>(items.size());
    for (var i = 0; i < items.size(); i++) {
      var trigger = trigger(items.get(i), workflow.at("time_triggers").child(i));
      if (trigger != null) {
        triggers.add(trigger);
      }
    }
    return triggers;
  }

  private @Nullable TimeTrigger trigger(Object tree, Place place) {
    var fields = Fields.of(tree, place, "a time trigger");
    if (!fields.has("type")) {
      fields.reportMissing("type", "CRON, PREDEFINED or INTERVAL");
      return null;
    }
    var type = fields.choice("type", TimeTrigger.Type.class);
    if (type == null) {
      return null;
    }
    var trigger =
        new TimeTrigger(
            type,
            type == TimeTrigger.Type.CRON ? required(fields, "cron", this::checkCron) : null,
            type == TimeTrigger.Type.PREDEFINED
                ? required(fields, "expression", text -> checkPredefined(text, fields))
                : null,
            type == TimeTrigger.Type.INTERVAL ? interval(fields) : null,
            moment(fields, "start"),
            moment(fields, "end"),
            fields.choice("catch_up", CatchUp.class),
            zone(fields),
            Numbers.duration(fields, "fuzzy_max_delay", 0, checked));
    fields.refuseUnknown();
    return trigger;
  }

  private String required(Fields fields, String name, Consumer<String> check) {
    var text = fields.requiredText(name, LONGEST);
    if (checked && !text.isBlank()) {
      try {
        check.accept(text);
      } catch (IllegalArgumentException e) {
        fields.at(name).report(String.valueOf(e.getMessage()));
      }
    }
    return text;
  }

  private void checkCron(String cron) {
    var parts = BLANKS.splitAsStream(cron.strip()).toList();
    if (parts.size() < 5 || parts.size() > 7) {
      throw new IllegalArgumentException(
          "expected a cron of 5 fields (Unix) or 6 or 7 (Quartz, seconds first), found "
              + parts.size()
              + " in "
              + Found.quote(cron));
    }
    for (var part : parts) {
      if (!CRON_FIELD.matcher(part).matches()) {
        throw new IllegalArgumentException(
            "expected cron fields of digits, names and * / , - ? #, found " + Found.quote(part));
      }
    }
  }

  private static void checkPredefined(String text, Fields fields) {
    if (!PREDEFINED.contains(text)) {
      fields
          .at("expression")
          .report(
              "expected one of " + String.join(", ", PREDEFINED) + ", found " + Found.quote(text),
              Spelling.nearest(text, PREDEFINED));
    }
  }

  private @Nullable String interval(Fields fields) {
    if (!fields.has("interval")) {
      fields.reportMissing("interval", "a duration such as \"6h\"");
    }
    return Numbers.duration(fields, "interval", SHORTEST_PERIOD_MILLIS, checked);
  }

  private @Nullable String zone(Fields fields) {
    var zone = fields.text("timezone", LONGEST);
    if (zone != null && checked && !isZone(zone)) {
      fields
          .at("timezone")
          .report(
              "expected a time zone such as \"UTC\" or \"Europe/Berlin\", found "
                  + Found.quote(zone),
              Spelling.nearest(zone, ZoneId.getAvailableZoneIds()));
    }
    return zone;
  }

  private static boolean isZone(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private @Nullable String moment(Fields fields, String name) {
    var text = fields.text(name, LONGEST);
    if (text != null && checked && !isMoment(text)) {
      fields
          .at(name)
          .report(
              "expected a time such as \"2026-01-31T08:00:00Z\" or epoch milliseconds, found "
                  + Found.quote(text));
    }
    return text;
  }

  private static boolean isMoment(String text) {
    return Scalars.wholeNumber(text) != null
        || parses(Instant::parse, text)
        || parses(OffsetDateTime::parse, text)
        || parses(LocalDateTime::parse, text)
        || parses(LocalDate::parse, text);
  }

  private static boolean parses(Consumer<String> parser, String text) {
    try {
      parser.accept(text);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }
}

package org.maestro.dsl;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.cron.CronDialects;
import org.maestro.dsl.cron.CronSchedule;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.definition.TimeTrigger.CatchUp;
import org.maestro.model.document.Limit;
import org.maestro.sel.Spelling;
import org.maestro.zones.Zones;

/** Time triggers: their shape, and whether and how often they fire. */
final class TimeTriggerReader {
  private static final List<String> PREDEFINED =
      List.of("@hourly", "@daily", "@weekly", "@monthly", "@yearly");
  private static final Pattern CRON_FIELD = Pattern.compile("[0-9A-Za-z*/,\\-?#]+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final long SHORTEST_PERIOD_MILLIS = 120_000;
  private static final long LONGEST_DELAY_MILLIS = 366L * 86_400_000;
  private static final int LONGEST = 256;

  @Limit("time triggers of a workflow")
  private static final int MOST_TRIGGERS = 100;

  private final boolean checked;

  TimeTriggerReader(boolean checked) {
    this.checked = checked;
  }

  List<TimeTrigger> triggers(Fields workflow) {
    var items = workflow.list("time_triggers");
    if (checked && items.size() > MOST_TRIGGERS) {
      workflow
          .at("time_triggers")
          .report(
              ProblemCode.LIMIT,
              "expected at most "
                  + MOST_TRIGGERS
                  + " time_triggers, found "
                  + items.size()
                  + "; divide them among workflows that start this one as a subworkflow");
    }
    var triggers = new ArrayList<TimeTrigger>(items.size());
    for (var i = 0; i < items.size(); i++) {
      var trigger = trigger(items.get(i), workflow.at("time_triggers").child(i));
      if (trigger != null) {
        triggers.add(trigger);
      }
    }
    return triggers;
  }

  @Nullable TimeTrigger trigger(@Nullable Object tree, Place place) {
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
            delay(fields));
    fields.refuseUnknown();
    if (checked) {
      checkEnd(trigger, fields);
    }
    return trigger;
  }

  private static void checkEnd(TimeTrigger trigger, Fields fields) {
    if (trigger.start() == null || trigger.end() == null) {
      return;
    }
    try {
      var zone = trigger.timezone() == null ? ZoneOffset.UTC : Zones.of(trigger.timezone());
      var start = MomentText.instant(trigger.start(), zone);
      if (!MomentText.instant(trigger.end(), zone).isAfter(start)) {
        fields
            .at("end")
            .report(
                "expected an end after the start "
                    + Found.quote(trigger.start())
                    + ", found "
                    + Found.quote(trigger.end()));
      }
    } catch (IllegalArgumentException | DateTimeException _) {
      // What is wrong with them has been reported.
    }
  }

  private @Nullable String delay(Fields fields) {
    var text = Numbers.duration(fields, "fuzzy_max_delay", 0, checked);
    if (text != null && checked && isLonger(text, LONGEST_DELAY_MILLIS)) {
      fields.at("fuzzy_max_delay").report("expected at most 366 days, found " + Found.quote(text));
    }
    return text;
  }

  private static boolean isLonger(String duration, long millis) {
    try {
      return DurationText.millis(duration) > millis;
    } catch (IllegalArgumentException _) {
      return false; // reported
    }
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
    var instead = CronDialects.instead(cron);
    if (instead != null) {
      throw new IllegalArgumentException(
          "expected a cron, found %s; %s".formatted(Found.quote(cron), instead));
    }
    for (var part : BLANKS.splitAsStream(cron.strip()).toList()) {
      if (!CRON_FIELD.matcher(part).matches()) {
        throw new IllegalArgumentException(
            "expected cron fields of digits, names and * / , - ? #, found " + Found.quote(part));
      }
    }
    var schedule = CronSchedule.parse(cron);
    if (!schedule.firesEver()) {
      throw new IllegalArgumentException(
          "expected a cron that fires, found one that names no date: " + Found.quote(cron));
    }
    var nearest = schedule.nearestNeighbours();
    if (nearest != null && nearest.seconds() * 1_000L < SHORTEST_PERIOD_MILLIS) {
      throw new IllegalArgumentException(
          "expected a cron that fires at most every 2 minutes, found one that fires at "
              + nearest.first()
              + " and at "
              + nearest.second());
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
    if (zone != null && checked && !Zones.isName(zone)) {
      fields.at("timezone").report(Zones.problem(zone), Zones.suggestion(zone));
    }
    return zone;
  }

  private @Nullable String moment(Fields fields, String name) {
    var text = fields.text(name, LONGEST);
    if (text != null && checked) {
      try {
        MomentText.instant(text, ZoneOffset.UTC);
      } catch (IllegalArgumentException e) {
        fields.at(name).report(String.valueOf(e.getMessage()));
      }
    }
    return text;
  }
}

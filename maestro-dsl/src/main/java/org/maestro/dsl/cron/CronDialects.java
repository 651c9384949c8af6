package org.maestro.dsl.cron;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What other tools understand by a cron. Texts that belong to another tool are refused with what to
 * write instead; what is read, but read otherwise elsewhere, is worth a warning. {@code
 * docs/time-triggers.md} says which tools were asked.
 */
public final class CronDialects {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern WRAPPED = Pattern.compile("(?i)(cron|rate|at)\\s*\\((.*)\\)");
  private static final Pattern RATE = Pattern.compile("(?i)(\\d+)\\s+(minute|hour|day)s?");
  private static final Pattern ZONED =
      Pattern.compile("(?:CRON_TZ|TZ)=(\\S+)\\s+(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern EVERY = Pattern.compile("(?i)@every\\s+(\\S+)");
  private static final Pattern SPECIAL = Pattern.compile("(?i).*(?:\\bL\\b|\\d[LW]\\b|L-\\d|#).*");
  private static final Pattern SUNDAY = Pattern.compile("(?<![/\\d])[07](?!\\d)");
  private static final Pattern NTH = Pattern.compile("#\\d");
  private static final Pattern DIGITS = Pattern.compile(".*\\d.*");
  private static final int SOME_YEAR = 2030;

  private CronDialects() {}

  /**
   * Says what to write instead of a text that belongs to another tool.
   *
   * @return null if it may be one of ours
   */
  public static @Nullable String instead(String text) {
    var cron = text.strip();
    var zoned = ZONED.matcher(cron);
    if (zoned.matches()) {
      return "write \"cron\": \"%s\" and \"timezone\": \"%s\""
          .formatted(zoned.group(2), zoned.group(1));
    }
    if (cron.startsWith("@")) {
      return insteadOfWord(cron);
    }
    var wrapped = WRAPPED.matcher(cron);
    if (wrapped.matches()) {
      return insteadOfWrapped(wrapped.group(1).toLowerCase(Locale.ROOT), wrapped.group(2).strip());
    }
    var fields = BLANKS.splitAsStream(cron).toList();
    if (fields.size() == 6 && (fields.get(2).equals("?") || fields.get(4).equals("?"))) {
      return "with six fields seconds are the first; this looks like a cron of EventBridge, which"
          + " begins with the minutes and ends with the year: write \"0 "
          + String.join(" ", fields)
          + "\"";
    }
    if (fields.size() == 5 && fields.contains("?")) {
      return "with five fields write * for ?: \""
          + String.join(" ", fields).replace('?', '*')
          + "\"";
    }
    if (fields.size() == 5
        && (SPECIAL.matcher(fields.get(2)).matches() || SPECIAL.matcher(fields.get(4)).matches())) {
      return "L, W and # need six fields, seconds first, and ? for one of the days: \"%s\""
          .formatted(withSeconds(fields));
    }
    if (fields.stream().anyMatch(field -> field.matches("H(\\(.*\\))?(/\\d+)?"))) {
      return "there is no H; write a time, and fuzzy_max_delay to spread workflows after it";
    }
    return null;
  }

  private static String withSeconds(List<String> fields) {
    var byWeek = SPECIAL.matcher(fields.get(4)).matches();
    return "0 %s %s %s %s %s"
        .formatted(
            fields.get(0),
            fields.get(1),
            byWeek ? "?" : fields.get(2),
            fields.get(3),
            byWeek ? fields.get(4) : "?");
  }

  private static @Nullable String insteadOfWord(String word) {
    var every = EVERY.matcher(word);
    if (every.matches()) {
      return "write {\"type\": \"INTERVAL\", \"interval\": \"%s\"}".formatted(every.group(1));
    }
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "@hourly", "@daily", "@weekly", "@monthly", "@yearly" -> predefined(word);
      case "@midnight" -> predefined("@daily");
      case "@annually" -> predefined("@yearly");
      case "@reboot" -> "nothing here starts with a machine; write a time";
      default -> null;
    };
  }

  private static String predefined(String word) {
    return "write {\"type\": \"PREDEFINED\", \"expression\": \"%s\"}"
        .formatted(word.toLowerCase(Locale.ROOT));
  }

  private static String insteadOfWrapped(String kind, String text) {
    if (kind.equals("at")) {
      return "a trigger fires again and again; for one time start the workflow then";
    }
    if (kind.equals("rate")) {
      var rate = RATE.matcher(text);
      var unit = rate.matches() ? rate.group(2).toLowerCase(Locale.ROOT) : "";
      return "write {\"type\": \"INTERVAL\", \"interval\": \"%s\"}"
          .formatted(
              rate.matches()
                  ? rate.group(1) + (unit.equals("minute") ? "min" : unit.substring(0, 1))
                  : "6h");
    }
    var fields = BLANKS.splitAsStream(text).toList();
    return fields.size() == 6
        ? "write it without \"cron( )\", with seconds before it: \"0 " + text + "\""
        : "write it without \"cron( )\": \"" + text + "\"";
  }

  /**
   * What other tools read otherwise in a cron that is one; each a sentence.
   *
   * @param zone whose clock it goes by
   */
  public static List<String> warnings(String cron, ZoneId zone) {
    var fields = BLANKS.splitAsStream(cron.strip()).toList();
    var schedule = CronSchedule.parse(cron);
    var warnings = new ArrayList<String>();
    if (fields.size() == 5) {
      aboutBothDays(fields.get(2), fields.get(4), warnings);
      aboutUnixDaysOfWeek(fields.get(4), warnings);
    } else {
      if (fields.size() == 6) {
        warnings.add(
            "of six fields the first are seconds here, as in Quartz and Spring; EventBridge begins"
                + " with the minutes and ends with the year");
      }
      aboutQuartzDaysOfWeek(fields.get(5), warnings);
    }
    aboutClockChanges(schedule, zone, warnings);
    return List.copyOf(warnings);
  }

  private static void aboutBothDays(String ofMonth, String ofWeek, List<String> warnings) {
    if (ofMonth.equals("*") || ofWeek.equals("*")) {
      return;
    }
    warnings.add(
        ofMonth.startsWith("*") || ofWeek.startsWith("*")
            ? ("of the days \"%s\" of the month and \"%s\" of the week one begins with *, so both"
                    + " must fit, as in cronsim and Spring; croniter and cron-utils fire on days"
                    + " that fit either")
                .formatted(ofMonth, ofWeek)
            : ("fires on days that fit \"%s\" of the month or \"%s\" of the week, as in croniter,"
                    + " cronsim and cron-utils; Spring and APScheduler want both, Quartz refuses it")
                .formatted(ofMonth, ofWeek));
  }

  private static void aboutUnixDaysOfWeek(String field, List<String> warnings) {
    if (field.startsWith("*/")) {
      warnings.add(
          ("the days \"%s\" of the week are counted from Sunday here, as in croniter, cronsim and"
                  + " cron-utils; Spring and APScheduler count them from Monday")
              .formatted(field));
    } else if (SUNDAY.matcher(field).find()) {
      warnings.add(
          ("the day \"%s\" of the week: 0 and 7 are Sunday here; in Quartz 7 is Saturday, in"
                  + " APScheduler 0 is Monday; names such as SUN are the same everywhere")
              .formatted(field));
    }
  }

  private static void aboutQuartzDaysOfWeek(String field, List<String> warnings) {
    if (field.equalsIgnoreCase("L")) {
      warnings.add("L alone is Saturday here, as in Quartz; Spring refuses it");
    } else if (DIGITS.matcher(NTH.matcher(field).replaceAll("")).matches()) {
      warnings.add(
          ("the day \"%s\" of the week: 1 is Sunday here, as in Quartz, and Monday in Spring; names"
                  + " such as MON are the same everywhere")
              .formatted(field));
    }
  }

  private static void aboutClockChanges(CronSchedule schedule, ZoneId zone, List<String> warnings) {
    for (var rule : zone.getRules().getTransitionRules()) {
      var change = rule.createTransition(SOME_YEAR);
      var from = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
      var to = change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
      if (!schedule.namesTimeOfDay(from, to)) {
        continue;
      }
      var between = shown(from.toLocalTime()) + " and " + shown(to.toLocalTime());
      if (change.isGap() && !schedule.everyHour()) {
        warnings.add(
            ("the clock of %s skips the time between %s once a year: what it names there fires"
                    + " once, at %s; Quartz, Spring and cron-utils leave it out")
                .formatted(zone.getId(), between, shown(to.toLocalTime())));
      } else if (change.isOverlap() && !schedule.countsOn()) {
        warnings.add(
            ("the clock of %s shows the time between %s twice once a year: it fires the first time,"
                    + " as in cron-utils; Quartz the second, Spring both")
                .formatted(zone.getId(), between));
      }
    }
  }

  private static String shown(LocalTime time) {
    return time.toString();
  }
}

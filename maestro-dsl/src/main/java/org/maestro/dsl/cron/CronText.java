package org.maestro.dsl.cron;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.And;
import com.cronutils.model.field.expression.Between;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.field.expression.On;
import com.cronutils.model.field.expression.QuestionMark;
import com.cronutils.model.field.value.FieldValue;
import com.cronutils.parser.CronParser;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Crons as people write them. The library reads the fields; what they name is worked out here. */
final class CronText {
  private static final CronParser UNIX = parser(CronType.UNIX);
  private static final CronParser QUARTZ = parser(CronType.QUARTZ);
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final String PREAMBLE = "Failed to parse cron expression. ";

  private final Cron cron;
  private final boolean unix;

  private CronText(Cron cron, boolean unix) {
    this.cron = cron;
    this.unix = unix;
  }

  private static CronParser parser(CronType type) {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
  }

  static CronSchedule parse(String text) {
    var instead = CronDialects.instead(text);
    if (instead != null) {
      throw new IllegalArgumentException(
          "expected a cron of 5 fields (Unix) or 6 or 7 (Quartz, seconds first), found \"%s\"; %s"
              .formatted(text, instead));
    }
    var fields = BLANKS.splitAsStream(text.strip()).toList();
    if (fields.size() < 5 || fields.size() > 7) {
      throw new IllegalArgumentException(
          "expected a cron of 5 fields (Unix) or 6 or 7 (Quartz, seconds first), found "
              + fields.size()
              + " in \""
              + text
              + "\"");
    }
    var unix = fields.size() == 5;
    try {
      var cron = (unix ? UNIX : QUARTZ).parse(String.join(" ", fields));
      return new CronText(cron, unix).schedule();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a "
              + (unix ? "Unix" : "Quartz")
              + " cron such as \""
              + (unix ? "30 6 * * 1-5" : "0 30 6 ? * MON-FRI")
              + "\", found \""
              + text
              + "\": "
              + reason(e),
          e);
    }
  }

  private static String reason(IllegalArgumentException e) {
    var message = String.valueOf(e.getMessage());
    var reason = message.startsWith(PREAMBLE) ? message.substring(PREAMBLE.length()) : message;
    return reason.contains("Both, a day-of-week AND a day-of-month")
        ? "with seconds, one of the day of month and the day of week must be ?"
        : reason;
  }

  private CronSchedule schedule() {
    var hours = expression(CronFieldName.HOUR);
    return new CronSchedule(
        new WallTimes(
            unix ? 1 : bits(CronFieldName.SECOND, 0, 59),
            bits(CronFieldName.MINUTE, 0, 59),
            bits(CronFieldName.HOUR, 0, 23),
            bits(CronFieldName.MONTH, 1, 12),
            days(),
            years()),
        hasSteps(hours));
  }

  private FieldExpression expression(CronFieldName name) {
    var field = cron.retrieveFieldsAsMap().get(name);
    return field == null ? FieldExpression.always() : field.getExpression();
  }

  private static boolean hasSteps(FieldExpression expression) {
    return expression instanceof Always
        || expression instanceof Every
        || (expression instanceof And and
            && and.getExpressions().stream().anyMatch(CronText::hasSteps));
  }

  private long bits(CronFieldName name, int min, int max) {
    return bits(expression(name), min, max);
  }

  private static long bits(FieldExpression expression, int min, int max) {
    var bits = new long[1];
    forEach(expression, min, max, value -> bits[0] |= 1L << value);
    return bits[0];
  }

  /** All values that a field names, but those with L, W or #. */
  private static void forEach(FieldExpression expression, int min, int max, IntConsumer sink) {
    switch (expression) {
      case And and -> and.getExpressions().forEach(part -> forEach(part, min, max, sink));
      case Every every -> forEachStep(every, min, max, sink);
      case Between between ->
          forEachIn(number(between.getFrom()), number(between.getTo()), 1, min, max, sink);
      case On on -> sink.accept(on.getTime().getValue());
      case Always _, QuestionMark _ -> forEachIn(min, max, 1, min, max, sink);
      // The library's hierarchy is open.
      default -> throw new IllegalArgumentException("unknown expression " + expression.asString());
    }
  }

  private static void forEachStep(Every every, int min, int max, IntConsumer sink) {
    int step = every.getPeriod().getValue();
    switch (every.getExpression()) {
      case On on -> forEachIn(on.getTime().getValue(), max, step, min, max, sink);
      case Between between ->
          forEachIn(number(between.getFrom()), number(between.getTo()), step, min, max, sink);
      default -> forEachIn(min, max, step, min, max, sink);
    }
  }

  /** From one value to another, over the end of the field if need be, as in {@code 22-2}. */
  private static void forEachIn(int from, int to, int step, int min, int max, IntConsumer sink) {
    if (step < 1) {
      throw new IllegalArgumentException("expected a step of 1 or more, found " + step);
    }
    var end = to < from ? to + max - min + 1 : to;
    for (var value = from; value <= end; value += step) {
      sink.accept(value > max ? value - (max - min + 1) : value);
    }
  }

  private static int number(FieldValue<?> value) {
    return (Integer) value.getValue();
  }

  private @Nullable BitSet years() {
    var expression = expression(CronFieldName.YEAR);
    if (expression instanceof Always) {
      return null;
    }
    var years = new BitSet();
    forEach(expression, 1970, 2099, years::set);
    return years;
  }

  private DaysOfCron days() {
    var ofMonth = expression(CronFieldName.DAY_OF_MONTH);
    var ofWeek = expression(CronFieldName.DAY_OF_WEEK);
    return new DaysOfCron(
        daysOfMonth(ofMonth), daysOfWeek(ofWeek), unix && !hasStar(ofMonth) && !hasStar(ofWeek));
  }

  /** Whether a field begins with a star; as for every Unix cron, that makes it no restriction. */
  private static boolean hasStar(FieldExpression expression) {
    return switch (expression) {
      case Always _ -> true;
      case Every every -> every.getExpression() instanceof Always;
      case And and -> hasStar(and.getExpressions().getFirst());
      default -> false;
    };
  }

  private static DaysOfCron.OfMonth daysOfMonth(FieldExpression expression) {
    var days = 0L;
    var beforeLast = 0L;
    var nearestWeekdays = 0L;
    var lastWeekday = false;
    for (var part : parts(expression)) {
      if (part instanceof On on) {
        switch (on.getSpecialChar().getValue()) {
          case L -> beforeLast |= 1L << Math.max(0, on.getNth().getValue());
          case LW -> lastWeekday = true;
          case W -> nearestWeekdays |= 1L << on.getTime().getValue();
          case NONE, HASH, QUESTION_MARK -> days |= 1L << on.getTime().getValue();
        }
      } else {
        days |= bits(part, 1, 31);
      }
    }
    return new DaysOfCron.OfMonth(days, beforeLast, nearestWeekdays, lastWeekday);
  }

  private DaysOfCron.OfWeek daysOfWeek(FieldExpression expression) {
    var days = new long[1];
    var last = 0L;
    var nth = new ArrayList<DaysOfCron.Nth>();
    for (var part : parts(expression)) {
      if (part instanceof On on) {
        var number = on.getTime().getValue();
        switch (on.getSpecialChar().getValue()) {
          // A bare L is the last day of the week, Saturday.
          case L -> {
            if (number < 0) {
              days[0] |= 1L << DayOfWeek.SATURDAY.getValue();
            } else {
              last |= 1L << dayOfWeek(number).getValue();
            }
          }
          case HASH -> nth.add(new DaysOfCron.Nth(dayOfWeek(number), on.getNth().getValue()));
          case NONE, LW, W, QUESTION_MARK -> days[0] |= 1L << dayOfWeek(number).getValue();
        }
      } else {
        // In Unix 7 is Sunday again, but no day of its own: "*/2" ends at 6.
        forEach(
            part,
            unix ? 0 : 1,
            unix && !(part instanceof Between) ? 6 : 7,
            value -> days[0] |= 1L << dayOfWeek(value).getValue());
      }
    }
    return new DaysOfCron.OfWeek(days[0], last, nth);
  }

  private static List<FieldExpression> parts(FieldExpression expression) {
    return expression instanceof And and ? and.getExpressions() : List.of(expression);
  }

  /** Unix counts from Sunday as 0, Quartz from Sunday as 1. */
  private DayOfWeek dayOfWeek(int number) {
    return DayOfWeek.SUNDAY.plus(unix ? number : number - 1);
  }
}

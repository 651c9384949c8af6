package org.maestro.sel;

import java.lang.reflect.Executable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.ReadableInstant;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.maestro.zones.Zones;

/** Random arguments, each as an expression says it and as Java has it. */
final class RandomArguments {
  private static final Set<Class<?>> SAYABLE =
      Set.of(
          int.class,
          long.class,
          double.class,
          String.class,
          CharSequence.class,
          Object.class,
          DateTime.class,
          ReadableInstant.class,
          DateTimeZone.class,
          DateTimeFormatter.class);
  private static final List<Zone> ZONES = zones();
  static final List<String> OLD_ZONE_IDS =
      ZONES.stream()
          .map(Zone::id)
          .filter(id -> !DateTimeZone.forID(id).getID().equals(id))
          .toList();
  private static final String LETTERS = "GCYxweEyMdDaKhHkmsSZz";
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "b",
          ",",
          "a,b",
          "a,b,,",
          ",,a",
          ",",
          ",,,",
          "a1b22c",
          "Ada Lovelace",
          " \t x\n ",
          "ÀÉß",
          "İ",
          "aaa",
          "abcabc",
          "$1",
          "\\",
          "2024-05-05",
          "x.y.z",
          "null");
  private static final List<String> REGEXES =
      List.of(
          ",",
          "",
          "a",
          "[0-9]+",
          "a|b",
          "x*",
          "\\s+",
          ".",
          "(a)(b)?",
          "b+",
          "[^a]",
          "\\.",
          "$",
          "^",
          "(a)|(b)",
          ",+",
          "(",
          "[a-c]{2}",
          "(?i)A");
  private static final List<String> REPLACEMENTS =
      List.of("", "-", "$0", "[$1]", "$2$1", "\\$", "\\\\", "$", "\\", "$12", "${x}", "a$", "$a");
  private static final List<String> FORMATS =
      List.of(
          "%s",
          "%5s|",
          "%-5s|",
          "%.2s",
          "%d",
          "%05d",
          "%,d",
          "%+d",
          "%x",
          "%X",
          "%o",
          "%b",
          "%.2f",
          "%10.3f",
          "%e",
          "%S",
          "%%",
          "%n",
          "%2$s %1$s",
          "%s %s",
          "%q",
          "%",
          "plain",
          "%(d",
          "% d");

  /** How an expression says a value. */
  record Argument(String source, @Nullable Object value) {}

  /**
   * A zone both know by the same name.
   *
   * @param from the first moment since which both have the same rules
   */
  private record Zone(String id, long from, List<Long> changes) {}

  private final Random random;

  /** Whether this call's dates may be before 1970, in zones whose rules agree there too. */
  private boolean old;

  RandomArguments(Random random) {
    this.random = random;
  }

  /** What follows belongs to another call. */
  void next() {
    old = random.nextInt(3) == 0;
  }

  /** Where the two sets of zone rules agree from 1850 or 1970 on; others are left out. */
  private static List<Zone> zones() {
    var end = Instant.parse("2090-01-01T00:00:00Z").toEpochMilli();
    var zones = new ArrayList<Zone>();
    for (var id : new TreeSet<>(DateTimeZone.getAvailableIDs())) {
      if (Zones.names().contains(id) && ZoneId.of(id).getId().equals(id)) {
        for (var year : List.of("1850", "1970")) {
          var start = Instant.parse(year + "-01-01T00:00:00Z").toEpochMilli();
          var changes = changes(id, start, end);
          if (changes.stream().allMatch(at -> agree(id, at - 1) && agree(id, at))
              && (start > 0 || agree(id, Long.MIN_VALUE / 2))) {
            zones.add(new Zone(id, start, List.copyOf(changes)));
            break;
          }
        }
      }
    }
    return zones;
  }

  private static Set<Long> changes(String id, long start, long end) {
    var changes = new TreeSet<Long>();
    changes.add(start + 1);
    var joda = DateTimeZone.forID(id);
    for (var at = start; joda.nextTransition(at) != at && at < end; ) {
      at = joda.nextTransition(at);
      changes.add(at);
    }
    var rules = ZoneId.of(id).getRules();
    var next = rules.nextTransition(Instant.ofEpochMilli(start));
    while (next != null && next.getInstant().toEpochMilli() < end) {
      changes.add(next.getInstant().toEpochMilli());
      next = rules.nextTransition(next.getInstant());
    }
    return changes;
  }

  private static boolean agree(String id, long millis) {
    return DateTimeZone.forID(id).getOffset(millis)
        == ZoneId.of(id).getRules().getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds()
            * 1000;
  }

  static boolean canSay(Class<?> type) {
    return SAYABLE.contains(type);
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  Argument receiver(Class<?> owner, String name) {
    if (owner == DateTime.class) {
      return dateTime();
    }
    if (owner == DateTime.Property.class) {
      return property();
    }
    if (owner == DateTimeZone.class) {
      return zone(zone());
    }
    if (owner == DateTimeFormatter.class) {
      return formatter();
    }
    if (owner == String.class) {
      return text(oneOf(TEXTS));
    }
    if (owner == LinkedHashMap.class) {
      return new Argument("m", new LinkedHashMap<>(Map.of("k", "v")));
    }
    var from = dateTime();
    var to = dateTime();
    return new Argument(
        "Days.daysBetween(" + from.source() + ", " + to.source() + ")",
        org.joda.time.Days.daysBetween((DateTime) from.value(), (DateTime) to.value()));
  }

  List<Argument> of(Executable executable, @Nullable Argument receiver) {
    var name = executable.getName();
    if (name.startsWith("parse") && executable.getDeclaringClass() != DateTime.class) {
      return List.of(parseable((DateTimeFormatter) receiver.value()));
    }
    if (name.equals("parse") && executable.getParameterCount() == 2) {
      var formatter = formatter();
      return List.of(parseable((DateTimeFormatter) formatter.value()), formatter);
    }
    if (executable.getParameterCount() == 8) {
      return written();
    }
    var all = new ArrayList<Argument>();
    for (var i = 0; i < executable.getParameterCount(); i++) {
      all.add(of(executable, executable.getParameterTypes()[i], i));
    }
    return all;
  }

  private Argument of(Executable executable, Class<?> type, int index) {
    var name = executable.getName();
    if (type == int.class) {
      return whole(whole(name));
    }
    if (type == long.class) {
      var millis = old && random.nextInt(10) == 0 ? random.nextLong() : millis(zone());
      return new Argument(Long.toString(millis), millis);
    }
    if (type == double.class) {
      var number = oneOf(List.of(0.0, 1.0, -1.5, 2.25, 1234.5, 3.0, -0.5));
      return new Argument(Double.toString(number), number);
    }
    if (type == DateTime.class || type == ReadableInstant.class) {
      return dateTime();
    }
    if (type == DateTimeZone.class) {
      return zone(zone());
    }
    if (type == DateTimeFormatter.class) {
      return formatter();
    }
    if (type == Object.class && executable.getDeclaringClass() == DateTime.class) {
      return switch (random.nextInt(3)) {
        case 0 -> dateTime();
        case 1 -> text(iso());
        default -> {
          var millis = millis(zone());
          yield new Argument(Long.toString(millis), millis);
        }
      };
    }
    if (name.equals("forID")) {
      return text(
          random.nextInt(3) > 0
              ? zone().id()
              : oneOf(
                  List.of(
                      "+01:00",
                      "-05:30",
                      "+00:00",
                      "+0930",
                      "+09",
                      "+18:00",
                      "UTC",
                      "utc",
                      "Nowhere",
                      "+01:30:15",
                      "+1:00",
                      "-00:00",
                      "+24:00",
                      "+10:60")));
    }
    if (name.equals("forPattern") || name.equals("toString")) {
      return text(pattern());
    }
    if (name.equals("parse")) {
      return text(iso());
    }
    if (name.equals("split") || name.equals("replaceAll")) {
      return text(oneOf(index == 0 ? REGEXES : REPLACEMENTS));
    }
    if (name.equals("containsKey") || name.startsWith("get") || name.equals("put")) {
      return index == 1 && random.nextBoolean() ? whole(5) : text(oneOf(List.of("k", "z", "")));
    }
    if (type == Object.class && random.nextBoolean()) {
      return oneOf(List.of(whole(7), new Argument("true", true), new Argument("null", null)));
    }
    return text(oneOf(TEXTS));
  }

  private int whole(String name) {
    if (old && random.nextInt(40) == 0) {
      return oneOf(List.of(Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0, 100_000_000));
    }
    if (name.equals("withYear") || name.equals("withWeekyear")) {
      return old ? 1851 + random.nextInt(230) : 1974 + random.nextInt(110);
    }
    if (name.startsWith("with")) {
      var most =
          name.contains("MillisOf")
              ? 86_400_000
              : name.endsWith("DayOfYear")
                  ? 366
                  : name.endsWith("Week")
                      ? 7
                      : name.endsWith("Weekyear")
                          ? 53
                          : name.endsWith("Year")
                              ? 12
                              : name.endsWith("Month") ? 31 : name.endsWith("Day") ? 23 : 59;
      if (name.endsWith("MillisOfSecond")) {
        most = 999;
      }
      return random.nextInt(most + 3) - 1;
    }
    if (name.equals("substring") || name.equals("split")) {
      return random.nextInt(8) - 2;
    }
    var most =
        name.endsWith("Millis") || name.endsWith("Seconds")
            ? 10_000_000
            : name.endsWith("Minutes") ? 100_000 : name.endsWith("Years") ? 5 : 40;
    return random.nextInt(2 * most + 1) - most;
  }

  private static Argument whole(int number) {
    return new Argument(Integer.toString(number), number);
  }

  List<Argument> variadic(String name) {
    var all = new ArrayList<Argument>();
    if (name.equals("join")) {
      for (var i = random.nextInt(4); i >= 0; i--) {
        all.add(text(oneOf(TEXTS)));
      }
      return all;
    }
    all.add(text(oneOf(FORMATS)));
    for (var i = random.nextInt(3); i > 0; i--) {
      all.add(
          switch (random.nextInt(4)) {
            case 0 -> text(oneOf(TEXTS));
            case 1 -> new Argument("null", null);
            case 2 -> new Argument("true", true);
            default -> {
              var number = (long) random.nextInt(200_000) - 100_000;
              yield new Argument(Long.toString(number), number);
            }
          });
    }
    return all;
  }

  /** As a string literal. */
  static Argument text(String text) {
    var source = new StringBuilder("'");
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      source.append(
          c < ' ' || c > '~' || c == '\'' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
    }
    return new Argument(source.append("'").toString(), text);
  }

  private Zone zone() {
    while (true) {
      var zone = oneOf(ZONES);
      if (!old || zone.from() < 0) {
        return zone;
      }
    }
  }

  private static Argument zone(Zone zone) {
    return new Argument("DateTimeZone.forID('" + zone.id() + "')", DateTimeZone.forID(zone.id()));
  }

  /** Around a change of clocks, most of the time. */
  private long millis(Zone zone) {
    var change = oneOf(zone.changes());
    var least = old ? -3_600_000_000_000L : 126_000_000_000L;
    var near =
        switch (random.nextInt(6)) {
          case 0 -> change;
          case 1 -> change - 1;
          case 2 -> change + (random.nextInt(8) - 4) * 1_800_000L;
          case 3 -> change + random.nextInt(172_800_000) - 86_400_000;
          case 4 ->
              change
                  + (random.nextInt(800) - 400) * 86_400_000L
                  + random.nextInt(7_200_000)
                  - 3_600_000;
          default -> random.nextLong(least, 3_700_000_000_000L);
        };
    return Math.clamp(near, least, 3_700_000_000_000L);
  }

  private Argument dateTime() {
    var zone = zone();
    var millis = millis(zone);
    return new Argument(
        "new DateTime(" + millis + ", DateTimeZone.forID('" + zone.id() + "'))",
        new DateTime(millis, DateTimeZone.forID(zone.id())));
  }

  private Argument property() {
    var field =
        oneOf(
            List.of(
                "year",
                "monthOfYear",
                "weekyear",
                "weekOfWeekyear",
                "dayOfYear",
                "dayOfMonth",
                "dayOfWeek",
                "hourOfDay",
                "minuteOfDay",
                "minuteOfHour",
                "secondOfDay",
                "secondOfMinute",
                "millisOfDay",
                "millisOfSecond"));
    var at = dateTime();
    try {
      return new Argument(
          at.source() + "." + field + "()", DateTime.class.getMethod(field).invoke(at.value()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field, e);
    }
  }

  /** The parts of a local time near a change of clocks, or of none at all. */
  private List<Argument> written() {
    var zone = zone();
    var at =
        new DateTime(millis(zone), DateTimeZone.forID(zone.id()))
            .plusMinutes(random.nextInt(240) - 120);
    var parts =
        new int[] {
          at.getYear(),
          at.getMonthOfYear(),
          at.getDayOfMonth(),
          at.getHourOfDay(),
          at.getMinuteOfHour(),
          at.getSecondOfMinute(),
          at.getMillisOfSecond()
        };
    if (random.nextInt(4) == 0) {
      parts[1 + random.nextInt(6)] = random.nextInt(70) - 2;
    }
    if (random.nextInt(3) == 0) {
      parts[3] = random.nextInt(4);
    }
    var all = new ArrayList<Argument>();
    for (var part : parts) {
      all.add(whole(part));
    }
    all.add(zone(zone));
    return all;
  }

  private Argument formatter() {
    while (true) {
      var pattern = pattern();
      try {
        var formatter = DateTimeFormat.forPattern(pattern);
        var source = "DateTimeFormat.forPattern(" + text(pattern).source() + ")";
        if (random.nextInt(3) == 0) {
          var zone = zone();
          return new Argument(
              source + ".withZone(" + zone(zone).source() + ")",
              formatter.withZone(DateTimeZone.forID(zone.id())));
        }
        return new Argument(source, formatter);
      } catch (RuntimeException _) {
        // Another one.
      }
    }
  }

  private String pattern() {
    if (random.nextInt(3) == 0) {
      return oneOf(
          List.of(
              "yyyy-MM-dd",
              "yyyyMMdd",
              "yyyyMMddHH",
              "yyyy-MM-dd'T'HH:mm:ss.SSSZZ",
              "yyyy-MM-dd HH:mm:ss",
              "EEE, d MMM yyyy HH:mm:ss Z",
              "xxxx-'W'ww-e",
              "yyyy-DDD",
              "hh:mm a",
              "MM/dd/yy",
              "d MMMM yyyy G",
              "HH:mm ZZZ",
              "yyyyMMdd'T'HHmmss'Z'",
              "h a",
              "kk:mm",
              "YYYYMMdd",
              "yyyy-MM-dd HH:mm z",
              "CC yy",
              "ww xx",
              "E yyyy-MM-dd"));
    }
    var pattern = new StringBuilder();
    for (var i = 1 + random.nextInt(5); i > 0; i--) {
      pattern.repeat(
          LETTERS.charAt(random.nextInt(LETTERS.length())),
          1 + random.nextInt(random.nextInt(8) == 0 ? 7 : 4));
      pattern.append(oneOf(List.of("", "", "-", " ", ":", "/", "''", "'at'", ".", "'o''clock'")));
    }
    if (random.nextInt(30) == 0) {
      pattern.append(oneOf(List.of("b", "'", "''", "J", "'open", "c", "F", "W")));
    }
    return pattern.toString();
  }

  /** What the formatter prints of some moment, as it is or spoiled. */
  private Argument parseable(DateTimeFormatter formatter) {
    var zone = formatter.getZone() == null ? zone() : null;
    var at =
        zone == null
            ? new DateTime(
                millis(
                    ZONES.stream()
                        .filter(one -> DateTimeZone.forID(one.id()).equals(formatter.getZone()))
                        .findFirst()
                        .orElseThrow()))
            : new DateTime(millis(zone), DateTimeZone.forID(zone.id()));
    var text = new StringBuilder(formatter.print(at));
    if (random.nextInt(4) == 0 && !text.isEmpty()) {
      var place = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.deleteCharAt(place);
        case 1 -> text.insert(place, "0123456789-+ aZ".charAt(random.nextInt(15)));
        case 2 -> text.setCharAt(place, (char) ('0' + random.nextInt(10)));
        default -> {
          var upper = text.toString().toUpperCase(Locale.ROOT);
          return text(random.nextBoolean() ? upper : upper.toLowerCase(Locale.ROOT));
        }
      }
    }
    return text(text.toString());
  }

  private String iso() {
    var zone = zone();
    var at = new DateTime(millis(zone), DateTimeZone.forID(zone.id()));
    var text =
        new StringBuilder(
            random.nextInt(3) == 0
                ? at.toString()
                : at.toString(
                    oneOf(
                        List.of(
                            "yyyy-MM-dd",
                            "yyyy-MM",
                            "yyyy",
                            "yyyy-DDD",
                            "xxxx-'W'ww-e",
                            "xxxx-'W'ww",
                            "yyyy-MM-dd'T'HH",
                            "yyyy-MM-dd'T'HH:mm",
                            "yyyy-MM-dd'T'HH:mm:ssZ",
                            "'T'HH:mm:ss.SSS",
                            "yyyy-M-d",
                            "yyyy-MM-dd'T'HH.SSS",
                            "yyyy-MM-dd'T'HH:mm,SSS",
                            "yyyy'T'",
                            "yyyy-MM-dd'T'ZZ",
                            "yyyy-MM-dd't'HH:mm'z'",
                            "yyyy-MM-dd'T'HH:mm:ss.SSSSSS",
                            "'+'yyyy-MM-dd",
                            "'-'yyyy",
                            "yyyyMMdd",
                            "yyyy-MM-dd HH:mm:ss"))));
    if (random.nextInt(5) == 0) {
      var place = random.nextInt(text.length());
      if (random.nextBoolean()) {
        text.deleteCharAt(place);
      } else {
        text.setCharAt(place, "0123456789-:TZ+.".charAt(random.nextInt(16)));
      }
    }
    return text.toString();
  }
}

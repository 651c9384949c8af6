package org.maestro.sel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.joda.time.DateTime;
import org.joda.time.DateTimeConstants;
import org.joda.time.DateTimeUtils;
import org.joda.time.DateTimeZone;
import org.joda.time.Days;
import org.joda.time.format.DateTimeFormat;
import org.joda.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every callable that Java or Joda-Time has too, called by an expression and by reflection with the
 * same random arguments: the same value, or a refusal where they throw. {@code
 * -Dmaestro.sel.seed=…} replays, {@code -Dmaestro.sel.calls=…} makes more.
 */
class JodaTableTest {
  private static final Map<String, Class<?>> JAVA =
      Map.of(
          "DateTime", DateTime.class,
          "Property", DateTime.Property.class,
          "DateTimeZone", DateTimeZone.class,
          "DateTimeFormat", DateTimeFormat.class,
          "DateTimeFormatter", DateTimeFormatter.class,
          "DateTimeConstants", DateTimeConstants.class,
          "Days", Days.class,
          "String", String.class,
          "Math", Math.class,
          "Map", LinkedHashMap.class);

  /** What has no counterpart, or none whose result could be compared. */
  private static final List<String> OURS =
      List.of(
          "Arrays.",
          "HashMap.",
          "LinkedHashMap.",
          "Map.new",
          "Math.random",
          "String.escape",
          "System.",
          "UUID.",
          "Util.");

  /** What Java has under the same name and the language never had. */
  private static final List<String> OVERLOADS =
      List.of(
          "org.joda.time.DateTime(org.joda.time.DateTimeZone)",
          "toString(org.joda.time.format.DateTimeFormatter)",
          "lastIndexOf(int)");

  private final long seed =
      Long.getLong("maestro.sel.seed", ThreadLocalRandom.current().nextLong());
  private final int calls = Integer.getInteger("maestro.sel.calls", 10_000);
  private final RandomArguments arguments = new RandomArguments(new Random(seed));
  private final Locale locale = Locale.getDefault();
  private final DateTimeZone zone = DateTimeZone.getDefault();

  @BeforeEach
  void standWhereExpressionsDo() {
    Locale.setDefault(Locale.US);
    DateTimeZone.setDefault(DateTimeZone.UTC);
    DateTimeUtils.setCurrentMillisFixed(Fixed.NOW.toEpochMilli());
  }

  @AfterEach
  void standWhereTheOthersDo() {
    Locale.setDefault(locale);
    DateTimeZone.setDefault(zone);
    DateTimeUtils.setCurrentMillisSystem();
  }

  @Test
  void everyCallGivesWhatJavaAndJodaTimeGive() {
    var entries =
        Builtins.surface().stream()
            .filter(entry -> OURS.stream().noneMatch(entry::startsWith))
            .toList();
    var different = new TreeMap<String, List<String>>();
    var deliberate = new TreeMap<String, Integer>();
    for (var i = 0; i < calls; i++) {
      var call = call(entries.get(i % entries.size()));
      var java = java(call);
      var ours = ours(call);
      if (!same(ours, java)) {
        var known = Deliberate.reason(call, java, ours);
        if (known == null) {
          different
              .computeIfAbsent(call.entry(), _ -> new ArrayList<>())
              .add(call.source() + "\n    java: " + shown(java) + "\n    ours: " + shown(ours));
        } else {
          deliberate.merge(known, 1, Integer::sum);
        }
      }
    }
    System.out.println(
        "seed " + seed + ", " + calls + " calls; deliberately different: " + deliberate);
    assertThat(different).as("seed " + seed).isEmpty();
  }

  /** One call: what an expression says and what reflection needs. */
  record Calling(
      String entry,
      String source,
      @Nullable Executable executable,
      @Nullable Object receiver,
      List<@Nullable Object> arguments) {}

  private Calling call(String entry) {
    arguments.next();
    var dot = entry.indexOf('.');
    var slash = entry.indexOf('/');
    var type = entry.substring(0, dot);
    if (slash < 0) {
      return new Calling(entry, entry, null, null, List.of());
    }
    var name = entry.substring(dot + 1, slash);
    var arity = entry.substring(slash + 1);
    if (arity.equals("any")) {
      return variadic(entry, name);
    }
    var owner =
        entry.equals("DateTimeFormatter.forPattern/1") ? DateTimeFormat.class : JAVA.get(type);
    var executable = arguments.oneOf(executables(owner, name, Integer.parseInt(arity)));
    var isStatic = Modifier.isStatic(executable.getModifiers()) || name.equals("new");
    var receiver = isStatic ? null : arguments.receiver(owner, name);
    var given = arguments.of(executable, receiver);
    var source =
        (name.equals("new")
                ? "new " + type
                : isStatic ? type + "." + name : receiver.source() + "." + name)
            + "("
            + String.join(", ", given.stream().map(RandomArguments.Argument::source).toList())
            + ")";
    return new Calling(
        entry, source, executable, receiver == null ? null : receiver.value(), values(given));
  }

  private Calling variadic(String entry, String name) {
    var given = arguments.variadic(name);
    var source =
        "String."
            + name
            + "("
            + String.join(", ", given.stream().map(RandomArguments.Argument::source).toList())
            + ")";
    return new Calling(entry, source, null, null, values(given));
  }

  private static List<@Nullable Object> values(List<RandomArguments.Argument> given) {
    var values = new ArrayList<@Nullable Object>();
    given.forEach(one -> values.add(one.value()));
    return values;
  }

  /** The public ones whose parameters an expression can say. */
  private static List<Executable> executables(Class<?> owner, String name, int arity) {
    var all =
        name.equals("new")
            ? Arrays.stream(owner.getConstructors()).map(Executable.class::cast)
            : Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .map(Executable.class::cast);
    var found =
        all.filter(one -> one.getParameterCount() == arity)
            .filter(one -> Stream.of(one.getParameterTypes()).allMatch(RandomArguments::canSay))
            .filter(one -> OVERLOADS.stream().noneMatch(one.toString()::contains))
            .toList();
    assertThat(found).as(owner + "." + name + "/" + arity).isNotEmpty();
    return found;
  }

  /** A value, or what was thrown. */
  record Outcome(@Nullable Object value, @Nullable RuntimeException thrown) {}

  private static Outcome java(Calling call) {
    try {
      return new Outcome(plain(invoke(call)), null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(call.source(), e);
    } catch (RuntimeException e) {
      return new Outcome(null, e);
    }
  }

  private static @Nullable Object invoke(Calling call) throws ReflectiveOperationException {
    if (call.executable() == null) {
      return constant(call);
    }
    try {
      return call.executable() instanceof Method method
          ? method.invoke(call.receiver(), call.arguments().toArray())
          : ((Constructor<?>) call.executable()).newInstance(call.arguments().toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static @Nullable Object constant(Calling call) throws ReflectiveOperationException {
    var dot = call.entry().indexOf('.');
    return switch (call.entry()) {
      case "String.format/any" -> {
        var rest = Arrays.copyOfRange(call.arguments().toArray(), 1, call.arguments().size());
        yield String.format((String) call.arguments().get(0), rest);
      }
      case "String.join/any" -> {
        var rest =
            Arrays.copyOfRange(
                call.arguments().toArray(), 1, call.arguments().size(), CharSequence[].class);
        yield String.join((String) call.arguments().get(0), rest);
      }
      default ->
          JAVA.get(call.entry().substring(0, dot))
              .getField(call.entry().substring(dot + 1))
              .get(null);
    };
  }

  /** As an expression's result looks. */
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number -> (long) number;
      case DateTime at -> at + " " + at.getZone().getID();
      case DateTimeZone zone -> zone.getID();
      case Days days -> days.toString();
      case DateTime.Property property -> property.getAsText();
      case DateTimeFormatter formatter -> formatter.print(0);
      case String[] texts -> List.of(texts);
      default -> value;
    };
  }

  private static Outcome ours(Calling call) {
    try {
      var type =
          call.executable() instanceof Method method ? method.getReturnType() : DateTime.class;
      var source =
          call.executable() == null
              ? call.entry().equals("DateTimeZone.UTC") ? "'' + " + call.source() : call.source()
              : type == DateTime.class
                  ? "r = " + call.source() + "; r.toString() + ' ' + r.toString('ZZZ')"
                  : type == DateTimeZone.class || type == Days.class
                      ? "'' + " + call.source()
                      : type == DateTime.Property.class
                          ? call.source() + ".getAsText()"
                          : type == DateTimeFormatter.class
                              ? call.source() + ".print(0)"
                              : call.source();
      return new Outcome(Fixed.evaluate(source), null);
    } catch (SelException e) {
      return new Outcome(null, e);
    }
  }

  private static boolean same(Outcome ours, Outcome java) {
    if (ours.thrown() != null || java.thrown() != null) {
      return ours.thrown() != null && java.thrown() != null;
    }
    return java.value() == null ? ours.value() == null : java.value().equals(ours.value());
  }

  private static String shown(Outcome outcome) {
    return outcome.thrown() == null ? String.valueOf(outcome.value()) : outcome.thrown().toString();
  }

  /** Where we differ on purpose; docs/sel.md has a row of this name for each. */
  private enum Deliberate {
    LAST_YEARS("The clock of the last years") {
      @Override
      boolean explains(Calling call, Outcome java, Outcome ours) {
        return call.entry().startsWith("Property.with")
            && String.valueOf(java.value()).contains("29227");
      }
    },
    OFFSETS("Offsets") {
      @Override
      boolean explains(Calling call, Outcome java, Outcome ours) {
        return refusal(ours).contains("offset in the range of 18 hours")
            || refusal(ours).contains("whole seconds");
      }
    },
    ZONE_IDS("Zone ids") {
      @Override
      boolean explains(Calling call, Outcome java, Outcome ours) {
        var text = String.valueOf(ours.value());
        for (var id : RandomArguments.OLD_ZONE_IDS) {
          if (call.source().contains("'" + id + "'")) {
            text = text.replace(id, DateTimeZone.forID(id).getID());
          }
        }
        return text.equals(java.value());
      }
    },
    ZONE_NAMES("Zone names") {
      @Override
      boolean explains(Calling call, Outcome java, Outcome ours) {
        var source = call.source();
        var hasNames = source.matches(".*(forPattern|toString)\\('[^)]*[zZ].*");
        if (java.thrown() != null) {
          return hasNames && source.contains("parse") && ours.thrown() == null;
        }
        var names = zoneNames(source);
        return (hasNames || names.stream().anyMatch(RandomArguments.OLD_ZONE_IDS::contains))
            && without(names, shown(java)).equals(without(names, shown(ours)));
      }
    },
    DAYS_THAT_COME_TWICE("Days that come twice") {
      @Override
      boolean explains(Calling call, Outcome java, Outcome ours) {
        return call.entry().startsWith("DateTime.withTimeAtStartOfDay")
            && local(shown(ours)).equals(local(shown(java)));
      }

      private static String local(String moment) {
        return moment.substring(0, Math.min(23, moment.length()));
      }
    },
    FORMATS("Formats") {
      @Override
      boolean explains(Calling call, Outcome java, Outcome ours) {
        return refusal(ours).contains("a format such as");
      }
    };

    final String title;

    Deliberate(String title) {
      this.title = title;
    }

    abstract boolean explains(Calling call, Outcome java, Outcome ours);

    /** Ids and names of all zones that an expression names, the longest first. */
    private static Set<String> zoneNames(String source) {
      var names =
          new TreeSet<String>(
              Comparator.comparing(String::length).reversed().thenComparing(String::compareTo));
      for (var id : ZoneId.getAvailableZoneIds()) {
        if (source.contains(id)) {
          for (var known : List.of(id, DateTimeZone.forID(id).getID())) {
            names.add(known);
            var zone = TimeZone.getTimeZone(known);
            for (var summer : new boolean[] {true, false}) {
              names.add(zone.getDisplayName(summer, TimeZone.LONG, Locale.US));
              names.add(zone.getDisplayName(summer, TimeZone.SHORT, Locale.US));
            }
          }
        }
      }
      return names;
    }

    private static String without(Set<String> names, String text) {
      for (var name : names) {
        text = text.replace(name, "zone");
      }
      return text;
    }

    private static String refusal(Outcome ours) {
      return ours.thrown() == null ? "" : String.valueOf(ours.thrown().getMessage());
    }

    static @Nullable String reason(Calling call, Outcome java, Outcome ours) {
      for (var one : values()) {
        if (one.explains(call, java, ours)) {
          return one.title;
        }
      }
      return null;
    }
  }

  @Test
  void theReferenceNamesEveryDifference() throws IOException {
    assertThat(Files.readString(Path.of("../docs/sel.md")))
        .contains(Stream.of(Deliberate.values()).map(one -> "| " + one.title + " |").toList());
  }
}

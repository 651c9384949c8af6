package org.maestro.engine.backfill;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.dsl.cron.CronSchedule;
import org.maestro.model.backfill.BackfillOrder;
import org.maestro.model.backfill.BackfillRange;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.MaxFailures;
import org.maestro.model.document.Limit;
import org.maestro.model.param.Param;
import org.maestro.sel.Decimals;
import org.maestro.service.problem.ApiException;
import org.maestro.zones.Zones;

/**
 * What a caller asks for when it makes a back-fill.
 *
 * @param param null means {@code RUN_TS} for times, and is refused for listed values
 * @param skip which values are left out because they have been run before
 * @param maxFailures how many values may fail before no more are started; all if null
 */
public record BackfillRequest(
    String version,
    BackfillRange range,
    @Nullable String param,
    BackfillOrder order,
    long concurrency,
    Map<String, Param> runParams,
    Skip skip,
    @Nullable MaxFailures maxFailures) {
  /** How many of its runs a back-fill may have at a time at most. */
  @Limit("runs of a back-fill at a time")
  public static final long MOST_CONCURRENT = 1_000;

  private static final int MOST_LISTED = 10_000;
  private static final int MOST_LISTED_CHARS = 500_000;
  private static final Set<String> RANGES = Set.of("days", "hours", "cron", "values");
  private static final Set<String> KEYS =
      Set.of(
          "version",
          "days",
          "hours",
          "cron",
          "values",
          "zone",
          "param",
          "order",
          "concurrency",
          "run_params",
          "skip",
          "max_failures");

  /** Which values are left out. */
  public enum Skip {
    /** None. */
    NONE,
    /** Those of which a run has succeeded. */
    SUCCEEDED,
    /** Those that have a run, however it ended. */
    STARTED
  }

  /**
   * Reads the body of a request.
   *
   * @param workflowZone the zone of the clock unless the body names one
   * @throws ApiException 400 with every problem
   */
  public static BackfillRequest read(Map<String, Object> body, ZoneId workflowZone) {
    return new Reader(body).read(workflowZone);
  }

  private static final class Reader {
    private final Map<String, Object> body;
    private final List<DefinitionProblem> problems = new ArrayList<>();

    Reader(Map<String, Object> body) {
      this.body = body;
      for (var key : body.keySet()) {
        if (!KEYS.contains(key)) {
          problem(
              "/" + key,
              "unknown field \"%s\"; expected one of %s"
                  .formatted(key, KEYS.stream().sorted().toList()));
        }
      }
    }

    private void problem(String pointer, String message) {
      problems.add(new DefinitionProblem(pointer, message, null));
    }

    BackfillRequest read(ZoneId workflowZone) {
      var zone = zone(workflowZone);
      var range = range(zone);
      var param = text("/param", body.get("param"));
      if (param == null && range instanceof BackfillRange.Listed) {
        problem("/param", "expected the name of the run param that gets each value, found none");
      }
      var version = text("/version", body.get("version"));
      var order =
          word("/order", BackfillOrder.class, BackfillOrder.OLDEST_FIRST, body.get("order"));
      var skip = word("/skip", Skip.class, Skip.NONE, body.get("skip"));
      var concurrency = whole("/concurrency", body.get("concurrency"), 1, MOST_CONCURRENT);
      var maxFailures = maxFailures();
      var runParams = runParams();
      if (param != null && runParams.containsKey(param)) {
        problem("/run_params/" + param, "gets the back-fill's values; expected it only once");
      }
      if (!problems.isEmpty()) {
        throw refused();
      }
      return new BackfillRequest(
          version == null ? "active" : version,
          range,
          param,
          order,
          concurrency,
          runParams,
          skip,
          maxFailures);
    }

    private @Nullable MaxFailures maxFailures() {
      var value = body.get("max_failures");
      if (value == null) {
        return null;
      }
      var read = MaxFailures.read(value);
      if (read.isEmpty()) {
        var meant = MaxFailures.meant(value);
        problem(
            "/max_failures",
            "expected %s, found %s%s"
                .formatted(
                    MaxFailures.EXPECTED,
                    value,
                    meant == null ? "" : "; did you mean \"" + meant + "\"?"));
      }
      return read.orElse(null);
    }

    private ApiException refused() {
      return ApiException.invalid(
          "invalid-backfill",
          "the back-fill can't be made: "
              + String.join(
                  "; ", problems.stream().map(p -> p.pointer() + ": " + p.message()).toList()),
          List.copyOf(problems));
    }

    private ZoneId zone(ZoneId workflowZone) {
      var name = text("/zone", body.get("zone"));
      if (name == null) {
        return workflowZone;
      }
      try {
        return Zones.of(name);
      } catch (IllegalArgumentException e) {
        problem("/zone", String.valueOf(e.getMessage()));
        return workflowZone;
      }
    }

    private BackfillRange range(ZoneId zone) {
      var given = body.keySet().stream().filter(RANGES::contains).sorted().toList();
      if (given.size() != 1) {
        problem("", "expected exactly one of days, hours, cron and values, found " + given);
        throw refused();
      }
      var kind = given.getFirst();
      var range = kind.equals("values") ? listed() : ofTimes(kind, zone);
      if (range == null || !problems.isEmpty()) {
        throw refused();
      }
      try {
        var _ = RangeValues.of(range);
      } catch (IllegalArgumentException | DateTimeException e) {
        problem("/" + kind, String.valueOf(e.getMessage()));
      }
      return range;
    }

    private @Nullable BackfillRange ofTimes(String kind, ZoneId zone) {
      if (!(body.get(kind) instanceof Map<?, ?> range)) {
        problem("/" + kind, "expected an object with from and to, found " + body.get(kind));
        return null;
      }
      var known =
          kind.equals("cron") ? Set.of("expression", "from", "to") : Set.of("from", "to", "step");
      range.keySet().stream()
          .filter(key -> !known.contains(String.valueOf(key)))
          .forEach(key ->
              problem(
                  "/" + kind + "/" + key,
                  "unknown field; expected one of " + known.stream().sorted().toList()));
      var from = moment("/" + kind + "/from", range.get("from"), false);
      var to = moment("/" + kind + "/to", range.get("to"), !kind.equals("days"));
      if (from == null || to == null) {
        return null;
      }
      if (to.isBefore(from)) {
        problem("/" + kind + "/to", "expected no time before from, found " + range.get("to"));
        return null;
      }
      return switch (kind) {
        case "days" ->
            new BackfillRange.Days(from.toLocalDate(), to.toLocalDate(), step(kind, range), zone);
        case "hours" -> new BackfillRange.Hours(from, to, step(kind, range), zone);
        case "cron" -> cron(range, from, to, zone);
        default -> throw new IllegalStateException("expected a known kind of range");
      };
    }

    private long step(String kind, Map<?, ?> range) {
      return whole("/" + kind + "/step", range.get("step"), 1, RangeValues.MOST);
    }

    private @Nullable BackfillRange cron(
        Map<?, ?> range, LocalDateTime from, LocalDateTime to, ZoneId zone) {
      var expression = text("/cron/expression", range.get("expression"));
      if (expression == null) {
        problem("/cron/expression", "expected a cron such as \"0 6 * * *\", found none");
        return null;
      }
      try {
        var _ = CronSchedule.parse(expression);
      } catch (IllegalArgumentException e) {
        problem("/cron/expression", String.valueOf(e.getMessage()));
      }
      return new BackfillRange.Cron(expression, from, to, zone);
    }

    /** A day or an hour; as an end, a day lasts until its last second. */
    private @Nullable LocalDateTime moment(
        String pointer, @Nullable Object value, boolean endOfDay) {
      if (value instanceof String || value instanceof Long) {
        var text = String.valueOf(value).strip();
        for (var format :
            List.of(DateTimeFormatter.BASIC_ISO_DATE, DateTimeFormatter.ISO_LOCAL_DATE)) {
          try {
            var day = LocalDate.parse(text, format);
            return endOfDay ? day.atTime(LocalTime.of(23, 59, 59)) : day.atStartOfDay();
          } catch (DateTimeParseException _) {
            // Perhaps one of the other forms.
          }
        }
        try {
          return text.length() == 10
              ? LocalDate.parse(text.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE)
                  .atTime(Integer.parseInt(text.substring(8)), 0)
              : LocalDateTime.parse(text);
        } catch (DateTimeException | NumberFormatException _) {
          // Refused below.
        }
      }
      problem(
          pointer,
          "expected 20210131, 2021-01-31, 2021013106 or 2021-01-31T06:00, found "
              + (value == null ? "none" : "\"" + value + "\""));
      return null;
    }

    private @Nullable BackfillRange listed() {
      if (!(body.get("values") instanceof List<?> given)) {
        problem("/values", "expected a list of values, found " + body.get("values"));
        return null;
      }
      var texts = new LinkedHashSet<String>();
      var chars = 0;
      for (int i = 0; i < given.size(); i++) {
        var value = given.get(i);
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
          problem("/values/" + i, "expected a string, a number or a boolean, found " + value);
        } else if (!texts.add(shown(value))) {
          problem("/values/" + i, "expected every value once, found %s again".formatted(value));
        }
        chars += shown(value).length();
      }
      if (given.size() > MOST_LISTED || chars > MOST_LISTED_CHARS) {
        problem(
            "/values",
            "expected at most %,d values of %,d characters together, found %,d of %,d"
                .formatted(MOST_LISTED, MOST_LISTED_CHARS, given.size(), chars));
      }
      return new BackfillRange.Listed(List.copyOf(texts));
    }

    private static String shown(@Nullable Object value) {
      return value instanceof Number number ? Decimals.text(number) : String.valueOf(value);
    }

    private @Nullable String text(String pointer, @Nullable Object value) {
      if (value == null) {
        return null;
      }
      if (value instanceof Long number) {
        return String.valueOf(number);
      }
      if (!(value instanceof String text) || text.isBlank()) {
        problem(pointer, "expected a text, found " + value);
        return null;
      }
      return text;
    }

    private long whole(String pointer, @Nullable Object value, long least, long most) {
      if (value == null) {
        return 1;
      }
      if (value instanceof Long number && number >= least && number <= most) {
        return number;
      }
      problem(
          pointer,
          "expected a whole number from %d to %,d, found %s".formatted(least, most, value));
      return 1;
    }

    private <E extends Enum<E>> E word(
        String pointer, Class<E> type, E otherwise, @Nullable Object value) {
      if (value == null) {
        return otherwise;
      }
      var words = Stream.of(type.getEnumConstants()).toList();
      for (var word : words) {
        if (value instanceof String text && word.name().equalsIgnoreCase(text)) {
          return word;
        }
      }
      problem(
          pointer,
          "expected one of %s, found \"%s\""
              .formatted(
                  words.stream().map(w -> w.name().toLowerCase(Locale.ROOT)).toList(), value));
      return otherwise;
    }

    private Map<String, Param> runParams() {
      var value = body.get("run_params");
      if (value == null) {
        return Map.of();
      }
      return switch (DefinitionReader.params(value, "/run_params")) {
        case Read.Ok<Map<String, Param>>(Map<String, Param> params) -> params;
        case Read.Bad<Map<String, Param>>(List<DefinitionProblem> bad) -> {
          problems.addAll(bad);
          yield Map.of();
        }
      };
    }
  }
}

package org.maestro.param;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maestro.model.param.InternalMode;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamMode;
import org.maestro.model.param.ParamSource;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.zones.Zones;

/**
 * The parameters that every run has. Their values follow from the run's facts and from each other,
 * so they need not be stored: {@code RUN_TS} and the zones decide all the rest.
 */
final class WorkflowDefaults {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyyMMdd");
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH");
  private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmm");
  private static final ZoneId US_PACIFIC = Zones.of("America/Los_Angeles");

  /** Those that have a value in every run, by name, without it. */
  static final Map<String, Param> DEFINITIONS = definitions();

  /** Known names without a value of their own: if something gives one, its type is fixed. */
  private static final Map<String, Param> OPTIONAL =
      Map.of(
          "job_template_version",
          definition(ParamType.STRING, ParamMode.MUTABLE, InternalMode.OPTIONAL));

  private WorkflowDefaults() {}

  private static Map<String, Param> definitions() {
    var all = new LinkedHashMap<String, Param>();
    var string = definition(ParamType.STRING, ParamMode.MUTABLE_ON_START, null);
    var whole = definition(ParamType.LONG, ParamMode.MUTABLE_ON_START, null);
    all.put("DSL_DEFAULT_TZ", string);
    all.put("WORKFLOW_CRON_TIMEZONE", string);
    all.put("RUN_TS", whole);
    all.put("TARGET_RUN_DATE", string);
    all.put("TARGET_RUN_HOUR", string);
    all.put("DERIVED_RUN_TS", whole);
    all.put("DERIVED_RUN_DATE_US_PACIFIC", string);
    all.put("DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE", string);
    all.put("DERIVED_RUN_DATE_UTC", string);
    all.put("DERIVED_RUN_DATE_UTC_MINUS_ONE", string);
    all.put("DERIVED_RUN_DATE_UTC_PLUS_ONE", string);
    all.put("DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR", string);
    all.put("DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR", string);
    all.put("DERIVED_RUN_HOUR_US_PACIFIC", string);
    all.put("DERIVED_RUN_HOUR_UTC", string);
    all.put("DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR", string);
    all.put("DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR", string);
    all.put("LOCAL_RUN_DATE", string);
    all.put("RUN_DATE", string);
    all.put("RUN_DATE_MINUS_1", string);
    all.put("RUN_DATE_MINUS_7", string);
    var reserved = definition(ParamType.STRING, ParamMode.CONSTANT, InternalMode.RESERVED);
    all.put("owner", reserved);
    all.put("workflow_id", reserved);
    return Collections.unmodifiableMap(all);
  }

  private static Param definition(
      ParamType type, ParamMode mode, @Nullable InternalMode internalMode) {
    return new Param(
        type,
        null,
        null,
        mode,
        internalMode,
        ParamSource.SYSTEM_DEFAULT,
        null,
        List.of(),
        null,
        null);
  }

  /** The definition that others of this name are merged into; null if the system has none. */
  static @Nullable Param definition(String name) {
    var definition = DEFINITIONS.get(name);
    return definition != null ? definition : OPTIONAL.get(name);
  }

  /** Whether only the system gives this name a value. */
  static boolean isReserved(String name) {
    var definition = DEFINITIONS.get(name);
    return definition != null && definition.internalMode() == InternalMode.RESERVED;
  }

  /**
   * The value of one of the names in {@link #DEFINITIONS}.
   *
   * @param other the value that another workflow param has in this run
   */
  static Object value(String name, InstanceFacts facts, Function<String, Object> other) {
    return switch (name) {
      case "DSL_DEFAULT_TZ" -> orElse(facts.firstTimeTriggerTimezone(), "UTC");
      case "WORKFLOW_CRON_TIMEZONE" ->
          facts.initiator() instanceof Initiator.Time time && time.timezone() != null
              ? orElse(time.timezone(), "UTC")
              : other.apply("DSL_DEFAULT_TZ");
      case "RUN_TS" ->
          facts.initiator() instanceof Initiator.Time time
              ? time.triggerTime()
              : facts.createTime();
      case "TARGET_RUN_DATE", "LOCAL_RUN_DATE" -> DATE.format(runTime(other, cronZone(other)));
      case "TARGET_RUN_HOUR" -> HOUR.format(runTime(other, cronZone(other)));
      case "DERIVED_RUN_TS" ->
          startOfHour(other).atZone(cronZone(other)).toInstant().toEpochMilli();
      case "DERIVED_RUN_DATE_US_PACIFIC" -> DATE.format(derived(other, US_PACIFIC));
      case "DERIVED_RUN_DATE_US_PACIFIC_MINUS_ONE" ->
          DATE.format(derived(other, US_PACIFIC).minusDays(1));
      case "DERIVED_RUN_DATE_UTC" -> DATE.format(derived(other, ZoneOffset.UTC));
      case "DERIVED_RUN_DATE_UTC_MINUS_ONE" ->
          DATE.format(derived(other, ZoneOffset.UTC).minusDays(1));
      case "DERIVED_RUN_DATE_UTC_PLUS_ONE" ->
          DATE.format(derived(other, ZoneOffset.UTC).plusDays(1));
      case "DERIVED_RUN_DATE_UTC_MINUS_ONE_HOUR" ->
          DATE.format(derived(other, ZoneOffset.UTC).minusHours(1));
      case "DERIVED_RUN_DATE_UTC_PLUS_ONE_HOUR" ->
          DATE.format(derived(other, ZoneOffset.UTC).plusHours(1));
      case "DERIVED_RUN_HOUR_US_PACIFIC" -> HOUR.format(derived(other, US_PACIFIC));
      case "DERIVED_RUN_HOUR_UTC" -> HOUR.format(derived(other, ZoneOffset.UTC));
      case "DERIVED_RUN_HOUR_UTC_MINUS_ONE_HOUR" ->
          HOUR.format(derived(other, ZoneOffset.UTC).minusHours(1));
      case "DERIVED_RUN_HOUR_UTC_PLUS_ONE_HOUR" ->
          HOUR.format(derived(other, ZoneOffset.UTC).plusHours(1));
      case "RUN_DATE" -> DATE.format(runTime(other, ZoneOffset.UTC));
      case "RUN_DATE_MINUS_1" -> DATE.format(runTime(other, ZoneOffset.UTC).minusDays(1));
      case "RUN_DATE_MINUS_7" -> DATE.format(runTime(other, ZoneOffset.UTC).minusDays(7));
      case "owner" -> facts.owner();
      case "workflow_id" -> facts.workflowId();
      default -> throw new IllegalArgumentException("no default parameter is named " + name);
    };
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null || text.isEmpty() ? other : text;
  }

  private static ZonedDateTime runTime(Function<String, Object> other, ZoneId zone) {
    return Instant.ofEpochMilli((Long) other.apply("RUN_TS")).atZone(zone);
  }

  private static ZonedDateTime derived(Function<String, Object> other, ZoneId zone) {
    return Instant.ofEpochMilli((Long) other.apply("DERIVED_RUN_TS")).atZone(zone);
  }

  private static LocalDateTime startOfHour(Function<String, Object> other) {
    var text = other.apply("TARGET_RUN_DATE") + "" + other.apply("TARGET_RUN_HOUR");
    try {
      return LocalDateTime.parse(text + "00", DATE_TIME);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "expected TARGET_RUN_DATE and TARGET_RUN_HOUR as yyyyMMdd and HH, found " + text, e);
    }
  }

  private static ZoneId cronZone(Function<String, Object> other) {
    var name = (String) other.apply("WORKFLOW_CRON_TIMEZONE");
    try {
      return Zones.of(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("WORKFLOW_CRON_TIMEZONE: " + e.getMessage(), e);
    }
  }
}

package org.maestro.engine.alert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alerting property of a workflow, as far as it is understood here. Whatever is written in it
 * is accepted; what has another shape than expected is taken for absent.
 *
 * @param everybody who is told unless a type says otherwise
 * @param types what is said of single types, by their names
 * @param tct the completion time that is promised; null for none
 */
record Alerting(Targets everybody, Map<String, TypeConfig> types, @Nullable Tct tct) {

  /**
   * Names as they were written.
   *
   * @param slackUsers people, whom only a bot could write to
   * @param mentioned people who are to be mentioned in Slack
   */
  record Targets(
      List<String> emails,
      List<String> webhooks,
      List<String> slackChannels,
      List<String> pagerduties,
      List<String> slackUsers,
      List<String> mentioned) {

    boolean isEmpty() {
      return emails.isEmpty()
          && webhooks.isEmpty()
          && slackChannels.isEmpty()
          && pagerduties.isEmpty()
          && slackUsers.isEmpty();
    }
  }

  /**
   * What is said of one type.
   *
   * @param actions the ways to tell; empty for all
   */
  record TypeConfig(
      Targets targets, boolean disabled, Set<String> actions, @Nullable String granularity) {}

  /** Exactly one of the three is given in what is acted on. */
  record Tct(
      @Nullable Long completedByHour,
      @Nullable Long durationMinutes,
      @Nullable Long completedByTs,
      String zone) {}

  static Alerting of(Map<String, Object> property) {
    var types = new LinkedHashMap<String, TypeConfig>();
    if (property.get("type_configs") instanceof Map<?, ?> configs) {
      configs.forEach((name, config) -> {
        if (config instanceof Map<?, ?> fields) {
          types.put(String.valueOf(name).toUpperCase(Locale.ROOT), typeConfig(fields));
        }
      });
    }
    return new Alerting(
        targets(property),
        types,
        property.get("tct") instanceof Map<?, ?> tct && !tct.isEmpty() ? tct(tct) : null);
  }

  private static TypeConfig typeConfig(Map<?, ?> fields) {
    return new TypeConfig(
        targets(fields),
        Boolean.TRUE.equals(fields.get("disabled")),
        Set.copyOf(
            names(fields.get("actions")).stream().map(a -> a.toLowerCase(Locale.ROOT)).toList()),
        fields.get("granularity") instanceof String text ? text.toUpperCase(Locale.ROOT) : null);
  }

  private static Targets targets(Map<?, ?> fields) {
    var slack = fields.get("slack") instanceof Map<?, ?> map ? map : Map.of();
    return new Targets(
        names(fields.get("emails")),
        names(fields.get("webhooks")),
        names(slack.get("channels")),
        names(fields.get("pagerduties")),
        names(slack.get("users")),
        names(slack.get("mention_users")));
  }

  private static List<String> names(@Nullable Object value) {
    var names = new ArrayList<String>();
    if (value instanceof String one && !one.isBlank()) {
      names.add(one);
    } else if (value instanceof List<?> many) {
      for (var one : many) {
        if (one instanceof String text && !text.isBlank()) {
          names.add(text);
        }
      }
    }
    return List.copyOf(names);
  }

  private static Tct tct(Map<?, ?> fields) {
    return new Tct(
        number(fields.get("completed_by_hour")),
        number(fields.get("duration_minutes")),
        number(fields.get("completed_by_ts")),
        fields.get("tz") instanceof String zone && !zone.isBlank() ? zone : "UTC");
  }

  private static @Nullable Long number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    }
    if (value instanceof String text) {
      try {
        return Long.valueOf(text.strip());
      } catch (NumberFormatException _) {
        return null;
      }
    }
    return null;
  }

  /** Who is told of an event, and the ways that are allowed; null if nobody is. */
  @Nullable Asked asked(AlertEvent event) {
    var config = types.get(event.type());
    if (config != null && config.disabled()) {
      return null;
    }
    var isAskedFor =
        switch (event) {
          case FAILURE -> true;
          case SUCCESS -> config != null;
          case LATE -> tct != null;
        };
    if (!isAskedFor) {
      return null;
    }
    var own = config == null || config.targets().isEmpty() ? everybody : config.targets();
    return own.isEmpty() ? null : new Asked(own, config == null ? Set.of() : config.actions());
  }

  /** Who is asked to be told. */
  record Asked(Targets targets, Set<String> actions) {
    boolean allows(String action) {
      return actions.isEmpty() || actions.contains(action);
    }
  }

  /** Who is asked to be told of which events. */
  Map<AlertEvent, Asked> asked() {
    var all = new EnumMap<AlertEvent, Asked>(AlertEvent.class);
    for (var event : AlertEvent.values()) {
      var asked = asked(event);
      if (asked != null) {
        all.put(event, asked);
      }
    }
    return all;
  }
}

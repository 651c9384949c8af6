package org.maestro.dsl;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.definition.RunStrategy.Rule;
import org.maestro.model.document.Limit;

/** What belongs to a workflow rather than to one version of it. */
final class PropertiesReader {
  @Limit("instances of a workflow at a time")
  private static final long MOST_INSTANCES = 1_000;

  @Limit("step_concurrency")
  private static final long MOST_STEPS = 1_000;

  @Limit(value = "an owner", unit = "characters")
  private static final int LONGEST_OWNER = 256;

  private static final int LONGEST_DESCRIPTION = 16_384;
  private static final int MOST_NAMES = 1_000;

  /** The parts of the access control that mean something here. */
  private static final List<String> NAME_LISTS = List.of("start", "announce");

  private static final List<String> TCT_TARGETS =
      List.of("completed_by_hour", "duration_minutes", "completed_by_ts");

  private PropertiesReader() {}

  static Properties properties(@Nullable Object tree, Place place) {
    var fields = Fields.of(tree, place, "the properties");
    var owner = fields.raw("owner") != null ? owner(fields) : null;
    var properties =
        new Properties(
            owner == null ? null : owner.name(),
            owner == null ? null : owner.attributes(),
            fields.raw("access_control") != null ? accessControl(fields) : null,
            strategyIsGiven(fields) ? strategy(fields) : null,
            fields.wholeNumber("step_concurrency", 1, MOST_STEPS),
            fields.raw("alerting") != null ? alerting(fields) : null,
            fields.flag("alerting_disabled"),
            fields.flag("signal_trigger_disabled"),
            fields.flag("time_trigger_disabled"),
            fields.words("description", LONGEST_DESCRIPTION),
            fields.raw("tags") != null ? TagReader.tags(fields, "tags") : null);
    fields.refuseUnknown();
    return properties;
  }

  private record Owner(String name, @Nullable Map<String, Object> attributes) {}

  private static Owner owner(Fields properties) {
    var tree = properties.raw("owner");
    if (!(tree instanceof Map)) {
      return new Owner(properties.requiredText("owner", LONGEST_OWNER), null);
    }
    var fields = Fields.of(tree, properties.at("owner"), "an owner");
    var name = fields.requiredText("name", LONGEST_OWNER);
    var attributes = fields.others();
    return new Owner(name, attributes.isEmpty() ? null : attributes);
  }

  /** An object without a rule is a mistake, empty or not. */
  private static boolean strategyIsGiven(Fields fields) {
    var strategy = fields.raw("run_strategy");
    return strategy != null && !"".equals(strategy);
  }

  /** A rule's name, a number of parallel instances, or an object with both. */
  private static @Nullable RunStrategy strategy(Fields properties) {
    var at = properties.at("run_strategy");
    return switch (properties.raw("run_strategy")) {
      case Number _ -> {
        var concurrency = properties.wholeNumber("run_strategy", 1, MOST_INSTANCES);
        yield concurrency == null ? null : new RunStrategy(Rule.PARALLEL, concurrency);
      }
      case String text -> {
        var rule = Fields.choice(text, at, Rule.class);
        yield rule == null ? null : new RunStrategy(rule, null);
      }
      case Map<?, ?> map -> strategyOf(Fields.of(map, at, "a run strategy"));
      case null, default -> {
        at.report(
            "expected a rule such as \"sequential\", a number of parallel instances, or an object"
                + " with rule and workflow_concurrency, found "
                + Found.describe(properties.raw("run_strategy")));
        yield null;
      }
    };
  }

  private static @Nullable RunStrategy strategyOf(Fields fields) {
    if (!fields.has("rule")) {
      fields.reportMissing(
          "rule",
          "one of " + String.join(", ", Arrays.stream(Rule.values()).map(Rule::name).toList()));
    }
    var rule = fields.choice("rule", Rule.class);
    var concurrency = fields.wholeNumber("workflow_concurrency", 1, MOST_INSTANCES);
    if (rule != null && rule != Rule.PARALLEL && concurrency != null && concurrency > 1) {
      fields
          .at("workflow_concurrency")
          .report(
              "expected workflow_concurrency 1 with the rule "
                  + rule
                  + ", found "
                  + concurrency
                  + "; use the rule PARALLEL or remove workflow_concurrency");
    }
    fields.refuseUnknown();
    return rule == null ? null : new RunStrategy(rule, concurrency);
  }

  private static Map<String, Object> accessControl(Fields properties) {
    var accessControl = properties.entries("access_control", "access control");
    for (var list : NAME_LISTS) {
      var names = accessControl.get(list);
      if (names != null
          && !(names instanceof List<?> all
              && all.size() <= MOST_NAMES
              && all.stream().allMatch(PropertiesReader::isName))) {
        properties
            .at("access_control")
            .child(list)
            .report(
                "expected a list of at most %d names, or [\"*\"] for everybody, found %s"
                    .formatted(MOST_NAMES, Found.describe(names)));
      }
    }
    return accessControl;
  }

  private static boolean isName(@Nullable Object name) {
    return name instanceof String text && !text.isBlank() && text.length() <= LONGEST_OWNER;
  }

  private static Map<String, Object> alerting(Fields properties) {
    var alerting = properties.entries("alerting", "alerting");
    var at = properties.at("alerting");
    if (!Scalars.isEmpty(alerting.get("tct"))) {
      var tct = Fields.object(alerting.get("tct"), at.child("tct"), "a target completion time");
      var targets = TCT_TARGETS.stream().filter(name -> tct.get(name) != null).toList();
      if (targets.size() != 1) {
        at.child("tct")
            .report(
                "expected exactly one of " + String.join(", ", TCT_TARGETS) + ", found " + targets);
      }
    }
    return alerting;
  }
}

package org.maestro.dsl;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.sel.Spelling;

/** Names of fields, and what else people write for them. */
public final class FieldNames {
  /** What a word from elsewhere stands for in each of the two forms; the first that is known. */
  private record Meant(List<String> inJson, List<String> inYaml) {}

  /** Beyond that nobody writes by chance what is nearly another tool's word. */
  private static final int SHORTEST_MISSPELT = 7;

  private static Meant both(String... names) {
    return new Meant(List.of(names), List.of(names));
  }

  /** Words from other tools and from daily speech. */
  private static final Map<String, Meant> SYNONYMS =
      Map.ofEntries(
          Map.entry("after", new Meant(List.of("transition"), List.of("needs"))),
          Map.entry("alert", new Meant(List.of("alerting"), List.of())),
          Map.entry("alerts", new Meant(List.of("alerting"), List.of())),
          Map.entry("args", both("params")),
          Map.entry("arguments", both("params")),
          Map.entry("condition", new Meant(List.of("expression"), List.of())),
          Map.entry("cron", new Meant(List.of("time_triggers"), List.of("triggers"))),
          Map.entry("default", new Meant(List.of("value"), List.of())),
          Map.entry("dependencies", new Meant(List.of("transition"), List.of("needs"))),
          Map.entry("depends_on", new Meant(List.of("transition"), List.of("needs"))),
          Map.entry("edges", new Meant(List.of("transition"), List.of("transition", "dag"))),
          Map.entry("expr", new Meant(List.of("expression"), List.of())),
          Map.entry("if", both("transition")),
          Map.entry("inputs", both("params")),
          Map.entry("job_id", new Meant(List.of("id"), List.of())),
          Map.entry("job_type", new Meant(List.of("sub_type"), List.of("type"))),
          Map.entry("jobs", new Meant(List.of("steps"), List.of())),
          Map.entry("labels", both("tags")),
          Map.entry("limit", both("concurrency", "workflow_concurrency")),
          Map.entry("max_concurrency", both("concurrency", "workflow_concurrency")),
          Map.entry("max_parallel", both("concurrency", "workflow_concurrency")),
          Map.entry("next", new Meant(List.of("transition", "successors"), List.of("transition"))),
          Map.entry("notifications", new Meant(List.of("alerting"), List.of())),
          Map.entry("notify", new Meant(List.of("alerting"), List.of())),
          Map.entry("on_failure", both("failure_mode")),
          Map.entry("outputs", new Meant(List.of("signal_outputs"), List.of())),
          Map.entry("parallelism", both("concurrency", "workflow_concurrency")),
          Map.entry("parameters", both("params")),
          Map.entry("priority", both("criticality")),
          Map.entry("requires", new Meant(List.of(), List.of("needs"))),
          Map.entry("result", new Meant(List.of("value"), List.of())),
          Map.entry(
              "retries",
              new Meant(List.of("retry_policy", "error_retry_limit"), List.of("retry", "errors"))),
          Map.entry("retry", new Meant(List.of("retry_policy", "error_retry_limit"), List.of())),
          Map.entry(
              "schedule", new Meant(List.of("time_triggers", "cron"), List.of("triggers", "cron"))),
          Map.entry("sel", new Meant(List.of("expression"), List.of())),
          Map.entry(
              "sensors",
              new Meant(List.of("signal_dependencies", "signal_triggers"), List.of("wait_for"))),
          Map.entry(
              "signals", new Meant(List.of("signal_dependencies", "signal_triggers"), List.of())),
          Map.entry("step_id", new Meant(List.of("id"), List.of())),
          Map.entry("step_type", both("type")),
          Map.entry("steps", new Meant(List.of(), List.of("jobs"))),
          Map.entry(
              "strategy", new Meant(List.of("run_strategy", "rule"), List.of("run_strategy"))),
          Map.entry("successors", new Meant(List.of(), List.of("transition"))),
          Map.entry("tasks", new Meant(List.of("steps"), List.of("jobs"))),
          Map.entry("template", new Meant(List.of("sub_type"), List.of())),
          Map.entry("title", both("name")),
          Map.entry("transitions", both("transition")),
          Map.entry("trigger", new Meant(List.of(), List.of("triggers"))),
          Map.entry("trigger_rule", both("transition")),
          Map.entry("triggers", new Meant(List.of("time_triggers", "signal_triggers"), List.of())),
          Map.entry("tz", both("timezone")),
          Map.entry("upstream", new Meant(List.of(), List.of("needs"))),
          Map.entry("variables", both("params")),
          Map.entry("wait", new Meant(List.of(), List.of("wait_for"))),
          Map.entry("when", both("transition")),
          Map.entry("workflow_id", new Meant(List.of("id"), List.of())),
          Map.entry("zone", both("timezone")));

  private FieldNames() {}

  /** A field name of JSON: other writings of it, spelling, then synonyms. */
  static @Nullable String meant(String word, Collection<String> known) {
    var snake = snakeCase(word);
    if (known.contains(snake)) {
      return snake;
    }
    var elsewhere = first(meantBy(snake).inJson, known);
    if (elsewhere != null) {
      return elsewhere;
    }
    var nearest = Spelling.nearest(snake, known);
    if (nearest != null) {
      return nearest;
    }
    var words = SYNONYMS.keySet().stream().filter(one -> !meantBy(one).inJson.isEmpty()).toList();
    var synonym = words.contains(snake) ? snake : Spelling.nearest(snake, words);
    return synonym == null ? null : first(meantBy(synonym).inJson, known);
  }

  private static Meant meantBy(String word) {
    return SYNONYMS.getOrDefault(word, both());
  }

  private static @Nullable String first(List<String> names, Collection<String> known) {
    return names.stream().filter(known::contains).findFirst().orElse(null);
  }

  /**
   * The field of YAML that another tool's word stands for, or one that is nearly spelt so; null if
   * it is none of them.
   */
  public static @Nullable String synonymInYaml(String word, Collection<String> known) {
    return first(meantBy(spelt(word)).inYaml, known);
  }

  /** Whether a word stands for fields of YAML elsewhere, or nearly does. */
  public static boolean isSynonymInYaml(String word) {
    return !meantBy(spelt(word)).inYaml.isEmpty();
  }

  /** Whether a word, as it is, stands for fields of YAML elsewhere. */
  public static boolean isWordFromElsewhere(String word) {
    return !meantBy(word).inYaml.isEmpty();
  }

  /** The word from elsewhere that was meant; short words may be anything. */
  private static String spelt(String word) {
    if (SYNONYMS.containsKey(word) || word.length() < SHORTEST_MISSPELT) {
      return word;
    }
    var longWords =
        SYNONYMS.keySet().stream().filter(one -> one.length() >= SHORTEST_MISSPELT).toList();
    for (var one : longWords) {
      if (letters(one).equals(letters(word))) { // two of them have changed places
        return one;
      }
    }
    var nearest = Spelling.nearest(word, longWords);
    return nearest == null ? word : nearest;
  }

  private static List<Integer> letters(String word) {
    return word.chars().sorted().boxed().toList();
  }

  /** A name as fields are written: {@code failureMode} and {@code failure-mode} are the same. */
  public static String snakeCase(String word) {
    return word.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replace('-', '_')
        .replace(' ', '_')
        .toLowerCase(Locale.ROOT);
  }
}

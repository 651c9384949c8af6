package org.maestro.dsl.yaml;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.FieldNames;
import org.maestro.dsl.yaml.Node.Entries;
import org.maestro.sel.Spelling;

/** The fields of the YAML form, and what people write instead. */
final class YamlFields {
  /** Beside {@code workflow}, as in JSON. */
  static final SequencedSet<String> PUSH = names("workflow", "properties", "is_active", "git_info");

  static final SequencedSet<String> WORKFLOW =
      names(
          "id",
          "name",
          "description",
          "owner",
          "run_strategy",
          "workflow_concurrency",
          "step_concurrency",
          "instance_step_concurrency",
          "tags",
          "timeout",
          "criticality",
          "triggers",
          "time_triggers",
          "signal_triggers",
          "params",
          "dag",
          "jobs",
          "on_failure",
          "on_success",
          "on_end");

  /** Those whose empty value says something, or is a mistake that the reader reports. */
  private static final Set<String> KEPT =
      Set.of(
          "id",
          "name",
          "description",
          "owner",
          "run_strategy",
          "jobs",
          "retry",
          "retry_policy",
          "backoff");

  /** Those of a workflow that belong to its properties. */
  static final Set<String> PROPERTIES =
      Set.of("owner", "run_strategy", "workflow_concurrency", "step_concurrency");

  /** Those of the properties that can't be written inside of the workflow. */
  static final Set<String> OF_PROPERTIES =
      Set.of(
          "access_control",
          "alerting",
          "alerting_disabled",
          "signal_trigger_disabled",
          "time_trigger_disabled");

  private static final String OF_JOBS = "it is a field of jobs";

  /** What nobody calls a parameter, by where it belongs. */
  private static final Map<String, String> PLACES = places();

  private static final List<String> JOB =
      List.of(
          "id",
          "name",
          "description",
          "failure_mode",
          "tags",
          "timeout",
          "transition",
          "needs",
          "wait_for",
          "signals",
          "signal_dependencies",
          "signal_outputs",
          "params");

  /** The fields of a job by the wrapper it has in JSON. */
  static final Map<String, SequencedSet<String>> JOBS =
      Map.of(
          "step",
          job(
              "type",
              "type_version",
              "sub_type",
              "sub_type_version",
              "retry",
              "retry_policy",
              "outputs"),
          "subworkflow",
          job(
              "workflow_id",
              "subworkflow_id",
              "version",
              "subworkflow_version",
              "workflow_version",
              "sync",
              "explicit_params"),
          "foreach",
          job(
              "concurrency",
              "job_concurrency",
              "strict_ordering",
              "max_failures",
              "loop_params",
              "ranges",
              "dag",
              "jobs"),
          "while",
          job("condition", "max_failures", "loop_params", "dag", "jobs"),
          "template",
          job("type", "type_version", "sub_type", "sub_type_version", "outputs"));

  static final SequencedSet<String> TRIGGER =
      names(
          "cron",
          "expression",
          "interval",
          "every",
          "type",
          "start",
          "end",
          "catch_up",
          "timezone",
          "fuzzy_max_delay");
  static final SequencedSet<String> SIGNAL_TRIGGER =
      names(
          "signal",
          "signals",
          "definitions",
          "match",
          "match_params",
          "join_keys",
          "params",
          "condition",
          "dedup_expr");
  static final SequencedSet<String> TRIGGER_ENTRY = names("match", "match_params", "join_keys");
  static final SequencedSet<String> WAIT = names("signal", "name", "match", "match_params");
  static final SequencedSet<String> ANNOUNCE = names("signal", "name", "params", "payload");
  static final SequencedSet<String> RETRY =
      names(
          "errors",
          "platform",
          "timeouts",
          "delay",
          "exponent",
          "max_delay",
          "backoff",
          "error_retry_limit",
          "platform_retry_limit",
          "timeout_retry_limit");
  static final SequencedSet<String> RANGE = names("from", "to", "increment");

  /** Those that nobody means as a parameter. */
  private static final Set<String> NEVER_PARAMS =
      Set.of(
          "depends_on",
          "edges",
          "max_parallel",
          "on_failure",
          "retries",
          "schedule",
          "steps",
          "successors",
          "tasks",
          "transitions");

  private static final int SHORTEST_CERTAIN = 5;

  private YamlFields() {}

  /** An object without the fields that say nothing. */
  static Entries given(Entries written, Set<String> fields) {
    var optional = new LinkedHashSet<>(fields);
    optional.removeAll(KEPT);
    return written.withoutEmpty(optional);
  }

  private static Map<String, String> places() {
    var places = new HashMap<String, String>();
    for (var word :
        List.of("alert", "alerts", "alerting", "emails", "notifications", "notify", "slack")) {
      places.put(word, "who is told stands in 'alerting' under 'properties:', beside 'workflow:'");
    }
    for (var name :
        List.of(
            "failure_mode",
            "loop_params",
            "max_failures",
            "needs",
            "retry",
            "retry_policy",
            "transition",
            "wait_for")) {
      places.put(name, OF_JOBS);
    }
    for (var name :
        List.of(
            "criticality",
            "instance_step_concurrency",
            "on_end",
            "on_success",
            "run_strategy",
            "signal_triggers",
            "time_triggers",
            "triggers",
            "workflow_concurrency")) {
      places.put(name, "it is a field of the workflow");
    }
    return Map.copyOf(places);
  }

  /**
   * Where a key belongs that is no field where it stands; null if it may belong anywhere.
   *
   * @param known the fields of what it stands in
   */
  static @Nullable String place(String word, Set<String> known) {
    var place = PLACES.get(FieldNames.snakeCase(word));
    return OF_JOBS.equals(place) && known.contains("transition")
        ? "jobs of this kind have no such field"
        : place;
  }

  private static SequencedSet<String> names(String... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  private static SequencedSet<String> job(String... more) {
    var names = new LinkedHashSet<>(JOB);
    names.addAll(List.of(more));
    return names;
  }

  /** The field that may have been meant; null if it is none of them. */
  static @Nullable String meant(String word, Collection<String> known) {
    var snake = FieldNames.snakeCase(word);
    if (known.contains(snake)) {
      return snake;
    }
    var elsewhere =
        FieldNames.isWordFromElsewhere(snake) ? FieldNames.synonymInYaml(snake, known) : null;
    if (elsewhere != null) {
      return elsewhere;
    }
    var nearest = nearest(snake, known);
    if (nearest != null && !hasOwnDigit(snake, nearest)) {
      return nearest;
    }
    return FieldNames.synonymInYaml(snake, known);
  }

  /** Nobody misspells params as param0. */
  private static boolean hasOwnDigit(String word, String field) {
    return word.chars().anyMatch(c -> Character.isDigit(c) && field.indexOf(c) < 0);
  }

  /** The word with at most two letters different; null if there is none. */
  static @Nullable String nearest(String word, Collection<String> known) {
    return Spelling.nearest(word, known);
  }

  /** Whether a key that may be a parameter is a misspelt field beyond doubt. */
  static boolean isSurely(String word, String meant) {
    var snake = FieldNames.snakeCase(word);
    return snake.equals(meant)
        || NEVER_PARAMS.contains(snake)
        || (meant.length() >= SHORTEST_CERTAIN && Spelling.edits(snake, meant) == 1);
  }

  /** Whether a key is so near to a field that its author should be asked. */
  static boolean isMaybe(String word, String meant) {
    return meant.length() >= SHORTEST_CERTAIN
        || Spelling.edits(FieldNames.snakeCase(word), meant) == 1
        || FieldNames.isSynonymInYaml(FieldNames.snakeCase(word));
  }
}

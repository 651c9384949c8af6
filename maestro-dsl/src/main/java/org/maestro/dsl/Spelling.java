package org.maestro.dsl;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what an author may have meant by a word that isn't known. */
public final class Spelling {
  private static final int MOST_EDITS = 2;
  private static final int LONGEST = 256;

  /** Words from other tools and from daily speech. */
  private static final Map<String, List<String>> SYNONYMS =
      Map.ofEntries(
          Map.entry("after", List.of("transition")),
          Map.entry("args", List.of("params")),
          Map.entry("arguments", List.of("params")),
          Map.entry("condition", List.of("expression")),
          Map.entry("cron", List.of("time_triggers")),
          Map.entry("default", List.of("value")),
          Map.entry("dependencies", List.of("transition")),
          Map.entry("depends_on", List.of("transition")),
          Map.entry("edges", List.of("transition")),
          Map.entry("expr", List.of("expression")),
          Map.entry("inputs", List.of("params")),
          Map.entry("job_id", List.of("id")),
          Map.entry("job_type", List.of("sub_type")),
          Map.entry("jobs", List.of("steps")),
          Map.entry("labels", List.of("tags")),
          Map.entry("limit", List.of("concurrency", "workflow_concurrency")),
          Map.entry("max_concurrency", List.of("concurrency", "workflow_concurrency")),
          Map.entry("max_parallel", List.of("concurrency", "workflow_concurrency")),
          Map.entry("next", List.of("transition", "successors")),
          Map.entry("on_failure", List.of("failure_mode")),
          Map.entry("outputs", List.of("signal_outputs")),
          Map.entry("parallelism", List.of("concurrency", "workflow_concurrency")),
          Map.entry("parameters", List.of("params")),
          Map.entry("priority", List.of("criticality")),
          Map.entry("result", List.of("value")),
          Map.entry("retries", List.of("retry_policy", "error_retry_limit")),
          Map.entry("retry", List.of("retry_policy", "error_retry_limit")),
          Map.entry("schedule", List.of("time_triggers", "cron")),
          Map.entry("sel", List.of("expression")),
          Map.entry("sensors", List.of("signal_dependencies", "signal_triggers")),
          Map.entry("signals", List.of("signal_dependencies", "signal_triggers")),
          Map.entry("step_id", List.of("id")),
          Map.entry("step_type", List.of("type")),
          Map.entry("strategy", List.of("run_strategy", "rule")),
          Map.entry("tasks", List.of("steps")),
          Map.entry("template", List.of("sub_type")),
          Map.entry("title", List.of("name")),
          Map.entry("transitions", List.of("transition")),
          Map.entry("triggers", List.of("time_triggers", "signal_triggers")),
          Map.entry("tz", List.of("timezone")),
          Map.entry("variables", List.of("params")),
          Map.entry("workflow_id", List.of("id")),
          Map.entry("zone", List.of("timezone")));

  private Spelling() {}

  /** A field name: other writings of it, synonyms, then spelling. */
  static @Nullable String field(String word, Collection<String> known) {
    var snake = snakeCase(word);
    if (known.contains(snake)) {
      return snake;
    }
    var nearest = nearest(snake, known);
    if (nearest != null) {
      return nearest;
    }
    var synonym = SYNONYMS.containsKey(snake) ? snake : nearest(snake, SYNONYMS.keySet());
    return synonym == null
        ? null
        : SYNONYMS.getOrDefault(synonym, List.of()).stream()
            .filter(known::contains)
            .findFirst()
            .orElse(null);
  }

  /** A name as fields are written: {@code failureMode} and {@code failure-mode} are the same. */
  public static String snakeCase(String word) {
    return word.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replace('-', '_')
        .replace(' ', '_')
        .toLowerCase(Locale.ROOT);
  }

  /** The known word at most two edits away, of which less than half is different. */
  public static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= MOST_EDITS)
        .map(candidate -> new Candidate(candidate, edits(word, candidate)))
        .filter(candidate -> candidate.edits <= MOST_EDITS)
        .filter(
            candidate -> candidate.edits * 2 <= Math.max(word.length(), candidate.word.length()))
        .min(Comparator.comparingInt(Candidate::edits).thenComparing(Candidate::word))
        .map(Candidate::word)
        .orElse(null);
  }

  private record Candidate(String word, int edits) {}

  /** The Levenshtein distance, letter case aside. */
  public static int edits(String one, String other) {
    var previous = new int[other.length() + 1];
    for (var j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (var i = 1; i <= one.length(); i++) {
      var current = new int[other.length() + 1];
      current[0] = i;
      for (var j = 1; j <= other.length(); j++) {
        var same =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        current[j] =
            Math.min(previous[j - 1] + (same ? 0 : 1), 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[other.length()];
  }
}

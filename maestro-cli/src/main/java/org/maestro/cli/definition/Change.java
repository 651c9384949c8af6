package org.maestro.cli.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One difference between two definitions.
 *
 * @param path names from the top, such as {@code steps, load, params, table}; steps, tags and edges
 *     are named by their id, not by their position
 * @param before null if it was not there
 * @param after null if it is no more there
 */
public record Change(List<String> path, @Nullable Object before, @Nullable Object after) {
  public Change {
    path = List.copyOf(path);
  }

  /** Where in a definition a change is. */
  public enum Area {
    PROPERTIES,
    WORKFLOW,
    PARAMS,
    STEPS,
    EDGES,
    TRIGGERS
  }

  /** Where it is. */
  public Area area() {
    var first = path.getFirst();
    if (first.equals("properties")) {
      return Area.PROPERTIES;
    }
    if (path.contains("successors") && path.size() > path.indexOf("successors") + 1) {
      return Area.EDGES;
    }
    return switch (first) {
      case "params" -> Area.PARAMS;
      case "steps" -> Area.STEPS;
      case "time_triggers", "signal_triggers" -> Area.TRIGGERS;
      default -> Area.WORKFLOW;
    };
  }

  /** {@code added}, {@code removed} or {@code changed}. */
  public String kind() {
    return before == null ? "added" : after == null ? "removed" : "changed";
  }

  /** The path as people read it. */
  public String name() {
    var area = area();
    if (area == Area.EDGES) {
      var at = path.indexOf("successors");
      var from = path.subList(0, at).stream().filter(name -> !STRUCTURE.contains(name)).toList();
      return String.join("/", from) + " → " + String.join(".", path.subList(at + 1, path.size()));
    }
    var from =
        switch (area) {
          case PROPERTIES, PARAMS, STEPS -> path.size() > 1 ? 1 : 0;
          case WORKFLOW, TRIGGERS, EDGES -> 0;
        };
    return String.join(".", path.subList(from, path.size()));
  }

  private static final List<String> STRUCTURE = List.of("steps", "transition");

  /** For programs. */
  public Map<String, Object> tree() {
    return org.maestro.cli.output.Report.members(
        "path", String.join(".", path), "kind", kind(), "before", before, "after", after);
  }
}

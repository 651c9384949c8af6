package org.maestro.cli.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.output.Tree;

/**
 * What is shown of a definition that the server has. Read without demanding that this program knows
 * all of it.
 *
 * @param steps in order, without what is inside of loops
 */
public record Outline(@Nullable String name, @Nullable String description, List<Step> steps) {
  public Outline {
    steps = List.copyOf(steps);
  }

  /**
   * A step.
   *
   * @param kind its type, or what holds it
   * @param next what follows it: condition by step; {@code true} where there is none
   */
  public record Step(String id, String kind, Map<String, String> next) {
    /** Such as {@code b, c if x > 1}. */
    public String edges() {
      var edges = new ArrayList<String>();
      next.forEach((to, condition) ->
          edges.add(condition.equals("true") ? to : "%s if %s".formatted(to, condition)));
      return String.join(", ", edges);
    }
  }

  /** Reads the content of a version. */
  public static Outline of(@Nullable Map<String, Object> workflow) {
    var tree = new Tree(workflow);
    var steps = new ArrayList<Step>();
    for (var wrapped : tree.at("steps").list()) {
      wrapped
          .members()
          .forEach((wrapper, step) -> {
            var id = step.at("id").text();
            if (id != null) {
              var kind = step.at("type").text(step.at("sub_type").text(wrapper));
              steps.add(new Step(id, kind, next(step)));
            }
          });
    }
    return new Outline(tree.at("name").text(), tree.at("description").text(), steps);
  }

  private static Map<String, String> next(Tree step) {
    var next = new LinkedHashMap<String, String>();
    step.at("transition", "successors")
        .members()
        .forEach((to, condition) -> next.put(to, condition.text("true")));
    return next;
  }

  /** Kinds of the steps by id, in order. */
  public Map<String, String> kinds() {
    var kinds = new LinkedHashMap<String, String>();
    steps.forEach(step -> kinds.put(step.id(), step.kind()));
    return kinds;
  }
}

package org.maestro.cli.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.output.Tree;
import org.maestro.model.definition.HandlerKind;

/**
 * What is shown of a definition that the server has. Read without demanding that this program knows
 * all of it.
 *
 * @param steps in order, without what is inside of loops
 * @param handlers the steps that run after a run has ended, by {@code on_failure} and so on
 */
public record Outline(
    @Nullable String name,
    @Nullable String description,
    List<Step> steps,
    Map<String, List<Step>> handlers) {
  public Outline {
    steps = List.copyOf(steps);
    handlers = new LinkedHashMap<>(handlers);
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
    var handlers = new LinkedHashMap<String, List<Step>>();
    for (var kind : HandlerKind.values()) {
      var steps = steps(tree.at(kind.field()));
      if (!steps.isEmpty()) {
        handlers.put(kind.field(), steps);
      }
    }
    return new Outline(
        tree.at("name").text(), tree.at("description").text(), steps(tree.at("steps")), handlers);
  }

  private static List<Step> steps(Tree level) {
    var steps = new ArrayList<Step>();
    for (var wrapped : level.list()) {
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
    return steps;
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

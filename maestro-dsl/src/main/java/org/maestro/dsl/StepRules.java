package org.maestro.dsl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maestro.model.definition.Step;
import org.maestro.model.document.Limit;
import org.maestro.sel.Spelling;

/** The rules that need all steps of a definition: ids, their number, and the edges between them. */
final class StepRules {
  @Limit("steps of a workflow, those in loops counted")
  private static final int MOST_STEPS = 1_000;

  private static final int MOST_CYCLES = 10;

  private final Map<String, Place> ids = new LinkedHashMap<>();
  private final List<Level> levels = new ArrayList<>();
  private int steps;

  /** Steps that stand beside each other. */
  private record Level(List<Step> steps, List<Place> places) {}

  void addId(String id, Place place) {
    steps++;
    if (id.isBlank()) {
      return;
    }
    var first = ids.putIfAbsent(id, place);
    if (first != null) {
      place.report(
          ProblemCode.DUPLICATE_ID,
          "expected every step id once in a definition, found "
              + Found.quote(id)
              + " also at "
              + first.pointer()
              + "; rename one of them");
    }
  }

  void addLevel(List<Step> level, List<Place> places) {
    levels.add(new Level(level, places));
  }

  /** Checks what was added; {@code place} is that of the outermost steps. */
  void check(Place place) {
    if (steps > MOST_STEPS) {
      place.report(
          ProblemCode.LIMIT,
          "expected at most "
              + MOST_STEPS
              + " steps, those in loops counted, found "
              + steps
              + "; split the workflow with subworkflow steps");
    }
    ids.forEach(Names::checkStepId);
    levels.forEach(this::checkEdges);
  }

  private void checkEdges(Level level) {
    var beside = new LinkedHashSet<String>();
    level.steps.forEach(step -> beside.add(step.id()));
    var graph = WorkflowGraph.of(level.steps);
    for (var i = 0; i < level.steps.size(); i++) {
      var id = level.steps.get(i).id();
      var transition = level.steps.get(i).common().transition();
      var at = level.places.get(i).child("transition");
      for (var target : transition.successors().keySet()) {
        if (!beside.contains(target)) {
          reportUnknown(target, at.child("successors").child(target), beside);
        }
      }
      if (!transition.predecessors().isEmpty()) {
        checkPredecessors(transition.predecessors(), graph.predecessors(id), at, beside);
      }
    }
    reportCycles(graph, level);
  }

  private void reportUnknown(String target, Place at, Set<String> beside) {
    if (ids.containsKey(target)) {
      at.report(
          ProblemCode.EDGE,
          "expected a step of the same level, found "
              + Found.quote(target)
              + " at "
              + ids.get(target).pointer()
              + "; edges don't cross the border of a loop");
      return;
    }
    var suggestion = Spelling.nearest(target, beside);
    at.report(
        ProblemCode.EDGE,
        "expected a step of the same level, found "
            + Found.quote(target)
            + ", which doesn't exist"
            + (suggestion == null
                ? "; add it or remove the edge"
                : "; did you mean \"" + suggestion + "\"?"),
        suggestion);
  }

  private void checkPredecessors(
      List<String> written, List<String> real, Place at, Set<String> beside) {
    for (var i = 0; i < written.size(); i++) {
      var place = at.child("predecessors").child(i);
      if (!beside.contains(written.get(i))) {
        reportUnknown(written.get(i), place, beside);
      } else if (!real.contains(written.get(i))) {
        place.report(
            ProblemCode.EDGE,
            "expected "
                + Found.quote(written.get(i))
                + " to have an edge to this step, found none; add it to the successors there, or"
                + " remove it here");
      }
    }
    var missing = new ArrayList<>(real);
    missing.removeAll(new HashSet<>(written));
    if (!missing.isEmpty()) {
      at.child("predecessors")
          .report(
              ProblemCode.EDGE,
              "expected all steps that lead here, found that "
                  + missing
                  + " "
                  + (missing.size() == 1 ? "is" : "are")
                  + " missing; add what is missing or leave predecessors out");
    }
  }

  private static void reportCycles(WorkflowGraph graph, Level level) {
    var left = graph;
    for (var n = 0; n < MOST_CYCLES; n++) {
      var cycle = left.cycle();
      if (cycle.isEmpty()) {
        return;
      }
      var path = cycle.get();
      var from = path.get(path.size() - 2);
      var to = path.getLast();
      placeOf(from, level)
          .child("transition")
          .child("successors")
          .child(to)
          .report(
              ProblemCode.CYCLE,
              "expected steps without a cycle, found "
                  + WorkflowGraph.render(path)
                  + "; remove one of these edges");
      left = left.without(from, to);
    }
  }

  private static Place placeOf(String id, Level level) {
    for (var i = 0; i < level.steps.size(); i++) {
      if (level.steps.get(i).id().equals(id)) {
        return level.places.get(i);
      }
    }
    throw new IllegalArgumentException("no step " + id);
  }
}

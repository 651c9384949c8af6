package org.maestro.dsl;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.maestro.model.definition.Step;

/**
 * The edges between the steps of one nesting level: a workflow's own steps, or those of one loop.
 * Edges to ids that aren't among them are left out. Everything is in the written order.
 */
public final class WorkflowGraph {
  private final Map<String, SequencedSet<String>> successors = new LinkedHashMap<>();
  private final Map<String, SequencedSet<String>> predecessors = new LinkedHashMap<>();

  private WorkflowGraph(Map<String, ? extends Collection<String>> edges) {
    edges
        .keySet()
        .forEach(id -> {
          successors.put(id, new LinkedHashSet<>());
          predecessors.put(id, new LinkedHashSet<>());
        });
    edges.forEach((from, targets) -> targets.forEach(to -> connect(from, to)));
  }

  private void connect(String from, String to) {
    var into = predecessors.get(to);
    var out = successors.get(from);
    if (into != null && out != null) {
      out.add(to);
      into.add(from);
    }
  }

  /** The graph of steps that stand beside each other. */
  public static WorkflowGraph of(List<Step> steps) {
    var edges = new LinkedHashMap<String, Collection<String>>();
    steps.forEach(step -> edges.put(step.id(), step.common().transition().successors().keySet()));
    return new WorkflowGraph(edges);
  }

  /** All ids. */
  public List<String> steps() {
    return List.copyOf(successors.keySet());
  }

  /** The ids without an edge to them. */
  public List<String> roots() {
    return predecessors.entrySet().stream()
        .filter(entry -> entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The ids that a step leads to; none for an unknown step. */
  public List<String> successors(String id) {
    return List.copyOf(successors.getOrDefault(id, Collections.emptyNavigableSet()));
  }

  /** The ids that lead to a step; none for an unknown step. */
  public List<String> predecessors(String id) {
    return List.copyOf(predecessors.getOrDefault(id, Collections.emptyNavigableSet()));
  }

  /** One cycle, its first id repeated at the end: {@code [a, b, a]}; empty if there is none. */
  public Optional<List<String>> cycle() {
    var left = new LinkedHashSet<>(successors.keySet());
    sortable().forEach(left::remove);
    if (left.isEmpty()) {
      return Optional.empty();
    }
    // Each step that is left has a predecessor that is left, so walking back must come round.
    var path = new LinkedHashSet<String>();
    var step = left.getFirst();
    while (path.add(step)) {
      step = predecessors(step).stream().filter(left::contains).findFirst().orElseThrow();
    }
    var back = List.copyOf(path);
    var cycle = new ArrayList<>(back.subList(back.indexOf(step), back.size()));
    Collections.reverse(cycle);
    var first = cycle.stream().min(Comparator.naturalOrder()).orElseThrow();
    Collections.rotate(cycle, -cycle.indexOf(first));
    cycle.add(first);
    return Optional.of(List.copyOf(cycle));
  }

  /** The same graph without one edge. */
  WorkflowGraph without(String from, String to) {
    var edges = new LinkedHashMap<String, Collection<String>>();
    successors.forEach((id, targets) -> edges.put(id, new LinkedHashSet<>(targets)));
    var out = edges.get(from);
    if (out != null) {
      out.remove(to);
    }
    return new WorkflowGraph(edges);
  }

  /** A path as people read it: {@code a -> b -> a}. */
  public static String render(List<String> path) {
    return String.join(" -> ", path);
  }

  /** The steps that can be put in an order; those on and behind a cycle can't. */
  private List<String> sortable() {
    var missing = new LinkedHashMap<String, Integer>();
    var ready = new ArrayDeque<String>();
    predecessors.forEach((id, before) -> {
      missing.put(id, before.size());
      if (before.isEmpty()) {
        ready.add(id);
      }
    });
    var order = new ArrayList<String>();
    while (!ready.isEmpty()) {
      var id = ready.remove();
      order.add(id);
      for (var next : successors(id)) {
        if (missing.merge(next, -1, Integer::sum) == 0) {
          ready.add(next);
        }
      }
    }
    return order;
  }
}

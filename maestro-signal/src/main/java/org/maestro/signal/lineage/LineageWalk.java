package org.maestro.signal.lineage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.maestro.model.lineage.Lineage;
import org.maestro.model.lineage.Lineage.Direction;
import org.maestro.model.lineage.Lineage.Edge;
import org.maestro.model.lineage.Lineage.Kind;
import org.maestro.model.lineage.Node;

/** Walks from cause to effect or back, breadth first, each thing once, down to a depth. */
final class LineageWalk {
  private final Function<Node, List<Step>> steps;
  private final int depth;
  private final int mostNodes;
  private final Map<Node, Integer> places = new LinkedHashMap<>();
  private final List<List<Link>> links = new ArrayList<>();
  private boolean truncated;

  /** One step on the way. */
  record Step(Node to, Kind kind) {}

  private record Link(int from, int to, Kind kind) {}

  /**
   * @param steps what is next to a thing, in the direction of the walk
   */
  LineageWalk(Function<Node, List<Step>> steps, int depth, int mostNodes) {
    this.steps = steps;
    this.depth = depth;
    this.mostNodes = mostNodes;
  }

  Lineage from(Node start, Direction direction) {
    add(start);
    var level = List.of(start);
    for (var i = 0; i < depth && !level.isEmpty(); i++) {
      level = next(level);
    }
    truncated |= level.stream().anyMatch(node -> !steps.apply(node).isEmpty());
    return new Lineage(List.copyOf(places.keySet()), edges(direction), truncated);
  }

  private int add(Node node) {
    links.add(new ArrayList<>());
    places.put(node, places.size());
    return places.size() - 1;
  }

  private List<Node> next(List<Node> level) {
    var found = new ArrayList<Node>();
    for (var node : level) {
      int from = places.getOrDefault(node, 0);
      for (var step : new LinkedHashSet<>(steps.apply(node))) {
        var to = places.get(step.to());
        if (to == null && places.size() >= mostNodes) {
          truncated = true;
          continue;
        }
        if (to == null) {
          to = add(step.to());
          found.add(step.to());
        }
        links.get(from).add(new Link(from, to, step.kind()));
      }
    }
    return found;
  }

  private List<Edge> edges(Direction direction) {
    var back = leadingBack();
    var edges = new ArrayList<Edge>();
    for (var out : links) {
      for (var link : out) {
        var cycle = back.contains(link);
        edges.add(
            switch (direction) {
              case DOWNSTREAM -> new Edge(link.from(), link.to(), link.kind(), cycle);
              case UPSTREAM -> new Edge(link.to(), link.from(), link.kind(), cycle);
            });
      }
    }
    return edges;
  }

  /** The links that close a cycle, seen from the start: depth first, without recursion. */
  private Set<Link> leadingBack() {
    var back = new HashSet<Link>();
    var path = new ArrayDeque<Integer>();
    var onPath = new HashSet<Integer>();
    var seen = new HashSet<Integer>();
    Deque<Iterator<Link>> open = new ArrayDeque<>();
    enter(0, path, onPath, seen, open);
    while (!open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        onPath.remove(path.pop());
        continue;
      }
      var link = open.peek().next();
      if (onPath.contains(link.to())) {
        back.add(link);
      } else if (!seen.contains(link.to())) {
        enter(link.to(), path, onPath, seen, open);
      }
    }
    return back;
  }

  private void enter(
      int place,
      Deque<Integer> path,
      Set<Integer> onPath,
      Set<Integer> seen,
      Deque<Iterator<Link>> open) {
    path.push(place);
    onPath.add(place);
    seen.add(place);
    open.push(links.get(place).iterator());
  }
}

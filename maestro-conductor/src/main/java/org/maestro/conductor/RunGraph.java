package org.maestro.conductor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The DAG of one run: only the steps the run executes. An edge to a step outside is ignored, so a
 * restart passes a subset of the version's steps unchanged. Immutable, meant to be shared by all
 * runs of a version: what the machines need to know of it is computed once, here.
 */
public final class RunGraph {

  /**
   * One step.
   *
   * @param stepId unique in the graph
   * @param successors the steps its out-edges lead to; repeated ones count once
   */
  public record Node(String stepId, FailureMode failureMode, List<String> successors) {
    public Node {
      successors = List.copyOf(successors);
    }
  }

  private final List<Node> nodes;
  private final Map<String, Integer> positions;
  private final int[][] successors;
  private final int[] inDegrees;

  /**
   * @throws IllegalArgumentException when a step id occurs twice or the edges form a cycle
   */
  public RunGraph(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
    this.positions = HashMap.newHashMap(nodes.size());
    for (Node node : this.nodes) {
      if (positions.put(node.stepId(), positions.size()) != null) {
        throw new IllegalArgumentException("step \"" + node.stepId() + "\" occurs twice");
      }
    }
    this.successors = new int[this.nodes.size()][];
    this.inDegrees = new int[this.nodes.size()];
    for (int step = 0; step < successors.length; step++) {
      successors[step] =
          this.nodes.get(step).successors().stream()
              .filter(positions::containsKey)
              .mapToInt(positions::get)
              .distinct()
              .toArray();
      for (int successor : successors[step]) {
        inDegrees[successor]++;
      }
    }
    rejectCycles();
  }

  private void rejectCycles() {
    int[] waitingFor = inDegrees();
    int[] order = new int[size()];
    int reached = 0;
    for (int step = 0; step < size(); step++) {
      if (waitingFor[step] == 0) {
        order[reached++] = step;
      }
    }
    for (int next = 0; next < reached; next++) {
      for (int successor : successors[order[next]]) {
        if (--waitingFor[successor] == 0) {
          order[reached++] = successor;
        }
      }
    }
    if (reached < size()) {
      List<String> onCycles =
          IntStream.range(0, size())
              .filter(step -> waitingFor[step] > 0)
              .mapToObj(this::stepId)
              .toList();
      throw new IllegalArgumentException("expected no cycle, found one among " + onCycles);
    }
  }

  /** The steps in the order they were given. */
  public List<Node> nodes() {
    return nodes;
  }

  int size() {
    return nodes.size();
  }

  String stepId(int position) {
    return nodes.get(position).stepId();
  }

  FailureMode failureMode(int position) {
    return nodes.get(position).failureMode();
  }

  /** Where the step stands in {@link #nodes}, or -1 if it isn't in the graph. */
  int positionOf(String stepId) {
    return positions.getOrDefault(stepId, -1);
  }

  int[] successors(int position) {
    return successors[position];
  }

  /** The number of edges into each step; the caller owns the array. */
  int[] inDegrees() {
    return inDegrees.clone();
  }
}

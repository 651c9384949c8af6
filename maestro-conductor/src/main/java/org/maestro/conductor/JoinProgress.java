package org.maestro.conductor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * The join rule over one run: which steps became ready or unsatisfied because their predecessors
 * are complete. Knows edges only; whether the run still goes on is not its business. Steps are
 * positions in the graph.
 */
final class JoinProgress {
  private final RunGraph graph;
  private final int[] waitingFor;
  private final BitSet anyTaken;
  private final BitSet settled;
  private final BitSet ready;
  private final List<Integer> unsatisfied = new ArrayList<>();

  /**
   * The roots are ready.
   *
   * @param settled steps that finished or are in flight: the rule doesn't decide about them again
   */
  JoinProgress(RunGraph graph, BitSet settled) {
    this.graph = graph;
    this.waitingFor = graph.inDegrees();
    this.anyTaken = new BitSet(graph.size());
    this.settled = settled;
    this.ready = new BitSet(graph.size());
    for (int step = 0; step < graph.size(); step++) {
      if (waitingFor[step] == 0) {
        settle(step, true);
      }
    }
  }

  /** Tells, once, that a step is complete. What follows from it is ready or unsatisfied. */
  void complete(int step, Set<String> taken) {
    int propagated = unsatisfied.size();
    followEdges(step, taken);
    while (propagated < unsatisfied.size()) {
      followEdges(unsatisfied.get(propagated++), Set.of());
    }
  }

  private void followEdges(int step, Set<String> taken) {
    for (int successor : graph.successors(step)) {
      if (taken.contains(graph.stepId(successor))) {
        anyTaken.set(successor);
      }
      if (--waitingFor[successor] == 0) {
        settle(successor, anyTaken.get(successor));
      }
    }
  }

  private void settle(int step, boolean runs) {
    if (settled.get(step)) {
      return;
    }
    settled.set(step);
    if (runs) {
      ready.set(step);
    } else {
      unsatisfied.add(step);
    }
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** The steps that became ready since the last call, in the order of the graph. */
  int[] takeReady() {
    int[] taken = ready.stream().toArray();
    ready.clear();
    return taken;
  }

  /** The steps that became unsatisfied since the last call, predecessors first. */
  List<String> takeUnsatisfied() {
    if (unsatisfied.isEmpty()) {
      return List.of();
    }
    List<String> taken = unsatisfied.stream().map(graph::stepId).toList();
    unsatisfied.clear();
    return taken;
  }

  /** Forgets what is ready or unsatisfied: the run creates nothing any more. */
  void drop() {
    ready.clear();
    unsatisfied.clear();
  }
}

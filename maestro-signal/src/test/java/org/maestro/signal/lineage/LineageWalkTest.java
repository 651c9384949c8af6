package org.maestro.signal.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.lineage.Lineage;
import org.maestro.model.lineage.Lineage.Direction;
import org.maestro.model.lineage.Lineage.Edge;
import org.maestro.model.lineage.Lineage.Kind;
import org.maestro.model.lineage.Node;
import org.maestro.signal.lineage.LineageWalk.Step;

class LineageWalkTest {
  private static final Node A = new Node.OfName("a");
  private static final Node B = new Node.OfName("b");
  private static final Node C = new Node.OfName("c");
  private static final Node D = new Node.OfName("d");

  @Test
  void aCycleIsMarkedAndNotWalkedAgain() {
    var found = walk(Map.of(A, List.of(B), B, List.of(C), C, List.of(A)), 10);
    assertThat(found.nodes()).containsExactly(A, B, C);
    assertThat(found.edges()).containsExactly(edge(0, 1), edge(1, 2), cycle(2, 0));
    assertThat(found.truncated()).isFalse();
  }

  @Test
  void whatIsReachedOnTwoWaysIsNoCycle() {
    var found = walk(Map.of(A, List.of(B, C), B, List.of(D), C, List.of(D)), 10);
    assertThat(found.edges()).noneMatch(Edge::cycle);
    assertThat(found.nodes()).containsExactly(A, B, C, D);
  }

  @Test
  void somethingThatLeadsToItselfIsACycle() {
    assertThat(walk(Map.of(A, List.of(A)), 3).edges()).containsExactly(cycle(0, 0));
  }

  @Test
  void theWalkEndsAtItsDepthAndSaysThatThereIsMore() {
    var found = walk(Map.of(A, List.of(B), B, List.of(C)), 1);
    assertThat(found.nodes()).containsExactly(A, B);
    assertThat(found.truncated()).isTrue();
  }

  @Test
  void edgesGoFromCauseToEffectInBothDirections() {
    var steps = Map.of(A, List.of(B));
    var upstream = new LineageWalk(node -> steps(steps, node), 3, 100).from(A, Direction.UPSTREAM);
    assertThat(upstream.edges()).containsExactly(edge(1, 0));
  }

  @Test
  void tooManyAreCutOff() {
    var steps = Map.of(A, List.of(B, C, D));
    var found = new LineageWalk(node -> steps(steps, node), 3, 2).from(A, Direction.DOWNSTREAM);
    assertThat(found.nodes()).hasSize(2);
    assertThat(found.truncated()).isTrue();
  }

  private static Lineage walk(Map<Node, List<Node>> steps, int depth) {
    return new LineageWalk(node -> steps(steps, node), depth, 100).from(A, Direction.DOWNSTREAM);
  }

  private static List<Step> steps(Map<Node, List<Node>> steps, Node node) {
    return steps.getOrDefault(node, List.of()).stream()
        .map(to -> new Step(to, Kind.TRIGGERED))
        .toList();
  }

  private static Edge edge(int from, int to) {
    return new Edge(from, to, Kind.TRIGGERED, false);
  }

  private static Edge cycle(int from, int to) {
    return new Edge(from, to, Kind.TRIGGERED, true);
  }
}

package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Transition;

class WorkflowGraphTest {
  @Test
  void edgesAreKnownInBothDirectionsInTheWrittenOrder() {
    var graph = graph("a:c,b", "b:d", "c:d", "d:", "e:");
    assertThat(graph.steps()).containsExactly("a", "b", "c", "d", "e");
    assertThat(graph.roots()).containsExactly("a", "e");
    assertThat(graph.successors("a")).containsExactly("c", "b");
    assertThat(graph.predecessors("d")).containsExactly("b", "c");
    assertThat(graph.predecessors("nobody")).isEmpty();
    assertThat(graph.cycle()).isEmpty();
  }

  @Test
  void edgesToOtherLevelsAreLeftOut() {
    assertThat(graph("a:z,b", "b:").successors("a")).containsExactly("b");
  }

  @Test
  void aCycleIsAPathThatEndsWhereItBegins() {
    assertThat(graph("a:a").cycle()).contains(List.of("a", "a"));
    assertThat(graph("r:b", "b:c", "c:d", "d:b,e", "e:").cycle())
        .contains(List.of("b", "c", "d", "b"));
    assertThat(WorkflowGraph.render(List.of("a", "b", "a"))).isEqualTo("a -> b -> a");
  }

  @Test
  void aLongChainNeedsNoDeepStack() {
    var lines = new ArrayList<String>();
    for (var i = 0; i < 50_000; i++) {
      lines.add("s" + i + ":s" + (i + 1));
    }
    assertThat(graph(lines.toArray(String[]::new)).cycle()).isEmpty();
    lines.add("s50000:s0");
    assertThat(graph(lines.toArray(String[]::new)).cycle().orElseThrow()).hasSize(50_002);
  }

  private static WorkflowGraph graph(String... lines) {
    var steps = new ArrayList<Step>();
    for (var line : lines) {
      var parts = line.split(":", -1);
      var successors = new LinkedHashMap<String, String>();
      for (var target : parts[1].split(",", -1)) {
        if (!target.isEmpty()) {
          successors.put(target, "true");
        }
      }
      var transition = new Transition(List.of(), successors);
      var common =
          new Step.Common(
              parts[0],
              null,
              null,
              transition,
              null,
              List.of(),
              null,
              List.of(),
              List.of(),
              Map.of());
      steps.add(new Step.Typed(common, "NoOp", null, null, null));
    }
    return WorkflowGraph.of(steps);
  }
}

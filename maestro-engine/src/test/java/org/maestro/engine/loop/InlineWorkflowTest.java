package org.maestro.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InlineWorkflowTest {

  @Test
  void anIdHasFiveParts() {
    assertThat(InlineWorkflow.foreach(1234, "w", 7, "loop").split("_")).hasSize(5);
    assertThat(InlineWorkflow.whileLoop(1234, "w", 7, "loop", -5).split("_")).hasSize(5);
  }

  @Test
  void idsOfLaterInstancesComeLater() {
    var before = InlineWorkflow.foreach(9, "w", 1, "s");
    for (long instance = 2; instance < 100_000; instance = instance * 3 / 2 + 1) {
      var next = InlineWorkflow.foreach(9, "w", instance, "s");
      assertThat(next.substring(0, next.lastIndexOf('_')))
          .isGreaterThan(before.substring(0, before.lastIndexOf('_')));
      before = next;
    }
  }

  @Test
  void aWhileStepsIterationsStayWhereTheRunIs() {
    for (int placement : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertThat(InlineWorkflow.placement(InlineWorkflow.whileLoop(5, "w", 1, "s", placement)))
          .isEqualTo(placement);
    }
    assertThat(InlineWorkflow.placement(InlineWorkflow.foreach(5, "w", 1, "s"))).isNull();
  }
}

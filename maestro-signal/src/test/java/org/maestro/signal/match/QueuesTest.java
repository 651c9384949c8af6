package org.maestro.signal.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class QueuesTest {

  @Test
  void theOldestOfAllQueuesGoTogetherThenTheNext() {
    assertThat(
            Queues.complete(
                Set.of("a", "b"), Map.of("a", List.of(2L, 5L, 9L), "b", List.of(1L, 7L))))
        .containsExactly(
            new TreeMap<>(Map.of("a", 2L, "b", 1L)), new TreeMap<>(Map.of("a", 5L, "b", 7L)));
  }

  @Test
  void nothingGoesTogetherWhileAQueueIsEmpty() {
    assertThat(Queues.complete(Set.of("a", "b"), Map.of("a", List.of(1L, 2L)))).isEmpty();
    assertThat(Queues.complete(Set.of(), Map.of())).isEmpty();
  }
}

package org.maestro.signal.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UndecidedTest {
  private static final long NOW = 1_000;

  private static Undecided row(long seq, int begun, long claimedUntil) {
    return new Undecided(
        "trigger", "m" + seq, new TreeMap<>(Map.of("name", seq)), 1, begun, claimedUntil);
  }

  @Test
  void thoseThatNobodyHasBegunGoTogether() {
    var rows = List.of(row(1, 0, 0), row(2, 0, 0), row(3, 0, 0));
    assertThat(Undecided.next(rows, NOW)).isEqualTo(rows);
    assertThat(Undecided.next(List.of(), NOW)).isEmpty();
  }

  @Test
  void nothingIsBegunBehindWhatSomebodyIsAt() {
    assertThat(Undecided.next(List.of(row(1, 1, NOW + 1), row(2, 0, 0)), NOW)).isEmpty();
    assertThat(Undecided.next(List.of(row(1, 0, 0), row(2, 1, NOW + 1), row(3, 0, 0)), NOW))
        .containsExactly(row(1, 0, 0));
  }

  @Test
  void whatDidNotEndIsTriedAlone() {
    assertThat(Undecided.next(List.of(row(1, 1, NOW), row(2, 1, NOW), row(3, 0, 0)), NOW))
        .containsExactly(row(1, 1, NOW));
    assertThat(Undecided.next(List.of(row(1, 0, 0), row(2, 2, NOW)), NOW))
        .containsExactly(row(1, 0, 0));
  }
}

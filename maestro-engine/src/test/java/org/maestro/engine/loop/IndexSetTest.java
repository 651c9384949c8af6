package org.maestro.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IndexSetTest {

  @Test
  void neighboursBecomeOneInterval() {
    var set = IndexSet.NONE.with(3).with(5).with(4).with(9);
    assertThat(set.intervals()).isEqualTo(List.of(List.of(3L, 5L), 9L));
    assertThat(set.size()).isEqualTo(4);
    assertThat(set.without(4).intervals()).isEqualTo(List.of(3L, 5L, 9L));
  }

  @Test
  void itIsReadAsItIsWritten() {
    var set = IndexSet.range(0, 80_109).minus(IndexSet.range(17, 20)).with(80_110);
    assertThat(IndexSet.of(set.intervals())).isEqualTo(set);
  }

  @Test
  void itAgreesWithAPlainSet() {
    var random = new Random(7);
    for (int round = 0; round < 300; round++) {
      var plain = new TreeSet<Long>();
      var set = IndexSet.NONE;
      for (int i = 0; i < 60; i++) {
        var from = (long) random.nextInt(100);
        var to = from + random.nextInt(8);
        if (random.nextInt(3) > 0) {
          set = set.union(IndexSet.range(from, to));
          for (long n = from; n < to; n++) {
            plain.add(n);
          }
        } else {
          set = set.minus(IndexSet.range(from, to));
          plain.subSet(from, to).clear();
        }
        var members = new ArrayList<Long>();
        set.forEach(members::add);
        assertThat(members).containsExactlyElementsOf(plain);
        assertThat(set.size()).isEqualTo(plain.size());
        var probe = (long) random.nextInt(110);
        assertThat(set.contains(probe)).isEqualTo(plain.contains(probe));
        var next = plain.ceiling(probe);
        assertThat(set.firstFrom(probe)).isEqualTo(next == null ? -1L : (long) next);
        var last = plain.floor(probe);
        assertThat(set.lastUpTo(probe)).isEqualTo(last == null ? -1L : (long) last);
        assertThat(set.within(20, 40).size()).isEqualTo(plain.subSet(20L, 40L).size());
      }
    }
  }
}

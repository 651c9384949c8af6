package org.maestro.engine.permit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The ledger against one that looks at everybody after every call. {@code -Dmaestro.test.seed=…}
 * replays one seed.
 */
class PermitLedgerRandomTest {
  private static final List<String> TAGS = List.of("a", "b", "c", "d", "maestro_w", "maestro_v");

  static long[] seeds() {
    var replayed = Long.getLong("maestro.test.seed");
    if (replayed != null) {
      return new long[] {replayed};
    }
    var seeds = new long[60];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = i;
    }
    return seeds;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itGrantsWhatAPlainLedgerGrantsInTheSameOrder(long seed) {
    var random = new Random(seed);
    var granted = new ArrayList<PermitHolder>();
    var ledger = new PermitLedger(granted::add, Map.of(), () -> Instant.EPOCH);
    var plain = new PlainLedger();
    var holders = new ArrayList<PermitHolder>();
    for (int call = 0; call < 400; call++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> {
          var holder = new PermitHolder("w", call, 1, "s", 1);
          var limits = limits(random);
          holders.add(holder);
          assertThat(ledger.acquire(holder, limits))
              .as("call %d: %s %s", call, holder, limits)
              .isEqualTo(plain.acquire(holder, limits));
        }
        case 4 -> {
          if (!holders.isEmpty()) {
            var holder = holders.get(random.nextInt(holders.size()));
            if (plain.knows(holder)) {
              assertThat(ledger.acquire(holder, Map.of())).isEqualTo(plain.holds(holder));
            }
          }
        }
        case 5 -> {
          var holder = new PermitHolder("r", call, 1, "s", 1);
          var limits = limits(random);
          holders.add(holder);
          ledger.restore(holder, limits);
          plain.restore(holder, limits);
        }
        case 6 -> {
          var limits = new HashMap<String, Long>();
          for (var tag : TAGS) {
            if (random.nextInt(3) == 0) {
              limits.put(tag, (long) random.nextInt(4));
            }
          }
          ledger.limits(limits);
          plain.limits(limits);
        }
        default -> {
          if (!holders.isEmpty()) {
            var holder = holders.remove(random.nextInt(holders.size()));
            ledger.release(holder);
            plain.release(holder);
          }
        }
      }
      assertThat(granted).as("call %d", call).isEqualTo(plain.granted);
      assertThat(ledger.size())
          .as("call %d", call)
          .isEqualTo(new PermitLedger.Size(plain.holding.size(), plain.waiting.size()));
      for (var waiting : plain.waiting.keySet()) {
        assertThat(ledger.waiting(waiting).orElseThrow().full()).isNotEmpty();
      }
    }
  }

  private static Map<String, Long> limits(Random random) {
    var limits = new LinkedHashMap<String, Long>();
    for (int n = random.nextInt(4); n > 0; n--) {
      limits.put(TAGS.get(random.nextInt(TAGS.size())), 1L + random.nextInt(3));
    }
    return limits;
  }

  /** Looks at everybody who waits, first come first, whenever anything has happened. */
  private static final class PlainLedger {
    final Map<PermitHolder, Set<String>> holding = new LinkedHashMap<>();
    final Map<PermitHolder, Set<String>> waiting = new LinkedHashMap<>();
    final List<PermitHolder> granted = new ArrayList<>();
    final Map<String, Long> named = new HashMap<>();
    final Set<String> freed = new LinkedHashSet<>();
    Map<String, Long> explicit = Map.of();

    boolean knows(PermitHolder holder) {
      return holding.containsKey(holder) || waiting.containsKey(holder);
    }

    boolean holds(PermitHolder holder) {
      return holding.containsKey(holder);
    }

    boolean acquire(PermitHolder holder, Map<String, Long> limits) {
      name(limits);
      if (fits(limits.keySet())) {
        holding.put(holder, limits.keySet());
        return true;
      }
      waiting.put(holder, limits.keySet());
      return false;
    }

    void restore(PermitHolder holder, Map<String, Long> limits) {
      name(limits);
      holding.put(holder, limits.keySet());
    }

    private void name(Map<String, Long> limits) {
      named.putAll(limits);
      freed.removeAll(limits.keySet());
      look();
    }

    void release(PermitHolder holder) {
      holding.remove(holder);
      waiting.remove(holder);
      look();
    }

    void limits(Map<String, Long> now) {
      for (var tag : TAGS) {
        if (!now.containsKey(tag) && !tag.startsWith("maestro_")) {
          freed.add(tag); // until somebody names a limit again
        }
      }
      explicit = now;
      look();
    }

    private void look() {
      for (var holder : List.copyOf(waiting.keySet())) {
        var tags = waiting.get(holder);
        if (fits(tags)) {
          waiting.remove(holder);
          holding.put(holder, tags);
          granted.add(holder);
        }
      }
    }

    private boolean fits(Set<String> tags) {
      return tags.stream().allMatch(tag -> held(tag) < limit(tag));
    }

    private long held(String tag) {
      return holding.values().stream().filter(tags -> tags.contains(tag)).count();
    }

    private long limit(String tag) {
      var set = explicit.get(tag);
      if (set != null) {
        return set;
      }
      return freed.contains(tag) ? Long.MAX_VALUE : named.getOrDefault(tag, Long.MAX_VALUE);
    }
  }
}

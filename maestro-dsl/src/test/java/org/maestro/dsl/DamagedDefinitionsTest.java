package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Good definitions with damage at random places. Replay one: {@code -Dmaestro.test.seed=…}. */
class DamagedDefinitionsTest {
  private static final long FIRST_SEED = Long.getLong("maestro.test.seed", 1);
  private static final List<Object> JUNK =
      Arrays.asList(
          null,
          "",
          " ",
          "x",
          "$",
          "true",
          -1L,
          0L,
          Long.MAX_VALUE,
          new BigDecimal("0.5"),
          true,
          List.of(),
          Arrays.asList((Object) null),
          List.of("a", "a"),
          Map.of(),
          Map.of("", "x"),
          Map.of("id", 5L),
          7,
          1.5,
          'c');

  @Test
  void damageIsReportedAtAPlaceAndNeverThrown() throws IOException {
    var refused = 0;
    var example = example();
    for (var seed = FIRST_SEED; seed < FIRST_SEED + 500; seed++) {
      var random = new Random(seed);
      var damaged = damaged(example, random, 1 + random.nextInt(3));
      var read = new ArrayList<Read<?>>();
      assertThatCode(
              () -> {
                read.add(DefinitionReader.push(damaged));
                read.add(DefinitionReader.workflow(damaged.get("workflow"), "/workflow"));
                read.add(DefinitionReader.params(damaged.get("workflow"), "", ParamForm.TEMPLATE));
              })
          .as("seed " + seed + ": " + damaged)
          .doesNotThrowAnyException();
      if (read.getFirst() instanceof Read.Bad<?>(var problems)) {
        refused++;
        assertThat(problems)
            .as("seed " + seed)
            .isNotEmpty()
            .allSatisfy(problem -> assertThat(problem.pointer()).matches("(?s)(/.*)?"));
      }
    }
    assertThat(refused).isGreaterThan(250);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> damaged(Map<String, Object> tree, Random random, int times) {
    var copy = new LinkedHashMap<>(tree);
    for (var i = 0; i < times; i++) {
      copy = (LinkedHashMap<String, Object>) damage(copy, random, 1 + random.nextInt(12));
    }
    return copy;
  }

  /** Goes a number of levels down a random path and puts junk there. */
  private static Object damage(Object tree, Random random, int levels) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty() && levels > 0) {
      var copy = new LinkedHashMap<Object, Object>(map);
      var key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
      var damaged = damage(copy.get(key), random, levels - 1);
      if (random.nextInt(20) == 0) {
        copy.remove(key);
        copy.put(key + "x", damaged);
      } else {
        copy.put(key, damaged);
      }
      return copy;
    }
    if (tree instanceof List<?> list && !list.isEmpty() && levels > 0) {
      var copy = new ArrayList<Object>(list);
      var index = random.nextInt(copy.size());
      copy.set(index, damage(copy.get(index), random, levels - 1));
      return copy;
    }
    return JUNK.get(random.nextInt(JUNK.size()));
  }

  private static Map<String, Object> example() throws IOException {
    try (var in = DamagedDefinitionsTest.class.getResourceAsStream("everything.json")) {
      return Json.object(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}

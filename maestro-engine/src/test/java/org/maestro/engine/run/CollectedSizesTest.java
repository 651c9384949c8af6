package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.value;
import static org.maestro.engine.Workflows.expression;
import static org.maestro.engine.Workflows.foreach;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.param;
import static org.maestro.engine.Workflows.params;
import static org.maestro.engine.Workflows.workflow;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

/** What is collected from the iterations of loops: in pieces, and up to a size. */
class CollectedSizesTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static TestEngine engine;
  private static EngineClient client;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
    client = new EngineClient(engine);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  private static Map<String, Object> collecting(
      String id, long count, Map<String, Object> inner, String type, String collected) {
    var items = LongStream.range(0, count).boxed().toList();
    return workflow(
        id,
        foreach(
            "f",
            Map.of("i", param("LONG_ARRAY", items)),
            List.of(noop("s", List.of(), params("v", inner))),
            List.of("z")),
        noop("z", List.of(), params("all", expression(type, collected))));
  }

  @Test
  void theValuesOfMoreIterationsThanAPieceHasAreAllThereInTheirOrder() {
    var run =
        client.run(
            collecting(
                "pieces",
                4_100,
                expression("LONG", "i * 2"),
                "LONG_ARRAY",
                "params.getFromForeach('f','s','v')"));

    var all = (List<?>) value(client.step(run, "z"), "all");
    assertThat(all).hasSize(4_100);
    for (int i : new int[] {0, 1_999, 2_000, 2_001, 4_099}) {
      assertThat(((Number) all.get(i)).longValue()).isEqualTo(2L * i);
    }
  }

  @Test
  void soAreThoseOfIterationsOfWhichFewMakeAPiece() {
    var run =
        client.run(
            collecting(
                "heavy",
                10,
                expression("STRING", "s = '' + i; for (int k = 0; k < 18; k += 1) { s += s; } s"),
                "LONG",
                "params.getFromForeach('f','s','v').length"));

    assertThat(((Number) value(client.step(run, "z"), "all")).longValue()).isEqualTo(10);
  }

  @Test
  void moreThanAnyParamCanHoldIsRefusedWhileItIsRead() {
    var run =
        client.run(
            collecting(
                "huge",
                14,
                expression(
                    "STRING", "s = '0123456789'; for (int k = 0; k < 15; k += 1) { s += s; } s"),
                "LONG",
                "params.getFromForeach('f','s','v').length"));

    assertThat(client.status(run)).isEqualTo("FAILED");
    assertThat(client.steps(run)).containsEntry("z", "INTERNALLY_FAILED");
    assertThat(client.step(run, "z").toString())
        .contains("expected param v of step s to have at most 4,000,000 characters");
  }
}

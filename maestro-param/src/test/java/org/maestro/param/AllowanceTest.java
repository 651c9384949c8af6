package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;

/** A set of params may use a few times what one expression may, not as often as it has params. */
class AllowanceTest {
  /** About 60,000 operations. */
  private static final String WORK = "s = 0; for (int i = 0; i < 10000; i += 1) { s += i; } s";

  private final ParamEvaluator evaluator =
      new ParamEvaluator(
          new ExpressionCache(),
          new SelRuntime(() -> Instant.EPOCH, () -> "uuid", () -> 0.5, limits(100_000)),
          new ParamSettings("test", Map.of(), Set.of(), () -> 42));

  @Test
  void aSetOfManyParamsEndsAtTheOneAtWhichItsAllowanceDoes() {
    var all = new LinkedHashMap<String, Param>();
    for (int i = 0; i < 600; i += 1) {
      all.put("p" + i, Param.expression(ParamType.LONG, WORK));
    }

    var failure =
        catchThrowableOfType(
            ParamException.class,
            () -> evaluator.evaluateWorkflow(all, ParamFixtures.FACTS, ParamFixtures.NOW));

    assertThat(failure.problems()).hasSize(1);
    var problem = failure.problems().getFirst();
    assertThat(problem.message())
        .contains(
            "expected all expressions that are evaluated together to take at most 500,000 operations");
    var ended = Integer.parseInt(problem.pointer().substring("/params/p".length()));
    assertThat(ended).isBetween(5, 20);
    assertThat(problem.message()).contains("param [p" + ended + "]");
  }

  @Test
  void whatParamsAskForWithinThemselvesIsChargedOnce() {
    var all = new LinkedHashMap<String, Param>();
    all.put("outer", Param.expression(ParamType.LONG, WORK + " + inner"));
    all.put("inner", Param.expression(ParamType.LONG, WORK + " + innermost"));
    all.put("innermost", Param.expression(ParamType.LONG, WORK));

    var results = evaluator.evaluateWorkflow(all, ParamFixtures.FACTS, ParamFixtures.NOW);

    assertThat(results.get("outer").evaluatedResult()).isEqualTo(3 * 49_995_000L);
  }

  @Test
  void everySetHasAnAllowanceOfItsOwn() {
    Map<String, Param> one = Map.of("p", Param.expression(ParamType.LONG, WORK));
    for (int i = 0; i < 50; i += 1) {
      assertThat(evaluator.evaluateWorkflow(one, ParamFixtures.FACTS, ParamFixtures.NOW))
          .containsKey("p");
    }
  }

  private static SelLimits limits(long operations) {
    var usual = SelLimits.DEFAULT;
    return new SelLimits(
        usual.sourceLength(),
        usual.depth(),
        usual.loopIterations(),
        usual.arrayLength(),
        operations,
        usual.memoryBytes(),
        usual.resultSize(),
        Duration.ofSeconds(10));
  }
}

package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.maestro.param.ParamFixtures.FACTS;
import static org.maestro.param.ParamFixtures.NOW;
import static org.maestro.param.ParamFixtures.evaluator;
import static org.maestro.param.ParamFixtures.map;
import static org.maestro.param.ParamFixtures.params;
import static org.maestro.param.ParamFixtures.sel;
import static org.maestro.param.ParamFixtures.string;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;

/** A set of params is stopped while it grows, not when all of it is there. */
class EvaluationBytesTest {
  private static final int MIB = 1 << 20;
  private static final String LONG_TEXT = "s = 'x'; for (int i = 0; i < 16; i += 1) { s += s; } s";

  private final ParamEvaluator evaluator = evaluator();

  private ParamException refused(Map<String, Param> params) {
    return catchThrowableOfType(
        ParamException.class, () -> evaluator.evaluateWorkflow(params, FACTS, NOW));
  }

  private static long allocated(Runnable work) {
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var before = thread.getCurrentThreadAllocatedBytes();
    work.run();
    return thread.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void evaluationEndsAtTheParamThatFindsNoRoom() {
    var all = new LinkedHashMap<String, Param>();
    for (int i = 0; i < 200; i++) {
      all.put("p" + i, sel(ParamType.STRING, LONG_TEXT)); // 65,536 characters each
    }
    refused(all); // compiled
    var problems = new ArrayList<String>();

    var bytes = allocated(() -> refused(all).problems().forEach(p -> problems.add(p.message())));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst())
        .contains("param [p")
        .contains("at most 750,000 characters together as JSON");
    assertThat(bytes).isLessThan(30 * MIB);
  }

  @Test
  void textsThatShowOtherParamsGrowNoFurtherThanThereIsRoom() {
    var all = new LinkedHashMap<String, Param>();
    all.put("a", string("x".repeat(300_000)));
    var shown = new ArrayList<String>();
    for (int i = 0; i < 1_000; i++) {
      shown.add("$a.");
    }
    all.put("list", Param.literal(ParamType.STRING_ARRAY, shown));

    var bytes =
        allocated(() ->
            assertThat(refused(all).problems().getFirst().message()).contains("param [list]"));

    assertThat(bytes).isLessThan(20 * MIB);
  }

  @Test
  void partsOfAMapCountWhileItIsPutTogether() {
    var parts = new LinkedHashMap<String, Param>();
    for (int i = 0; i < 200; i++) {
      parts.put("p" + i, sel(ParamType.STRING, LONG_TEXT));
    }
    var all = params("m", map(parts));
    refused(all);

    var bytes = allocated(() -> refused(all));

    assertThat(bytes).isLessThan(30 * MIB);
  }

  @Test
  void nothingIsPutTogetherWhileWhatItShowsIsEvaluated() {
    var all = new LinkedHashMap<String, Param>();
    all.put("big", string("x".repeat(200_000)));
    for (int i = 0; i < 90; i++) { // each would hold 600,000 characters while the next is evaluated
      all.put("c" + i, string("$big$big$big$c" + (i + 1)));
    }
    all.put("c90", string("end"));

    var bytes = allocated(() -> refused(all));

    assertThat(bytes).isLessThan(20 * MIB);
  }

  @Test
  void expressionsWithinEachOtherShareTheMemoryThatOneMayUse() {
    var all = new LinkedHashMap<String, Param>();
    var hold = "s = 'x'; for (int i = 0; i < 20; i += 1) { s += s; } "; // 4 MB, 8 with garbage
    for (int i = 0; i < 60; i++) {
      all.put("p" + i, sel(ParamType.LONG, hold + "p" + (i + 1) + " + s.length()"));
    }
    all.put("p60", sel(ParamType.LONG, "1"));

    var problems = refused(all).problems();

    assertThat(problems.getFirst().message())
        .contains("an expression and those that it asks for", "100,000,000 bytes together");
  }

  @Test
  void onesAfterTheOtherEachHaveItForThemselves() {
    var all = new LinkedHashMap<String, Param>();
    var hold = "s = 'x'; for (int i = 0; i < 20; i += 1) { s += s; } s.length()";
    for (int i = 0; i < 40; i++) {
      all.put("p" + i, sel(ParamType.LONG, hold));
    }

    assertThat(evaluator.evaluateWorkflow(all, FACTS, NOW)).hasSize(40);
  }

  @Test
  void aParamThatIsAnothersTextIsThatText() {
    var big = "x".repeat(100_000);
    for (var text : List.of("$big", "${big}")) {
      var results =
          evaluator.evaluateWorkflow(params("big", string(big), "p", string(text)), FACTS, NOW);
      assertThat(results.get("p").evaluatedResult()).isSameAs(big);
    }
    var results =
        evaluator.evaluateWorkflow(params("big", string(big), "p", string("$big!")), FACTS, NOW);
    assertThat(results.get("p").evaluatedResult()).isEqualTo(big + "!");
  }
}

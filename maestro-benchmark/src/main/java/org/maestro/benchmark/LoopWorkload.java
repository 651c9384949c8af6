package org.maestro.benchmark;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workflow of a campaign of one large loop. */
final class LoopWorkload {
  static final String WORKFLOW = "large-loop";

  static final String WARM_UP = "warm-up";

  /** The step that loops, outermost if there are two. */
  static final String LOOP = "loop";

  /** The step that every innermost iteration has. */
  static final String TICK = "tick";

  /** How many iterations of a loop run at once; of loops within a loop, ten loops do. */
  private static final int WIDTH = 500;

  private static final int LOOPS_AT_ONCE = 10;

  private final LoopOptions options;
  private final Workload jobs;

  LoopWorkload(LoopOptions options, Workload jobs) {
    this.options = options;
    this.jobs = jobs;
  }

  Path jobLog() {
    return jobs.jobLog();
  }

  Map<String, Object> definition() {
    var loop =
        switch (options.shape()) {
          case FLAT -> foreach(LOOP, WIDTH, Map.of("i", numbers(options.iterations())), body("i"));
          case NESTED ->
              foreach(
                  LOOP,
                  LOOPS_AT_ONCE,
                  Map.of("o", numbers(options.side())),
                  List.of(
                      foreach(
                          "inner",
                          WIDTH / LOOPS_AT_ONCE,
                          Map.of("i", numbers(options.side())),
                          body("i"))));
          case HOURLY -> {
            var items = new LinkedHashMap<String, Object>();
            items.put(
                "day",
                array(
                    "return Util.dateIntsBetween(20210101, %d, 1);"
                        .formatted(dayAfter(options.iterations() / 24))));
            items.put("hour", numbers(24));
            yield foreach(LOOP, WIDTH, items, body("loop_index"));
          }
        };
    return Workload.workflow(WORKFLOW, List.of(loop));
  }

  /** Another loop, which leaves the JVMs as they are after some work. */
  static Map<String, Object> warmUp(int iterations) {
    return Workload.workflow(
        WARM_UP,
        List.of(
            foreach(
                LOOP, WIDTH, Map.of("i", numbers(iterations)), List.of(Workload.noOp("warm")))));
  }

  /** How many innermost iterations have a job. */
  int jobs() {
    var every = options.jobEvery();
    if (every == 0) {
      return 0;
    }
    return options.shape() == LoopOptions.Shape.NESTED
        ? options.side() * Math.ceilDiv(options.side(), every)
        : Math.ceilDiv(options.iterations(), every);
  }

  /** How many iterations there are altogether. */
  int iterations() {
    return options.iterations()
        + (options.shape() == LoopOptions.Shape.NESTED ? options.side() : 0);
  }

  private static int dayAfter(int days) {
    var day = LocalDate.of(2021, 1, 1).plusDays(days);
    return day.getYear() * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
  }

  private static Map<String, Object> numbers(int count) {
    return array("return Util.intsBetween(0, %d, 1);".formatted(count));
  }

  private static Map<String, Object> array(String expression) {
    return Map.of("type", "LONG_ARRAY", "expression", expression);
  }

  private static Map<String, Object> foreach(
      String id, int concurrency, Map<String, Object> items, List<Map<String, Object>> steps) {
    return Map.of(
        "foreach",
        Map.of(
            "id",
            id,
            "concurrency",
            concurrency,
            "params",
            Map.of("loop_params", Map.of("type", "MAP", "value", items)),
            "steps",
            steps));
  }

  /** A NoOp, and after it a job in some of the iterations. */
  private List<Map<String, Object>> body(String number) {
    if (options.jobEvery() == 0) {
      return List.of(Workload.noOp(TICK));
    }
    var job = Workload.JOB_STEP + "some";
    var tick = new LinkedHashMap<String, Object>();
    tick.put("id", TICK);
    tick.put("type", "NoOp");
    tick.put(
        "transition",
        Map.of("successors", Map.of(job, "%s %% %d == 0".formatted(number, options.jobEvery()))));
    return List.of(Map.of("step", tick), jobs.job(job, "ok"));
  }
}

package org.maestro.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One kind of work of which the speed is of interest.
 *
 * @param name as the table shows it
 * @param workflowId what is started
 * @param steps how many steps, calls or iterations one run has
 * @param runs how many runs are measured, after {@code warmUps} that are not
 * @param together whether they are all started at once, by a process of its own
 */
record SpeedWorkload(
    String name, String workflowId, long steps, int runs, int warmUps, boolean together) {
  private static final String CHILD = "speed-child";

  private static SpeedWorkload oneByOne(String name, String id, long steps, int runs, int warmUps) {
    return new SpeedWorkload(name, id, steps, runs, warmUps, false);
  }

  /** What is measured, in this order. */
  static List<SpeedWorkload> all(boolean quick) {
    return quick
        ? List.of(
            new SpeedWorkload("burst of 200 starts", "speed-noop", 1, 200, 0, true),
            oneByOne("one NoOp, POST to end", "speed-noop", 1, 10, 2),
            oneByOne("chain of 10 NoOp", "speed-chain-10", 10, 3, 1),
            oneByOne("chain of 10 Sleep 0", "speed-sleep-10", 10, 2, 0),
            oneByOne("fan-out 1-50-1", "speed-fan-50", 52, 2, 1),
            oneByOne("10 subworkflow calls", "speed-calls-10", 10, 2, 0),
            oneByOne("foreach of 1,000 NoOp", "speed-foreach-1000", 1_000, 1, 0))
        : List.of(
            new SpeedWorkload("burst of 2,000 starts", "speed-noop", 1, 2_000, 200, true),
            oneByOne("one NoOp, POST to end", "speed-noop", 1, 60, 20),
            oneByOne("chain of 10 NoOp", "speed-chain-10", 10, 20, 5),
            oneByOne("chain of 100 NoOp", "speed-chain-100", 100, 10, 3),
            oneByOne("chain of 10 Sleep 0", "speed-sleep-10", 10, 10, 2),
            oneByOne("fan-out 1-50-1", "speed-fan-50", 52, 10, 3),
            oneByOne("10 subworkflow calls", "speed-calls-10", 10, 10, 2),
            oneByOne("foreach of 10,000 NoOp", "speed-foreach-10000", 10_000, 2, 1),
            oneByOne("foreach of 100,000 NoOp", "speed-foreach-100000", 100_000, 1, 0));
  }

  /** The bodies to publish, in this order. */
  static List<Map<String, Object>> definitions() {
    return List.of(
        workflow("speed-noop", List.of(step("s", "NoOp"))),
        workflow(CHILD, List.of(step("s", "NoOp"))),
        workflow("speed-chain-10", chain(10, "NoOp")),
        workflow("speed-chain-100", chain(100, "NoOp")),
        workflow("speed-sleep-10", chain(10, "Sleep")),
        workflow("speed-fan-50", fan(50)),
        workflow("speed-calls-10", calls(10)),
        foreach(1_000),
        foreach(10_000),
        foreach(100_000));
  }

  private static Map<String, Object> workflow(String id, List<Map<String, Object>> steps) {
    return Map.of(
        "properties",
        Map.of(
            "owner",
            "tester",
            "run_strategy",
            Map.of("rule", "PARALLEL", "workflow_concurrency", 1_000),
            "step_concurrency",
            1_000),
        "is_active",
        true,
        "workflow",
        Map.of("id", id, "steps", steps));
  }

  private static Map<String, Object> step(String id, String type, String... next) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", id);
    step.put("type", type);
    if (type.equals("Sleep")) {
      step.put("params", Map.of("sleep_seconds", Map.of("type", "LONG", "value", 0)));
    }
    step.put("transition", successors(next));
    return Map.of("step", step);
  }

  private static Map<String, Object> successors(String... next) {
    var conditions = new LinkedHashMap<String, Object>();
    for (var id : next) {
      conditions.put(id, "true");
    }
    return Map.of("successors", conditions);
  }

  private static List<Map<String, Object>> chain(int length, String type) {
    var steps = new ArrayList<Map<String, Object>>();
    for (int i = 1; i < length; i++) {
      steps.add(step("s" + i, type, "s" + (i + 1)));
    }
    steps.add(step("s" + length, type));
    return steps;
  }

  private static List<Map<String, Object>> fan(int width) {
    var steps = new ArrayList<Map<String, Object>>();
    var middle = new String[width];
    for (int i = 0; i < width; i++) {
      middle[i] = "m" + i;
    }
    steps.add(step("first", "NoOp", middle));
    for (var id : middle) {
      steps.add(step(id, "NoOp", "last"));
    }
    steps.add(step("last", "NoOp"));
    return steps;
  }

  private static List<Map<String, Object>> calls(int length) {
    var steps = new ArrayList<Map<String, Object>>();
    for (int i = 1; i <= length; i++) {
      var next = i == length ? new String[0] : new String[] {"c" + (i + 1)};
      steps.add(
          Map.of(
              "subworkflow",
              Map.of(
                  "id",
                  "c" + i,
                  "sync",
                  true,
                  "params",
                  Map.of(
                      "subworkflow_id", Map.of("type", "STRING", "value", CHILD),
                      "subworkflow_version", Map.of("type", "STRING", "value", "latest")),
                  "transition",
                  successors(next))));
    }
    return steps;
  }

  private static Map<String, Object> foreach(int iterations) {
    var items =
        Map.of(
            "type",
            "LONG_ARRAY",
            "expression",
            "return Util.intsBetween(0, %d, 1);".formatted(iterations));
    return workflow(
        "speed-foreach-" + iterations,
        List.of(
            Map.of(
                "foreach",
                Map.of(
                    "id",
                    "loop",
                    "concurrency",
                    500,
                    "params",
                    Map.of("loop_params", Map.of("type", "MAP", "value", Map.of("i", items))),
                    "steps",
                    List.of(step("body", "NoOp"))))));
  }
}

package org.maestro.benchmark.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maestro.benchmark.language.Program.Child;
import org.maestro.benchmark.language.Program.Flow;
import org.maestro.benchmark.language.Program.Foreach;
import org.maestro.benchmark.language.Program.Items;
import org.maestro.benchmark.language.Program.Job;
import org.maestro.benchmark.language.Program.NoOp;
import org.maestro.benchmark.language.Program.Step;
import org.maestro.benchmark.language.Program.While;

/**
 * The flows of a program as definitions. A job is an Http step whose address says where it stands:
 * the param {@code at} of its run, its step, and the values of the loops around it.
 */
final class Definitions {
  /** The result of a job before it has one. */
  static final String RESULT = "status_code";

  static final String PLACE = "at";

  private final String prefix;
  private final String jobs;

  /**
   * @param prefix of all workflow ids, so that programs run beside each other
   * @param jobs where the jobs report
   */
  Definitions(String prefix, String jobs) {
    this.prefix = prefix;
    this.jobs = jobs;
  }

  String id(String flow) {
    return prefix + flow;
  }

  /** What the jobs that need a permit are tagged with. */
  String tag() {
    return prefix + "permit";
  }

  /** What goes with a definition of a flow. */
  static Map<String, Object> properties(Flow flow) {
    var rule = flow.rule();
    return Map.of(
        "owner",
        "tester",
        "step_concurrency",
        1000,
        "run_strategy",
        rule == null
            ? Map.of("rule", "PARALLEL", "workflow_concurrency", 1000)
            : Map.of("rule", rule.name(), "workflow_concurrency", rule.places()));
  }

  Map<String, Object> definition(Flow flow) {
    var params = new LinkedHashMap<String, Object>();
    params.put(PLACE, literal("STRING", prefix));
    flow.params().forEach((name, value) -> params.put(name, literal("LONG", value)));
    var workflow = new LinkedHashMap<String, Object>();
    workflow.put("id", id(flow.id()));
    workflow.put("params", params);
    workflow.put("steps", steps(flow.steps(), List.of()));
    return workflow;
  }

  private List<Object> steps(List<Step> steps, List<String> loops) {
    return steps.stream().map(step -> step(step, loops)).toList();
  }

  private Object step(Step step, List<String> loops) {
    var params = new LinkedHashMap<String, Object>();
    var written = new LinkedHashMap<String, Object>();
    var common = step.common();
    written.put("id", step.id());
    var edges = new LinkedHashMap<String, Object>();
    common.next().forEach((next, condition) -> edges.put(next, condition.text()));
    written.put("transition", Map.of("successors", edges));
    written.put("failure_mode", common.mode().name());
    written.put("params", params);
    common.params().forEach((name, value) -> params.put(name, computed(value)));
    var around = new ArrayList<>(loops);
    return switch (step) {
      case NoOp _ -> {
        written.put("type", "NoOp");
        yield Map.of("step", written);
      }
      case Job job -> {
        written.put("type", "Http");
        written.put("retry_policy", retries(job.retries()));
        if (job.needsPermit()) {
          written.put("tags", List.of(tag()));
        }
        params.put(RESULT, literal("LONG", 0L));
        var url = expression("STRING", "'%s' + %s".formatted(jobs, place(step.id(), loops)));
        params.put("http", literal("MAP", Map.of("url", url)));
        yield Map.of("step", written);
      }
      case Foreach loop -> {
        var items = new LinkedHashMap<String, Object>();
        loop.items().forEach((name, values) -> items.put(name, items(values)));
        params.put("loop_params", literal("MAP", items));
        if (loop.concurrency() != null) {
          written.put("concurrency", loop.concurrency());
        }
        if (loop.maxFailures() != null) {
          written.put("max_failures", loop.maxFailures());
        }
        around.addAll(loop.items().keySet());
        written.put("steps", steps(loop.steps(), around));
        yield Map.of("foreach", written);
      }
      case While loop -> {
        params.put(
            "loop_params", literal("MAP", Map.of(loop.variable(), literal("LONG", loop.from()))));
        written.put("condition", loop.variable() + " < " + loop.below());
        around.add(loop.variable());
        written.put("steps", steps(loop.steps(), around));
        yield Map.of("while", written);
      }
      case Child child -> {
        params.put("subworkflow_id", literal("STRING", id(child.flow())));
        params.put(PLACE, expression("STRING", place(step.id(), loops)));
        child.given().forEach((name, value) -> params.put(name, computed(value)));
        if (child.isAsync()) {
          written.put("sync", false);
        }
        yield Map.of("subworkflow", written);
      }
    };
  }

  private static String place(String step, List<String> loops) {
    var text = new StringBuilder("at + '/" + step + "'");
    loops.forEach(name -> text.append(" + '/' + ").append(name));
    return text.toString();
  }

  private static Object items(Items items) {
    return items.count() == null
        ? literal("LONG_ARRAY", items.listed())
        : expression("LONG_ARRAY", "Util.intsBetween(0, %s, 1)".formatted(items.count().text()));
  }

  private static Object computed(Expression value) {
    return expression(value.isText() ? "STRING" : "LONG", value.text());
  }

  private static Map<String, Object> retries(int count) {
    return Map.of(
        "error_retry_limit",
        count,
        "platform_retry_limit",
        0,
        "timeout_retry_limit",
        0,
        "backoff",
        Map.of("type", "FIXED_BACKOFF", "error_retry_backoff_in_secs", 0));
  }

  private static Map<String, Object> literal(String type, Object value) {
    return Map.of("type", type, "value", value);
  }

  private static Map<String, Object> expression(String type, String text) {
    return Map.of("type", type, "expression", text);
  }
}

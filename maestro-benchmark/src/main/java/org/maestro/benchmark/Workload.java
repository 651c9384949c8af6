package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What a campaign runs: a mix of small workflows, some of whose steps are Shell jobs that write
 * down, in a file that Maestro knows nothing of, when they begin and when they end.
 */
final class Workload {
  private static final String JOB =
      """
      #!/bin/sh
      # job.sh LOG HOW: appends a line when it begins and one when it ends; HOW it ends is ok,
      # fails, or flaky: its first two attempts fail.
      log=$1
      step="$MAESTRO_WORKFLOW_ID/$MAESTRO_INSTANCE_ID/$MAESTRO_RUN_ID/$MAESTRO_STEP_ID"
      job="$MAESTRO_ATTEMPT_UUID $step $MAESTRO_ATTEMPT_ID $$"
      echo "start $job $(date +%s%N)" >>"$log"
      sleep "0.$(($$ % 5))$(($$ % 10))"
      echo "end $job $(date +%s%N)" >>"$log"
      case $2 in
        ok) exit 0 ;;
        flaky) [ "$MAESTRO_ATTEMPT_ID" -gt 2 ] ;;
        *) exit 1 ;;
      esac
      """;

  /** Shell steps are told by this beginning of their names. */
  static final String JOB_STEP = "job-";

  private static final String CHAIN = "campaign-chain";
  private static final String FAN = "campaign-fan";
  private static final String FLAKY = "campaign-flaky";
  private static final String SLEEP = "campaign-sleep";
  private static final String FAILING = "campaign-failing";
  private static final String PARENT = "campaign-parent";
  private static final String CHILD = "campaign-child";
  private static final List<String> MIX =
      List.of(CHAIN, CHAIN, CHAIN, FAN, FAN, FLAKY, SLEEP, SLEEP, FAILING, PARENT, PARENT);

  private final Path script;
  private final Path jobLog;

  private Workload(Path script, Path jobLog) {
    this.script = script;
    this.jobLog = jobLog;
  }

  /**
   * One start.
   *
   * @param number from 0
   */
  record Start(int number, String workflowId, String requestId) {}

  /** Writes the job's script into a folder; the jobs' log will be there, too. */
  static Workload in(Path folder) {
    try {
      var script = folder.resolve("job.sh");
      Files.writeString(script, JOB);
      var log = folder.resolve("jobs.log");
      Files.createFile(log);
      return new Workload(script, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path jobLog() {
    return jobLog;
  }

  /** The start of a number, always the same for a seed. */
  static Start start(long seed, int number) {
    var random = new Random(seed * 1_000_003 + number);
    random.nextLong(); // neighbouring seeds begin alike
    var workflow = MIX.get(random.nextInt(MIX.size()));
    return new Start(number, workflow, new UUID(random.nextLong(), random.nextLong()).toString());
  }

  /** The status that every run of a workflow has to end with. */
  static String expectedStatus(String workflowId) {
    return workflowId.equals(FAILING) ? "FAILED" : "SUCCEEDED";
  }

  /** How many attempts a Shell step of a workflow needs if nothing goes wrong. */
  static int expectedAttempts(String workflowId) {
    return workflowId.equals(FLAKY) ? 3 : 1;
  }

  /** How many instances of a workflow others have to have started. */
  static long expectedChildren(String workflowId, Map<String, Long> startsByWorkflow) {
    return workflowId.equals(CHILD) ? 2 * startsByWorkflow.getOrDefault(PARENT, 0L) : 0;
  }

  /** The bodies to publish, in this order. */
  List<Map<String, Object>> definitions() {
    return List.of(
        workflow(
            CHAIN,
            List.of(
                noOp("a", "job-b"),
                job("job-b", "ok", "c"),
                noOp("c", "job-d"),
                job("job-d", "ok", "e"),
                noOp("e"))),
        workflow(
            FAN,
            List.of(
                noOp("a", "job-b", "c", "job-d", "e", "job-f"),
                job("job-b", "ok", "z"),
                noOp("c", "z"),
                job("job-d", "ok", "z"),
                noOp("e", "z"),
                job("job-f", "ok", "z"),
                noOp("z"))),
        workflow(FLAKY, List.of(noOp("a", "job-b"), job("job-b", "flaky", "c"), noOp("c"))),
        workflow(
            SLEEP,
            List.of(
                sleep("a", 1, "b"),
                sleep("b", 0, "job-c"),
                job("job-c", "ok", "d"),
                sleep("d", 2))),
        workflow(FAILING, List.of(noOp("a", "job-b"), job("job-b", "fails", "c"), noOp("c"))),
        workflow(CHILD, List.of(noOp("a", "job-b"), job("job-b", "ok", "c"), noOp("c"))),
        workflow(
            PARENT,
            List.of(call("first", "second"), call("second", "job-last"), job("job-last", "ok"))));
  }

  static Map<String, Object> workflow(String id, List<Map<String, Object>> steps) {
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

  static Map<String, Object> noOp(String id, String... next) {
    return step(id, "NoOp", Map.of(), 0, next);
  }

  private static Map<String, Object> sleep(String id, int seconds, String... next) {
    return step(
        id, "Sleep", Map.of("sleep_seconds", Map.of("type", "LONG", "value", seconds)), 0, next);
  }

  Map<String, Object> job(String id, String how, String... next) {
    var command = List.of("/bin/sh", script.toString(), jobLog.toString(), how);
    return step(
        id,
        "Shell",
        Map.of("command", Map.of("type", "STRING_ARRAY", "value", command)),
        how.equals("flaky") ? 3 : 0,
        next);
  }

  /**
   * A step.
   *
   * @param retries how often it is tried again when it fails
   * @param next the steps after it
   */
  static Map<String, Object> step(
      String id, String type, Map<String, Object> params, int retries, String... next) {
    var step = new LinkedHashMap<String, Object>();
    step.put("id", id);
    step.put("type", type);
    step.put("params", params);
    step.put("transition", successors(next));
    step.put(
        "retry_policy",
        Map.of(
            "error_retry_limit",
            retries,
            "platform_retry_limit",
            5,
            "backoff",
            Map.of(
                "type", "FIXED_BACKOFF",
                "error_retry_backoff_in_secs", 1,
                "platform_retry_backoff_in_secs", 1)));
    return Map.of("step", step);
  }

  private static Map<String, Object> call(String id, String... next) {
    return Map.of(
        "subworkflow",
        Map.of(
            "id",
            id,
            "sync",
            true,
            "params",
            Map.of(
                "subworkflow_id", Map.of("type", "STRING", "value", CHILD),
                "subworkflow_version", Map.of("type", "STRING", "value", "latest")),
            "transition",
            successors(next)));
  }

  private static Map<String, Object> successors(String... next) {
    var conditions = new LinkedHashMap<String, Object>();
    for (var id : next) {
      conditions.put(id, "true");
    }
    return Map.of("successors", conditions);
  }
}

package org.maestro.engine.instance.why;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.Breakpoint;
import org.maestro.engine.instance.RunNode;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitRules;
import org.maestro.engine.permit.Waiting;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunPlan;
import org.maestro.engine.run.SignalArtifact;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.Why;
import org.maestro.model.instance.Why.Code;
import org.maestro.model.instance.Why.Reason;
import org.maestro.model.loop.IterationStatus;

/** Says what one step of a run waits for. Pure. */
final class WhyStep {
  private static final int NAMED_HOLDERS = 3;

  private WhyStep() {}

  /**
   * What is known outside of the run.
   *
   * @param breakpoint at this step
   * @param waiting for permits
   * @param child the run that the step started, and why that one does not run
   * @param loop the iterations of a foreach step
   * @param delay why the run that the step asks for is not there yet
   */
  record Around(
      Optional<Breakpoint> breakpoint,
      Optional<Waiting> waiting,
      Optional<Child> child,
      Optional<Loop> loop,
      Optional<String> delay) {
    static final Around NOTHING = new Around(Optional.empty(), Optional.empty(), Optional.empty());

    Around(Optional<Breakpoint> breakpoint, Optional<Waiting> waiting, Optional<Child> child) {
      this(breakpoint, waiting, child, Optional.empty(), Optional.empty());
    }

    static Around of(Loop loop) {
      return new Around(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(loop),
          Optional.empty());
    }
  }

  /**
   * The iterations of a foreach step.
   *
   * @param looked some of those that have begun and not ended, those that stand still first
   */
  record Loop(
      long total, long concurrency, Map<IterationStatus, Long> counts, List<Iteration> looked) {}

  /** One iteration, and why it does not run. */
  record Iteration(long index, Child run) {}

  /** A run that a step waits for. */
  record Child(RunKey key, String status, Why why) {}

  /** A step of which the run has an attempt. */
  static Why of(RunPlan plan, RunNode node, StepAttempt attempt, Around around) {
    return switch (attempt.state()) {
      case StepState.Paused _ -> Why.idle(atBreakpoint(attempt, around.breakpoint()));
      case StepState.AwaitingSignals _ -> Why.idle(forSignals(attempt));
      case StepState.AwaitingPermits _ -> Why.idle(forPermits(attempt, around.waiting()));
      case StepState.AwaitingRetry waiting ->
          Why.idle(
              Reason.of(
                      Code.WAITING_FOR_RETRY,
                      "Attempt %d ended %s; the next one starts at %s"
                          .formatted(attempt.attemptId(), waiting.failed(), at(waiting.at())))
                  .with("failed_as", waiting.failed())
                  .with("next_attempt_at", waiting.at())
                  .with("because", lastWords(attempt)));
      case StepState.Passing _, StepState.Starting _ ->
          atWork(plan, attempt, around, Code.JOB_STARTING, null);
      case StepState.Running running ->
          atWork(plan, attempt, around, Code.JOB_RUNNING, running.doneAt());
      case StepState.Ending ending -> ending(plan, attempt, ending, around);
      case StepState.Finished finished when finished.as() == StepStatus.UNSATISFIED ->
          Why.idle(conditionsFalse(plan, node, attempt));
      case StepState.Finished finished ->
          Why.idle(
              Reason.of(
                      Code.ENDED,
                      "Attempt %d ended %s".formatted(attempt.attemptId(), finished.as()))
                  .with("status", finished.as())
                  .with("because", lastWords(attempt)));
    };
  }

  private static Why ending(
      RunPlan plan, StepAttempt attempt, StepState.Ending ending, Around around) {
    var told =
        Reason.of(Code.ENDING, "What it runs was told to end; it will end as " + ending.as())
            .with("as", ending.as())
            .with("because", ending.because());
    if (around.child().isEmpty() && around.loop().isEmpty()) {
      return Why.running(told);
    }
    var below = atWork(plan, attempt, around, Code.JOB_RUNNING, null);
    var reasons = new ArrayList<>(List.of(told));
    reasons.addAll(below.reasons());
    return new Why(below.running(), reasons);
  }

  private static Reason atBreakpoint(StepAttempt attempt, Optional<Breakpoint> breakpoint) {
    var since = attempt.times().pause();
    var reason =
        breakpoint
            .map(set ->
                Reason.of(
                        Code.AT_BREAKPOINT,
                        "Stands at the breakpoint that %s set at %s; resume this attempt, or remove the"
                                .formatted(set.author(), at(set.createTime()))
                            + " breakpoint and let all that stand at it go on")
                    .with("set_by", set.author())
                    .with("set_at", set.createTime()))
            .orElseGet(() ->
                Reason.of(
                    Code.AT_BREAKPOINT,
                    "Stands at a breakpoint that has been deleted since; resume it"));
    return since == null ? reason : reason.with("since", since);
  }

  private static Reason forSignals(StepAttempt attempt) {
    var missing = SignalArtifact.pending(attempt.artifacts());
    var since = attempt.times().waitSignal();
    var reason =
        Reason.of(
                Code.WAITING_FOR_SIGNALS,
                "Waits for the signals "
                    + missing.stream().map(signal -> signal.get("name")).toList()
                    + (since == null ? "" : ", missing since " + at(since)))
            .with("signals", missing);
    return since == null ? reason : reason.with("since", since);
  }

  private static Reason forPermits(StepAttempt attempt, Optional<Waiting> waiting) {
    var since = attempt.times().waitPermit();
    var reason =
        waiting
            .map(found ->
                Reason.of(
                        Code.WAITING_FOR_PERMITS,
                        "Waits for permits: "
                            + found.full().stream()
                                .map(WhyStep::words)
                                .collect(Collectors.joining("; ")))
                    .with("tags", found.full()))
            .orElseGet(() ->
                Reason.of(
                        Code.WAITING_FOR_PERMITS,
                        "Waits for permits of "
                            + attempt.permits().stream()
                                .map(PermitRules::inWords)
                                .collect(Collectors.joining(", ")))
                    .with("tags", attempt.permits()));
    return since == null ? reason : reason.with("since", since);
  }

  private static String words(Waiting.FullTag tag) {
    return "%s is held by %d of %d%s, %d wait ahead%s"
        .formatted(
            PermitRules.inWords(tag.tag()),
            tag.held(),
            tag.limit(),
            named(tag.holders()),
            tag.ahead(),
            named(tag.first()));
  }

  /** A few of those who hold or wait, in brackets. */
  private static String named(List<PermitHolder> holders) {
    return holders.isEmpty()
        ? ""
        : holders.stream()
            .limit(NAMED_HOLDERS)
            .map(holder ->
                "step \"%s\" of %s"
                    .formatted(
                        holder.stepId(),
                        new RunKey(holder.workflowId(), holder.instanceId(), holder.runId())))
            .collect(Collectors.joining(", ", " (", holders.size() > NAMED_HOLDERS ? ", …)" : ")"));
  }

  private static Why atWork(
      RunPlan plan, StepAttempt attempt, Around around, Code code, @Nullable Long doneAt) {
    if (around.child().isPresent()) {
      var child = around.child().get();
      return new Why(
          child.why().running(),
          List.of(
              Reason.of(
                      Code.WAITING_FOR_CHILD_RUN,
                      "Waits for its run %s, which is %s: %s"
                          .formatted(child.key(), child.status(), leaf(child.why())))
                  .with("child", key(child.key()))
                  .with("child_status", child.status())
                  .with("child_reasons", child.why().reasons())));
    }
    if (around.loop().isPresent()) {
      return forIterations(around.loop().get());
    }
    if (doneAt != null) {
      return Why.running(
          Reason.of(Code.SLEEPING, "Sleeps until " + at(doneAt)).with("until", doneAt));
    }
    var since =
        attempt.times().execute() == null ? attempt.times().start() : attempt.times().execute();
    var type = plan.steps().get(attempt.stepId());
    var what = type != null && type.stepType() == StepType.SUBWORKFLOW ? "run" : "job";
    var delay =
        around.delay().map(because -> ", because it could not be started: " + because).orElse("");
    var reason =
        Reason.of(
            code,
            code == Code.JOB_STARTING
                ? "Its " + what + " has been ordered and has not reported yet" + delay
                : "Its " + what + " is at work");
    reason = around.delay().isEmpty() ? reason : reason.with("because", around.delay().get());
    return Why.running(since == null ? reason : reason.with("since", since));
  }

  private static Why forIterations(Loop loop) {
    var iterations = new ArrayList<Map<String, Object>>();
    var running = loop.looked().isEmpty();
    for (var one : loop.looked()) {
      running |= one.run().why().running();
      var iteration = key(one.run().key());
      iteration.put("index", one.index());
      iteration.put("status", one.run().status());
      iteration.put("reasons", one.run().why().reasons());
      iterations.add(iteration);
    }
    var queued = loop.counts().getOrDefault(IterationStatus.QUEUED, 0L);
    var message =
        "Waits for its iterations, of which there are "
            + loop.counts()
            + (queued > 0 ? "; at most " + loop.concurrency() + " run at a time" : "");
    if (!loop.looked().isEmpty()) {
      var first = loop.looked().getFirst();
      message += "; iteration %d: %s".formatted(first.index(), leaf(first.run().why()));
    }
    return new Why(
        running,
        List.of(
            Reason.of(Code.WAITING_FOR_ITERATIONS, message)
                .with("total", loop.total())
                .with("concurrency", loop.concurrency())
                .with("counts", loop.counts())
                .with("iterations", iterations)));
  }

  /** What is at the bottom of an answer, in one line: its first reason says what is below it. */
  private static String leaf(Why why) {
    var reason = why.reasons().getFirst();
    var step = reason.details().get("step_id");
    return (step == null ? "" : "step \"" + step + "\": ") + reason.message();
  }

  private static Reason conditionsFalse(RunPlan plan, RunNode node, StepAttempt attempt) {
    var edges = new ArrayList<Map<String, Object>>();
    for (var predecessor : plan.predecessors(attempt.stepId())) {
      var before = node.steps().get(predecessor);
      var step = plan.steps().get(predecessor);
      var edge = new LinkedHashMap<String, Object>();
      edge.put("step_id", predecessor);
      edge.put("status", before == null ? StepStatus.NOT_CREATED : before.attempt().status());
      if (step != null) {
        edge.put("condition", step.common().transition().successors().get(attempt.stepId()));
      }
      edges.add(edge);
    }
    return Reason.of(
            Code.CONDITIONS_FALSE,
            "No step before it led here: the conditions were false, or those steps were not"
                + " satisfied themselves")
        .with("predecessors", edges);
  }

  /** A step of a live run that the run has not reached. */
  static Why notReached(RunPlan plan, RunNode node, String stepId) {
    var open = new ArrayList<Map<String, Object>>();
    for (var predecessor : plan.predecessors(stepId)) {
      var before = node.step(predecessor);
      if (before == null || !(before.state() instanceof StepState.Finished)) {
        var edge = new LinkedHashMap<String, Object>();
        edge.put("step_id", predecessor);
        edge.put("status", before == null ? StepStatus.NOT_CREATED : before.status());
        open.add(edge);
      }
    }
    return Why.idle(
        Reason.of(
                Code.NOT_REACHED_YET,
                open.isEmpty()
                    ? "The run has not come to it yet"
                    : "Steps before it have not ended: "
                        + open.stream().map(edge -> edge.get("step_id")).toList())
            .with("unfinished", open));
  }

  /** What a step said last; empty if it never said anything. */
  static String lastWords(StepAttempt attempt) {
    return attempt.timeline().isEmpty() ? "" : attempt.timeline().getLast().words();
  }

  static Map<String, Object> key(RunKey run) {
    var key = new LinkedHashMap<String, Object>();
    key.put("workflow_id", run.workflowId());
    key.put("workflow_instance_id", run.instanceId());
    key.put("workflow_run_id", run.runId());
    return key;
  }

  static String at(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }
}

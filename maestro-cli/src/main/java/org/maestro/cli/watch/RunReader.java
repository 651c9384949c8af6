package org.maestro.cli.watch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.Outline;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Tree;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.MaestroServer;
import org.maestro.cli.server.Route;
import org.maestro.cli.watch.RunState.Loop;
import org.maestro.cli.watch.RunState.Step;
import org.maestro.model.instance.AggregatedInfo.StepAggregate;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.StepView;
import org.maestro.model.instance.Why;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.LoopSummary;

/**
 * Asks the server how a run stands: one small request each time, one more for every loop that is at
 * work, and one for each attempt that failed and is followed by another.
 */
public final class RunReader {
  private final MaestroServer server;
  private final InstantSource clock;
  private final Ref ref;

  /** Kinds of the steps by id, in the order of the definition. */
  private final Map<String, String> kinds;

  /** What was asked once: when the next attempt after this one begins. */
  private final Map<Failed, Optional<Long>> retries = new HashMap<>();

  private MaestroServer.@Nullable Tagged<InstanceView> last;

  private record Failed(String stepId, String status, @Nullable Long start) {}

  private RunReader(MaestroServer server, InstantSource clock, Ref ref, Map<String, String> kinds) {
    this.server = server;
    this.clock = clock;
    this.ref = ref;
    this.kinds = kinds;
  }

  /** Finds the run: the named one, or the latest of the instance. */
  public static RunReader of(MaestroServer server, InstantSource clock, Ref ref) {
    var run = ref.run();
    var named =
        run == null
            ? Route.instance(ref.workflow(), ref.instanceNumber())
            : Route.instance(ref.workflow(), ref.instanceNumber(), "runs", run);
    var view = server.get(named.with("enriched", true), InstanceView.class).body();
    var found = Ref.run(ref.workflow(), ref.instanceNumber(), view.workflowRunId());
    return new RunReader(server, clock, found, Outline.of(view.runtimeWorkflow()).kinds());
  }

  /** The run that is read. */
  public Ref ref() {
    return ref;
  }

  /** How it stands now. */
  public RunState read() {
    var route =
        Route.instance(ref.workflow(), ref.instanceNumber(), "runs", String.valueOf(ref.run()))
            .with("aggregated", true);
    var now = server.get(route, InstanceView.class, last);
    last = now;
    var view = now.body();
    var aggregated = view.aggregatedInfo();
    var views =
        aggregated == null ? Map.<String, StepAggregate>of() : aggregated.stepAggregatedViews();
    var steps = new ArrayList<Step>();
    kinds.forEach((id, kind) -> steps.add(step(id, kind, views.get(id))));
    views.forEach((id, step) -> {
      if (!kinds.containsKey(id)) {
        steps.add(step(id, "", step));
      }
    });
    return new RunState(
        ref, Words.of(view.status()), view.startTime(), view.endTime(), steps, clock.millis());
  }

  private Step step(String id, String kind, @Nullable StepAggregate view) {
    if (view == null) {
      return new Step(id, kind, "NOT_CREATED", null, null, null, null);
    }
    var isLoop = kind.equalsIgnoreCase("foreach") || kind.equalsIgnoreCase("while");
    return new Step(
        id,
        kind,
        Words.of(view.status()),
        view.startTime(),
        view.endTime(),
        isLoop ? loop(id, kind) : null,
        RunState.awaitsRetry(Words.of(view.status()))
            ? retries
                .computeIfAbsent(
                    new Failed(id, Words.of(view.status()), view.startTime()), this::retryAt)
                .orElse(null)
            : null);
  }

  private Optional<Long> retryAt(Failed failed) {
    return server
        .find(
            Route.instance(ref.workflow(), ref.instanceNumber(), "runs", String.valueOf(ref.run()))
                .below("steps", failed.stepId(), "why"),
            Why.class)
        .flatMap(why ->
            why.body().reasons().stream()
                .filter(reason -> reason.code() == Why.Code.WAITING_FOR_RETRY)
                .map(reason -> reason.details().get("next_attempt_at"))
                .filter(Number.class::isInstance)
                .map(at -> ((Number) at).longValue())
                .findFirst());
  }

  private @Nullable Loop loop(String stepId, String kind) {
    var run = ref.run();
    if (kind.equalsIgnoreCase("foreach") && run != null && run > 1) {
      var passed = passed(stepId);
      if (passed.isPresent()) {
        return passed.get();
      }
    }
    return server
        .find(
            Route.instance(ref.workflow(), ref.instanceNumber(), "runs", String.valueOf(ref.run()))
                .below("steps", stepId, "attempts", "latest"),
            StepView.class)
        .map(attempt -> loop(new Tree(attempt.body().artifacts())))
        .orElse(null);
  }

  /** The progress of a loop that goes on with what a run before has done. */
  private Optional<Loop> passed(String stepId) {
    return server
        .find(
            Route.instance(ref.workflow(), ref.instanceNumber(), "runs", String.valueOf(ref.run()))
                .below("steps", stepId, "iterations", "summary"),
            LoopSummary.class)
        .map(answer -> {
          var summary = answer.body();
          var counts = new LinkedHashMap<String, Long>();
          summary
              .counts()
              .forEach((status, count) -> {
                if (status != IterationStatus.QUEUED && status != IterationStatus.NOT_STARTED) {
                  counts.put(status.name(), count);
                }
              });
          return new Loop(summary.total(), counts, summary.takenOver());
        });
  }

  /** The progress in the artifacts of a loop's step attempt; null if there is none. */
  static @Nullable Loop loop(Tree artifacts) {
    var foreach = artifacts.at("maestro_foreach");
    if (foreach.isPresent()) {
      var counts = new LinkedHashMap<String, Long>();
      for (var part : List.of("stats", "running_stats")) {
        foreach
            .at("foreach_overview", part)
            .members()
            .forEach((status, count) -> counts.merge(status, count.number(0), Long::sum));
      }
      return new Loop(foreach.at("total_loop_count").number(), counts);
    }
    var loop = artifacts.at("maestro_while");
    var lastIteration = loop.at("last_iteration").number();
    if (lastIteration == null) {
      return null;
    }
    var counts = new LinkedHashMap<String, Long>();
    if (lastIteration > 0) {
      counts.put("SUCCEEDED", lastIteration - 1);
      counts.merge(loop.at("last_status").text("IN_PROGRESS"), 1L, Long::sum);
    }
    return new Loop(null, counts);
  }
}

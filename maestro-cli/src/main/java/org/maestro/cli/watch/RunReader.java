package org.maestro.cli.watch;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.MaestroServer;
import org.maestro.cli.server.Route;
import org.maestro.cli.watch.RunState.Loop;
import org.maestro.cli.watch.RunState.Step;

/**
 * Asks the server how a run stands: one small request each time, and one more for every loop that
 * is at work.
 */
public final class RunReader {
  private final MaestroServer server;
  private final InstantSource clock;
  private final Ref ref;

  /** Kinds of the steps by id, in the order of the definition. */
  private final Map<String, String> kinds;

  private MaestroServer.@Nullable Tagged last;

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
    var tree = server.get(named.with("enriched", true));
    var found = Ref.run(ref.workflow(), ref.instanceNumber(), tree.at("workflow_run_id").number(1));
    return new RunReader(server, clock, found, kinds(tree.at("runtime_workflow")));
  }

  /** The run that is read. */
  public Ref ref() {
    return ref;
  }

  /** Kinds of the steps by id, in order, without what is inside of loops. */
  public static Map<String, String> kinds(Tree workflow) {
    var kinds = new LinkedHashMap<String, String>();
    for (var wrapped : workflow.at("steps").list()) {
      wrapped
          .members()
          .forEach((wrapper, step) -> {
            var id = step.at("id").text();
            if (id != null) {
              kinds.put(id, step.at("type").text(step.at("sub_type").text(wrapper)));
            }
          });
    }
    return kinds;
  }

  /** How it stands now. */
  public RunState read() {
    var route =
        Route.instance(ref.workflow(), ref.instanceNumber(), "runs", String.valueOf(ref.run()))
            .with("aggregated", true);
    var now = server.get(route, last);
    last = now;
    var tree = now.tree();
    var views = tree.at("aggregated_info", "step_aggregated_views").members();
    var steps = new ArrayList<Step>();
    kinds.forEach((id, kind) -> steps.add(step(id, kind, views.getOrDefault(id, new Tree(null)))));
    views.forEach((id, view) -> {
      if (!kinds.containsKey(id)) {
        steps.add(step(id, "", view));
      }
    });
    return new RunState(
        ref,
        tree.at("status").text("?"),
        tree.at("start_time").number(),
        tree.at("end_time").number(),
        steps,
        clock.millis());
  }

  private Step step(String id, String kind, Tree view) {
    var status = view.at("status").text("NOT_CREATED");
    var isLoop = kind.equalsIgnoreCase("foreach") || kind.equalsIgnoreCase("while");
    return new Step(
        id,
        kind,
        status,
        view.at("start_time").number(),
        view.at("end_time").number(),
        isLoop && view.isPresent() ? loop(id) : null);
  }

  private @Nullable Loop loop(String stepId) {
    return server
        .find(
            Route.instance(ref.workflow(), ref.instanceNumber(), "runs", String.valueOf(ref.run()))
                .below("steps", stepId, "attempts", "latest"))
        .map(attempt -> loop(attempt.at("artifacts")))
        .orElse(null);
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

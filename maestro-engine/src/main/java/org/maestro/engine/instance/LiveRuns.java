package org.maestro.engine.instance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.maestro.engine.instance.InstanceStore.StoredAttempt;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.RunPlans;

/**
 * Reads the runs below others that have not ended, level by level, two statements each. Of ended
 * ones the steps that started them know all that is shown.
 */
final class LiveRuns {
  private static final int MAX_DEPTH = 10;
  private static final int MAX_RUNS = 1_000;

  private final InstanceStore store;
  private final RunPlans plans;

  LiveRuns(InstanceStore store, RunPlans plans) {
    this.store = store;
    this.plans = plans;
  }

  /** What is below these runs, by key; at most {@value #MAX_RUNS} runs of the upper levels. */
  Map<RunKey, RunNode> below(Collection<RunNode> nodes) {
    var found = new LinkedHashMap<RunKey, RunNode>();
    var level = childrenOf(nodes);
    for (int depth = 1; depth < MAX_DEPTH && !level.isEmpty(); depth++) {
      var room = MAX_RUNS - found.size();
      var wanted = level.size() <= room ? level : level.subList(0, room);
      var read = read(wanted);
      read.forEach(node -> found.putIfAbsent(node.key(), node));
      level = childrenOf(read).stream().filter(key -> !found.containsKey(key)).toList();
    }
    return found;
  }

  private static List<RunKey> childrenOf(Collection<RunNode> nodes) {
    var keys = new LinkedHashSet<RunKey>();
    nodes.forEach(node -> keys.addAll(node.liveChildren()));
    return List.copyOf(keys);
  }

  private List<RunNode> read(List<RunKey> keys) {
    var runs = store.runs(keys);
    var live =
        runs.stream()
            .filter(run -> !run.row().status().isTerminal())
            .map(InstanceStore.StoredRun::key)
            .toList();
    var steps = new HashMap<RunKey, List<StoredAttempt>>();
    for (var attempt : store.stepsSoFar(live)) {
      steps.computeIfAbsent(instanceOf(attempt.run()), _ -> new ArrayList<>()).add(attempt);
    }
    return runs.stream()
        .map(run ->
            RunNode.of(
                run, plans.planOf(run.row()), steps.getOrDefault(instanceOf(run.key()), List.of())))
        .toList();
  }

  private static RunKey instanceOf(RunKey run) {
    return new RunKey(run.workflowId(), run.instanceId(), 0);
  }
}

package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.Batch;
import org.maestro.engine.run.NumbersTaken;
import org.maestro.model.definition.RunStrategy;

/**
 * Whether runs that turns began have the numbers that they gave them, and had to wait for nobody.
 * All of it behind the locks that {@link StartBatcher} takes for the same.
 */
public final class TakenNumbersCheck implements NumbersTaken.Check {
  private final StartStore store;

  public TakenNumbersCheck(StartStore store) {
    this.store = store;
  }

  @Override
  public List<Batch> overtaken(Iterable<Batch> batches) {
    var workflowIds = new TreeSet<String>();
    var requests = new LinkedHashSet<StartStore.RequestId>();
    for (var batch : batches) {
      for (var taken : batch.numbersTaken()) {
        workflowIds.add(taken.workflowId());
        taken
            .requests()
            .forEach(id -> requests.add(new StartStore.RequestId(taken.workflowId(), id)));
      }
    }
    if (requests.isEmpty()) {
      return List.of();
    }
    var heads = store.lock(workflowIds);
    var known = store.duplicates(requests);
    var standings = store.standings(heads.values(), false, new HashMap<>());
    var latest = new HashMap<String, Long>();
    heads.forEach((id, head) -> latest.put(id, head.lastNumber()));
    var counted = new LinkedHashMap<String, Long>();
    var overtaken = new ArrayList<Batch>();
    for (var batch : batches) {
      var holds = true;
      for (var taken : batch.numbersTaken()) {
        if (hasHappened(taken, known)) {
          continue; // this very commit, tried before by one who heard no answer
        }
        var id = taken.workflowId();
        var head = heads.get(id);
        var standing = standings.get(id);
        holds &=
            head != null
                && standing != null
                && head.internalId() == taken.internalId()
                && head.revision() == taken.revision()
                && latest.getOrDefault(id, -1L) == taken.before()
                && taken.requests().stream()
                    .noneMatch(request -> known.containsKey(new StartStore.RequestId(id, request)))
                && mayBegin(head, taken.strategy(), standing);
        if (holds) {
          latest.put(id, taken.last());
          counted.put(id, taken.last());
        }
      }
      if (!holds) {
        overtaken.add(batch);
      }
    }
    if (overtaken.isEmpty() && !counted.isEmpty()) {
      store.countOn(counted);
    }
    return overtaken;
  }

  private static boolean hasHappened(
      NumbersTaken taken, Map<StartStore.RequestId, Accepted> known) {
    var number = taken.before();
    for (var request : taken.requests()) {
      number++;
      var there = known.get(new StartStore.RequestId(taken.workflowId(), request));
      if (there == null || there.run().instanceId() != number) {
        return false;
      }
    }
    return true;
  }

  /** Whether an instance of its own may run at once, and leaves the place to the next. */
  static boolean mayBegin(
      StartStore.Head head, RunStrategy strategy, AdmissionPolicy.@Nullable Standing standing) {
    if (head.deleting() || standing == null) {
      return false;
    }
    var verdict = AdmissionPolicy.decide(strategy, standing, head.lastNumber() + 1);
    return verdict.answer() == AdmissionPolicy.Answer.ADMIT
        && verdict.stopQueued().isEmpty()
        && verdict.endRunning().isEmpty();
  }
}

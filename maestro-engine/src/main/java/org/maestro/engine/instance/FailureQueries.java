package org.maestro.engine.instance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.step.FailureWords;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.FailedRuns;
import org.maestro.model.instance.RunSummary;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Whether what failed over all workflows is one problem or twenty. */
public final class FailureQueries {
  /** How many failed runs are grouped for one answer. */
  private static final int RUNS = 200;

  /** How many are looked at to find them, those among them that have been restarted. */
  private static final int SCAN = 2_000;

  /** How many runs of each group are shown. */
  private static final int SHOWN = 5;

  private static final int MAX_MESSAGE = 1_000;

  private final Transactions transactions;
  private final InstanceStore store;
  private final AccessPolicy access;

  FailureQueries(Transactions transactions, InstanceStore store, AccessPolicy access) {
    this.transactions = transactions;
    this.store = store;
    this.access = access;
  }

  /**
   * The latest {@value #RUNS} failed runs that have not been restarted, of the latest {@value
   * #SCAN} that have failed at all, by what went wrong.
   *
   * @param owner of the workflow; null for any
   * @param workflowId null for any
   * @param signature null for any; with one, all runs of its groups are shown
   */
  public FailedRuns failures(
      Caller caller,
      @Nullable String owner,
      @Nullable String workflowId,
      @Nullable String signature) {
    access.requireMayList(caller);
    return transactions.read(() -> {
      var read = store.failedRuns(owner, workflowId, SCAN, RUNS + 1);
      var runs = read.size() > RUNS ? read.subList(0, RUNS) : read;
      var first = new HashMap<RunKey, StepAttempt>();
      store
          .firstFailed(runs.stream().map(StoredRun::key).toList())
          .forEach(stored -> first.put(stored.run(), stored.attempt()));
      return grouped(runs, first, signature, read.size() <= RUNS);
    });
  }

  private static FailedRuns grouped(
      List<StoredRun> runs,
      Map<RunKey, StepAttempt> first,
      @Nullable String signature,
      boolean complete) {
    var groups = new LinkedHashMap<Cause, Gathered>();
    for (var run : runs) {
      var message = message(run, first.get(run.key()));
      var cause = new Cause(run.key().workflowId(), FailureWords.signature(message));
      if (signature == null || signature.equals(cause.signature())) {
        groups.computeIfAbsent(cause, _ -> new Gathered(message)).runs().add(run);
      }
    }
    var views = new ArrayList<FailedRuns.Group>();
    groups.forEach(
        (cause, gathered) -> views.add(gathered.view(cause, signature == null ? SHOWN : RUNS)));
    return new FailedRuns(views, views.stream().mapToLong(FailedRuns.Group::count).sum(), complete);
  }

  private static String message(StoredRun run, @Nullable StepAttempt failed) {
    var facts = run.row().facts();
    var refused = facts.acceptError();
    var message =
        refused != null
            ? "Its params could not be evaluated: " + refused
            : failed == null ? "The run ended as " + run.row().status() : FailureWords.of(failed);
    return message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "…" : message;
  }

  private record Cause(String workflowId, String signature) {}

  /** What failed for one cause, the latest first, and what that said. */
  private record Gathered(String message, List<StoredRun> runs) {
    Gathered(String message) {
      this(message, new ArrayList<>());
    }

    FailedRuns.Group view(Cause cause, int shown) {
      return new FailedRuns.Group(
          cause.workflowId(),
          cause.signature(),
          message,
          runs.size(),
          endOf(runs.getLast()),
          endOf(runs.getFirst()),
          runs.stream().limit(shown).map(FailureQueries::summary).toList());
    }
  }

  private static RunSummary summary(StoredRun run) {
    return RunSummaries.of(run, run.owner());
  }

  private static long endOf(StoredRun run) {
    var end = run.row().endTime();
    return end == null ? run.row().modifyTime() : end;
  }
}

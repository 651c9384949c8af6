package org.maestro.engine.instance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.instance.InstanceStore.StoredAttempt;
import org.maestro.engine.instance.InstanceStore.StoredRun;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.instance.StepView;
import org.maestro.model.page.Page;
import org.maestro.service.database.Transactions;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/**
 * Looks at runs and steps, always at what is committed; every answer comes of one transaction. What
 * belongs to a workflow that is being deleted is not found.
 */
public final class InstanceQueries {
  private final Transactions transactions;
  private final InstanceStore store;
  private final RunPlans plans;
  private final AccessPolicy access;
  private final InstanceViews instances;
  private final StepViews steps;
  private final LiveRuns live;

  InstanceQueries(
      Transactions transactions,
      InstanceStore store,
      RunPlans plans,
      AccessPolicy access,
      CompleteParams params) {
    this.transactions = transactions;
    this.store = store;
    this.plans = plans;
    this.access = access;
    this.instances = new InstanceViews(params);
    this.steps = new StepViews(params);
    this.live = new LiveRuns(store, plans);
  }

  // ------------------------------------------------------------------ runs

  /**
   * One run. Without {@code enriched} and {@code aggregated} it costs one row by its key: the
   * steps, the definition and the DAG are not looked at.
   *
   * @param runId null for the latest
   * @param enriched with the definition, the DAG and the steps in numbers
   * @param aggregated with the steps over all runs up to this one
   * @throws ApiException 404 if there is none, 403; as all methods here
   */
  public InstanceView run(
      Caller caller,
      String workflowId,
      long instanceId,
      @Nullable Long runId,
      boolean enriched,
      boolean aggregated) {
    if (!enriched && !aggregated) {
      return plain(readable(caller, workflowId, instanceId, runId));
    }
    return transactions.read(() -> {
      var run = readable(caller, workflowId, instanceId, runId);
      if (run.unreadable() != null) {
        return instances.unreadable(run);
      }
      var node = node(run, store.stepsSoFar(run.key()));
      return instances.full(
          node,
          live.below(List.of(node)),
          plans.factsOf(run.row()),
          enriched,
          aggregated,
          enriched ? handlers(node) : List.of());
    });
  }

  private List<InstanceView.HandlerRun> handlers(RunNode node) {
    var views = new ArrayList<InstanceView.HandlerRun>();
    HandlerRuns.of(store, node.run(), node.plan())
        .forEach((kind, run) ->
            views.add(
                new InstanceView.HandlerRun(
                    kind.field(),
                    run.key().workflowId(),
                    run.key().instanceId(),
                    run.key().runId(),
                    run.row().status())));
    return views;
  }

  /** One row that can't be read is shown as such, and hides no other. */
  private InstanceView plain(StoredRun run) {
    return run.unreadable() == null
        ? instances.plain(run, plans.factsOf(run.row()))
        : instances.unreadable(run);
  }

  private RunNode node(StoredRun run, List<StoredAttempt> attempts) {
    return RunNode.of(run, plans.planOf(run.row()), attempts);
  }

  /** The runs of an instance, newest first; the cursor is a run's number. */
  public Page<RunSummary> runs(
      Caller caller, String workflowId, long instanceId, PageRequest request) {
    return transactions.read(() -> {
      var latest = readable(caller, workflowId, instanceId, null);
      var cursor = request.cursorNumber(request.forward() ? Long.MAX_VALUE : 0);
      var read = store.runs(workflowId, instanceId, request.forward(), cursor, request.limit() + 1);
      // Runs are numbered without gaps and never removed singly.
      return Pages.of(request, read, run -> Long.toString(run.key().runId()), latest.key().runId())
          .map(RunSummaries::of);
    });
  }

  private StoredRun readable(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId) {
    var run =
        store
            .run(workflowId, instanceId, runId)
            .orElseThrow(() -> noSuchRun(workflowId, instanceId, runId));
    access.require(caller, Access.READ, workflowId, run.owner());
    return run;
  }

  /** The answer to somebody who asks for a run that isn't there; without a run, for the latest. */
  public static ApiException noSuchRun(String workflowId, long instanceId, @Nullable Long runId) {
    return ApiException.notFound(
        "no-such-run",
        runId == null
            ? "workflow \"%s\" has no instance %d".formatted(workflowId, instanceId)
            : "workflow \"%s\": instance %d has no run %d"
                .formatted(workflowId, instanceId, runId));
  }

  // ------------------------------------------------------------------ lists of instances

  /** How many instances are looked at for one page. */
  private static final long SCAN = 20_000;

  /**
   * The instances of a workflow by their latest runs, newest first; the cursor is an instance's
   * number. A page is of at most {@value #SCAN} instances, unless those are wanted that failed,
   * were stopped or timed out: where few of them are what is wanted, it may be short, or empty,
   * although there is a next one.
   */
  public Page<InstanceView> instances(
      Caller caller,
      String workflowId,
      InstanceFilter filter,
      boolean aggregated,
      PageRequest request) {
    return transactions.read(() -> {
      var span = readableSpan(caller, workflowId);
      var page = window(span, filter, request);
      return page.map(views(page.elements(), aggregated)::get);
    });
  }

  private InstanceStore.WorkflowSpan readableSpan(Caller caller, String workflowId) {
    var span =
        store
            .span(workflowId)
            .orElseThrow(() ->
                ApiException.notFound(
                    "no-such-workflow", "workflow \"%s\" does not exist".formatted(workflowId)));
    access.require(caller, Access.READ, workflowId, span.owner());
    return span;
  }

  /** A page of a workflow's latest runs. */
  private Page<StoredRun> window(
      InstanceStore.WorkflowSpan span, InstanceFilter filter, PageRequest request) {
    var scan =
        request.forward() && InstanceStore.isUnsuccessful(filter.status()) ? Long.MAX_VALUE : SCAN;
    var window = InstanceWindow.of(request, span.latestInstanceId(), scan);
    var read =
        store.latestRuns(
            span.workflowId(),
            request.forward(),
            window.low(),
            window.high(),
            filter,
            request.limit() + 1);
    if (!read.isEmpty() && read.getLast().isUnread()) {
      // The page ends where there is no more room.
      var shorter = new PageRequest(request.forward(), read.size() - 1, request.cursor());
      return window.page(
          shorter, read, run -> run.key().instanceId(), filter.equals(InstanceFilter.ALL));
    }
    return window.page(
        request, read, run -> run.key().instanceId(), filter.equals(InstanceFilter.ALL));
  }

  private Map<StoredRun, InstanceView> views(List<StoredRun> runs, boolean aggregated) {
    var views = new HashMap<StoredRun, InstanceView>();
    if (!aggregated) {
      runs.forEach(run -> views.put(run, plain(run)));
      return views;
    }
    var attempts = new HashMap<Long, List<StoredAttempt>>();
    for (var attempt : store.stepsSoFar(runs.stream().map(StoredRun::key).toList())) {
      attempts.computeIfAbsent(attempt.run().instanceId(), _ -> new ArrayList<>()).add(attempt);
    }
    runs.stream()
        .filter(run -> run.unreadable() != null)
        .forEach(run -> views.put(run, instances.unreadable(run)));
    var nodes =
        runs.stream()
            .filter(run -> run.unreadable() == null)
            .map(run -> node(run, attempts.getOrDefault(run.key().instanceId(), List.of())))
            .toList();
    var below = live.below(nodes);
    nodes.forEach(node ->
        views.put(
            node.run(),
            instances.full(node, below, plans.factsOf(node.run().row()), false, true, List.of())));
    return views;
  }

  /** How many runs are looked at for one page of a search over all workflows. */
  private static final int SEARCHED = 2_000;

  /**
   * Instances by their latest runs, the newest first. Over all workflows the cursor is {@code
   * time:instance:run:workflow}; at most {@value #SEARCHED} runs are looked at for a page, which
   * may be short, or empty, although there is a next one: those of other owners, or with a later
   * run, are passed over. With a workflow given, it is as {@link #instances}.
   *
   * @param owner of the workflow; null for any
   * @param workflowId null for any
   */
  public Page<RunSummary> search(
      Caller caller,
      @Nullable String owner,
      @Nullable String workflowId,
      InstanceFilter filter,
      PageRequest request) {
    access.requireMayList(caller);
    if (!request.forward()) {
      throw ApiException.badRequest(
          "invalid-page", "expected first, found last; a search is read forward");
    }
    return transactions.read(() -> {
      if (workflowId != null) {
        var span = readableSpan(caller, workflowId);
        return owner == null || owner.equals(span.owner())
            ? window(span, filter, request).map(run -> RunSummaries.of(run, span.owner()))
            : Pages.of(request, List.<RunSummary>of(), _ -> "", null);
      }
      return acrossWorkflows(owner, filter, request);
    });
  }

  private Page<RunSummary> acrossWorkflows(
      @Nullable String owner, InstanceFilter filter, PageRequest request) {
    var statuses =
        filter.status() == null ? EnumSet.allOf(RunStatus.class) : EnumSet.of(filter.status());
    var from = filter.from() == null ? Long.MIN_VALUE : filter.from();
    var place = SearchCursor.of(request).before(filter.to());
    var wanted = new ArrayList<InstanceStore.Newest>();
    var looked = 0;
    var isMore = true;
    // A page and the one that says that there is more, with room for what was restarted.
    var scan = request.limit() + 1 + request.limit() / 8;
    while (isMore && wanted.size() <= request.limit() && looked < SEARCHED) {
      var read = store.newest(statuses, from, place, owner, scan);
      looked += read.size();
      isMore = read.size() == scan;
      read.stream().filter(InstanceStore.Newest::isWanted).forEach(wanted::add);
      if (!read.isEmpty()) {
        place = SearchCursor.behind(read.getLast());
      }
      scan = Math.min(2 * scan, SEARCHED - looked + 1);
    }
    if (wanted.size() > request.limit()) {
      wanted.subList(request.limit(), wanted.size()).clear();
      place = SearchCursor.behind(wanted.getLast());
      isMore = true;
    }
    var runs = store.inOneAnswer(wanted.stream().map(InstanceStore.Newest::run).toList());
    if (!runs.isEmpty() && runs.getLast().isUnread()) {
      // The page ends where there is no more room.
      runs = runs.subList(0, runs.size() - 1);
      place = SearchCursor.behind(wanted.get(runs.size() - 1));
      isMore = true;
    }
    return SearchCursor.page(
        request,
        runs.stream().map(run -> RunSummaries.of(run, run.owner())).toList(),
        isMore ? place : null);
  }

  // ------------------------------------------------------------------ steps

  /** The steps that a run has created, each by its latest attempt, in the order of their start. */
  public List<StepView> steps(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId) {
    return transactions.read(() -> {
      var run = readable(caller, workflowId, instanceId, runId);
      return views(List.of(run), store.steps(run.key()));
    });
  }

  /** The steps over all runs of an instance, each by its latest attempt. */
  public List<StepView> latestSteps(Caller caller, String workflowId, long instanceId) {
    return transactions.read(() -> {
      var latest = readable(caller, workflowId, instanceId, null);
      var attempts = new LinkedHashMap<String, StoredAttempt>();
      store
          .stepsSoFar(latest.key())
          .forEach(attempt -> attempts.put(attempt.attempt().stepId(), attempt));
      return viewsOverRuns(latest, List.copyOf(attempts.values()));
    });
  }

  /** A step by its latest attempt over all runs of an instance. */
  public StepView latestStep(Caller caller, String workflowId, long instanceId, String stepId) {
    return transactions.read(() -> {
      var latest = readable(caller, workflowId, instanceId, null);
      var attempt =
          store.stepSoFar(latest.key(), stepId).orElseThrow(() -> noSuchStep(latest.key(), stepId));
      return viewsOverRuns(latest, List.of(attempt)).getFirst();
    });
  }

  /**
   * One attempt.
   *
   * @param attemptId null for the latest
   */
  public StepView attempt(
      Caller caller,
      String workflowId,
      long instanceId,
      @Nullable Long runId,
      String stepId,
      @Nullable Long attemptId) {
    return transactions.read(() -> {
      var run = readable(caller, workflowId, instanceId, runId);
      var wanted = attemptId == null ? OptionalLong.empty() : OptionalLong.of(attemptId);
      var read = store.attempt(run.key(), stepId, wanted);
      if (read.isEmpty()) {
        throw noSuchStep(run.key(), stepId);
      }
      return views(List.of(run), read).getFirst();
    });
  }

  /** The attempts of a step in a run, newest first, at most {@value PageRequest#MAX}. */
  public List<StepView> attempts(
      Caller caller, String workflowId, long instanceId, @Nullable Long runId, String stepId) {
    return transactions.read(() -> {
      var run = readable(caller, workflowId, instanceId, runId);
      var read = store.attempts(run.key(), stepId, Long.MAX_VALUE, PageRequest.MAX);
      if (read.isEmpty()) {
        throw noSuchStep(run.key(), stepId);
      }
      return views(List.of(run), read);
    });
  }

  private static ApiException noSuchStep(RunKey run, String stepId) {
    return ApiException.notFound(
        "no-such-step",
        "run %s has no such attempt of step \"%s\"; it has not been reached, or is misspelt"
            .formatted(run, stepId));
  }

  private List<StepView> viewsOverRuns(StoredRun latest, List<StoredAttempt> attempts) {
    var others = new LinkedHashSet<RunKey>();
    attempts.forEach(attempt -> others.add(attempt.run()));
    others.remove(latest.key());
    var runs = new ArrayList<>(store.runs(others));
    runs.add(latest);
    return views(runs, attempts);
  }

  private List<StepView> views(List<StoredRun> runs, List<StoredAttempt> attempts) {
    var nodes = new LinkedHashMap<RunKey, RunNode>();
    for (var run : runs) {
      nodes.put(
          run.key(),
          node(
              run,
              attempts.stream()
                  .filter(stored -> stored.run().equals(run.key()))
                  .sorted(Comparator.comparingLong(stored -> stored.attempt().attemptId()))
                  .toList()));
    }
    var below = live.below(nodes.values());
    var views = new ArrayList<StepView>();
    for (var stored : attempts) {
      var node = nodes.get(stored.run());
      if (node != null) {
        var facts = plans.factsOf(node.run().row());
        views.add(steps.of(node.run(), node.plan(), facts, stored.attempt(), below));
      }
    }
    views.sort(Comparator.comparingLong(StepView::stepInstanceId));
    return views;
  }
}

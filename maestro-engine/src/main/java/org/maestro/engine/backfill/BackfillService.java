package org.maestro.engine.backfill;

import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.loop.IndexSet;
import org.maestro.model.backfill.BackfillPlan;
import org.maestro.model.backfill.BackfillStatus;
import org.maestro.model.backfill.BackfillView;
import org.maestro.model.definition.Workflow;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.zones.Zones;

/** What people do with back-fills. A change is kept before this answers. */
public final class BackfillService {
  private static final int SHOWN_VALUES = 3;
  private static final int SHOWN_FAILURES = 20;

  private final BackfillStore store;
  private final BackfillRuns runs;
  private final BackfillDriver driver;
  private final BackfillWakes wakes;
  private final CompiledVersions versions;
  private final AccessPolicy access;
  private final Supplier<String> ids;
  private final InstantSource clock;

  /**
   * With the parts that it works on.
   *
   * @param wakes the way to the node that drives a back-fill
   * @param ids rising with time
   */
  public BackfillService(
      BackfillStore store,
      BackfillRuns runs,
      BackfillDriver driver,
      BackfillWakes wakes,
      CompiledVersions versions,
      AccessPolicy access,
      Supplier<String> ids,
      InstantSource clock) {
    this.store = store;
    this.runs = runs;
    this.driver = driver;
    this.wakes = wakes;
    this.versions = versions;
    this.access = access;
    this.ids = ids;
    this.clock = clock;
  }

  /** What can be asked of a back-fill. */
  public enum Action {
    /** Starts no more runs; those that run go on. */
    PAUSE,
    /** Goes on where it was. */
    RESUME,
    /** Gives up what has not been started. */
    STOP,
    /** Runs again what failed, timed out or was stopped. */
    RESTART_FAILED
  }

  /** Something to be made, and what was found out about it. */
  private record Plan(
      Backfill backfill, List<RangeValues.Value> values, BackfillHistory.Seen seen) {}

  /**
   * Makes a back-fill and starts it.
   *
   * @throws ApiException 400, 403, 404 or 422
   */
  public BackfillView create(Caller caller, String workflowId, Map<String, Object> body) {
    var plan = plan(caller, workflowId, body);
    if (plan.values().isEmpty()) {
      throw new ApiException(
          ProblemKind.UNPROCESSABLE_ENTITY,
          "nothing-to-run",
          "all %d values of the range have been run before; with skip none they run again"
              .formatted(plan.backfill().spec().skipped().size()));
    }
    store.insert(plan.backfill());
    wakes.wake(plan.backfill().id(), 0);
    return BackfillViews.of(plan.backfill(), plan.values(), List.of(), clock.millis());
  }

  /**
   * Says what a back-fill would do.
   *
   * @throws ApiException 400, 403, 404 or 422
   */
  public BackfillPlan dryRun(Caller caller, String workflowId, Map<String, Object> body) {
    var plan = plan(caller, workflowId, body);
    var spec = plan.backfill().spec();
    var texts = plan.values().stream().map(RangeValues.Value::text).toList();
    return new BackfillPlan(
        true,
        workflowId,
        spec.version(),
        spec.param(),
        spec.order(),
        spec.range(),
        texts.size(),
        spec.skipped().size(),
        texts.subList(0, Math.min(SHOWN_VALUES, texts.size())),
        texts.subList(Math.max(0, texts.size() - SHOWN_VALUES), texts.size()),
        BackfillHistory.summary(plan.seen()),
        spec.concurrency(),
        runs.room(plan.backfill()),
        spec.maxFailures() == null ? null : (Long) spec.mostFailures(texts.size()));
  }

  private Plan plan(Caller caller, String workflowId, Map<String, Object> body) {
    var latest = versions.resolve(workflowId, VersionSelector.LATEST);
    access.require(caller, Access.RUN, workflowId, latest.properties().owner());
    var request = BackfillRequest.read(body, zoneOf(latest.workflow()));
    var version = versions.resolve(workflowId, VersionSelector.of(request.version()));
    var param = request.param() == null ? BackfillRuns.RUN_TS : request.param();
    requireParam(version, param);
    var seen =
        new BackfillHistory(store).of(workflowId, version.internalId(), request.range(), param);
    var spec =
        new BackfillSpec(
            request.version(),
            request.range(),
            param,
            request.order(),
            request.concurrency(),
            request.runParams(),
            seen.toSkip(request.skip()),
            request.maxFailures() == null ? null : request.maxFailures().text());
    var values = spec.values();
    var now = clock.millis();
    var backfill =
        new Backfill(
            ids.get(),
            workflowId,
            version.internalId(),
            BackfillStatus.RUNNING,
            1,
            caller.name(),
            now,
            now,
            null,
            values.size(),
            spec,
            BackfillProgress.NONE);
    if (!values.isEmpty()) {
      runs.check(backfill, values.getFirst());
      runs.check(backfill, values.getLast());
    }
    return new Plan(backfill, values, seen);
  }

  /** Where nobody says otherwise, a range is of the clock that the workflow goes by. */
  private static ZoneId zoneOf(Workflow workflow) {
    var triggers = workflow.timeTriggers();
    var zone = triggers.isEmpty() ? null : triggers.getFirst().timezone();
    return Zones.of(zone == null || zone.isEmpty() ? "UTC" : zone);
  }

  /** A param that nobody reads would make every run the same. */
  private static void requireParam(ResolvedVersion version, String param) {
    if (!version.workflow().params().containsKey(param) && !isOfTime(param)) {
      throw ApiException.badRequest(
          "no-such-param",
          "version %d of workflow \"%s\" has no param \"%s\"; it has %s"
              .formatted(
                  version.versionId(),
                  version.workflowId(),
                  param,
                  version.workflow().params().keySet()));
    }
  }

  private static boolean isOfTime(String param) {
    return param.equals(BackfillRuns.RUN_TS)
        || param.equals("TARGET_RUN_DATE")
        || param.equals("TARGET_RUN_HOUR");
  }

  /** The back-fills of a workflow, newest first. */
  public Page<BackfillView> list(Caller caller, String workflowId, PageRequest page) {
    var latest = versions.resolve(workflowId, VersionSelector.LATEST);
    access.require(caller, Access.READ, workflowId, latest.properties().owner());
    var now = clock.millis();
    return Pages.of(
            page,
            store.list(
                workflowId, latest.internalId(), page.forward(), page.cursor(), page.limit() + 1),
            listed -> listed.backfill().id(),
            null)
        .map(listed -> BackfillViews.of(listed, now));
  }

  /** One back-fill, with some of its failures. */
  public BackfillView get(Caller caller, String id) {
    return view(required(caller, id, Access.READ));
  }

  private BackfillView view(Backfill backfill) {
    var values = driver.values(backfill);
    var failed = first(backfill.progress().unsuccessful(), 0, SHOWN_FAILURES);
    return BackfillViews.of(backfill, values, valueRuns(backfill, values, failed), clock.millis());
  }

  private Backfill required(Caller caller, String id, Access wanted) {
    var backfill =
        store
            .find(id)
            .orElseThrow(
                () -> ApiException.notFound("no-such-backfill", "there is no back-fill " + id));
    var latest = versions.resolve(backfill.workflowId(), VersionSelector.LATEST);
    access.require(caller, wanted, backfill.workflowId(), latest.properties().owner());
    return backfill;
  }

  private static List<Long> first(IndexSet set, long from, int limit) {
    var found = new ArrayList<Long>();
    for (var number = set.firstFrom(from);
        number >= 0 && found.size() < limit;
        number = set.firstFrom(number + 1)) {
      found.add(number);
    }
    return found;
  }

  private List<BackfillView.ValueRun> valueRuns(
      Backfill backfill, List<RangeValues.Value> values, List<Long> numbers) {
    var standings = runs.standings(backfill, values, numbers, _ -> 0L);
    return numbers.stream()
        .map(number -> {
          var standing = standings.get(number);
          return new BackfillView.ValueRun(
              number,
              values.get(number.intValue()).text(),
              standing == null ? null : standing.status(),
              standing == null ? null : (Long) standing.run().instanceId(),
              standing == null ? null : (Long) standing.run().runId());
        })
        .toList();
  }

  /**
   * The values of a back-fill with their runs, in the order of running.
   *
   * @param status only those that count as this; CREATED and IN_PROGRESS mean not ended
   * @throws ApiException 400 for a page from the end
   */
  public Page<BackfillView.ValueRun> runs(
      Caller caller, String id, @Nullable RunStatus status, PageRequest page) {
    var backfill = required(caller, id, Access.READ);
    if (!page.forward()) {
      throw ApiException.badRequest(
          "invalid-page", "expected first: the runs of a back-fill are read forward only");
    }
    var numbers = first(of(backfill, status), page.cursorNumber(-1) + 1, page.limit() + 1);
    return Pages.of(
        page,
        valueRuns(backfill, driver.values(backfill), numbers),
        run -> String.valueOf(run.number()),
        null);
  }

  private static IndexSet of(Backfill backfill, @Nullable RunStatus status) {
    var progress = backfill.progress();
    if (status == null) {
      return IndexSet.range(0, backfill.total());
    }
    return switch (status) {
      case CREATED, IN_PROGRESS, PAUSED -> progress.open();
      case FAILED -> progress.failed();
      case TIMED_OUT -> progress.timedOut();
      case STOPPED -> progress.stopped();
      case SUCCEEDED ->
          IndexSet.range(0, progress.next())
              .minus(progress.open())
              .minus(progress.unsuccessful())
              .minus(progress.refused())
              .minus(progress.again());
    };
  }

  /**
   * Acts on a back-fill. What has taken effect already changes nothing.
   *
   * @param endRuns whether STOP ends the runs that it has under way
   * @throws ApiException 403, 404 or 409
   */
  public BackfillView act(Caller caller, String id, Action action, boolean endRuns) {
    var _ = required(caller, id, Access.RUN);
    var changed = driver.change(id, backfill -> acted(backfill, action, endRuns, clock.millis()));
    wakes.wake(id, 0);
    return view(changed);
  }

  private static Backfill acted(Backfill backfill, Action action, boolean endRuns, long now) {
    var progress = backfill.progress();
    return switch (action) {
      case PAUSE ->
          switch (backfill.status()) {
            case RUNNING -> backfill.with(BackfillStatus.PAUSED, progress.paused(null), now);
            case PAUSED -> backfill;
            case STOPPED, COMPLETED -> throw notPossible(backfill, action);
          };
      case RESUME ->
          switch (backfill.status()) {
            case PAUSED, STOPPED -> backfill.with(BackfillStatus.RUNNING, progress.cleared(), now);
            case RUNNING -> backfill;
            case COMPLETED -> throw notPossible(backfill, action);
          };
      case STOP ->
          switch (backfill.status()) {
            case RUNNING, PAUSED, STOPPED ->
                backfill.status() == BackfillStatus.STOPPED && !endRuns
                    ? backfill
                    : backfill.with(
                        BackfillStatus.STOPPED,
                        progress.ending(endRuns && !progress.open().isEmpty()),
                        now);
            case COMPLETED -> throw notPossible(backfill, action);
          };
      case RESTART_FAILED ->
          progress.unsuccessful().isEmpty()
              ? backfill
              : backfill.with(
                  backfill.status() == BackfillStatus.COMPLETED
                      ? BackfillStatus.RUNNING
                      : backfill.status(),
                  progress.restartUnsuccessful(),
                  now);
    };
  }

  private static ApiException notPossible(Backfill backfill, Action action) {
    return ApiException.conflict(
        "action-not-possible",
        "back-fill %s is %s; %s is not possible then"
            .formatted(backfill.id(), backfill.status(), action));
  }
}

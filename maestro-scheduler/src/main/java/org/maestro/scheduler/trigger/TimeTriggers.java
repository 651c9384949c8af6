package org.maestro.scheduler.trigger;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.document.Limit;
import org.maestro.model.page.Page;
import org.maestro.model.trigger.NextFire;
import org.maestro.model.trigger.Tick;
import org.maestro.model.trigger.TriggerView;
import org.maestro.model.trigger.WorkflowTriggers;
import org.maestro.scheduler.bucket.BucketStore;
import org.maestro.scheduler.bucket.Buckets;
import org.maestro.scheduler.bucket.Waker;
import org.maestro.service.database.LostRaceException;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.UnreadableRowException;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What people ask about time triggers, and do with them. */
public final class TimeTriggers {
  /** How many ticks are shown at most. */
  @Limit("ticks that a preview of a time trigger shows")
  public static final int MOST_TICKS = 1_000;

  private static final int TICKS_IN_VIEW = 5;
  private static final long LAST_MILLIS = 253_402_300_799_999L;

  private final Transactions transactions;
  private final TimeTriggerStore store;
  private final BucketStore buckets;
  private final TriggerTexts texts;
  private final JsonMapper json;
  private final Waker waker;
  private final NewsOnItsWay news;
  private final AccessPolicy access;
  private final InstantSource clock;

  public TimeTriggers(
      Transactions transactions,
      TimeTriggerStore store,
      BucketStore buckets,
      TriggerTexts texts,
      JsonMapper json,
      Waker waker,
      NewsOnItsWay news,
      AccessPolicy access,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.buckets = buckets;
    this.texts = texts;
    this.json = json;
    this.waker = waker;
    this.news = news;
    this.access = access;
    this.clock = clock;
  }

  private record Known(Subscription subscription, List<TriggerRow> rows) {}

  /**
   * The time triggers of a workflow's active version. Waits for a moment if the scheduler has heard
   * of no such workflow: news of it may be on its way.
   *
   * @throws ApiException 404 if the scheduler has heard of no such workflow, 403 if the caller may
   *     not see it
   */
  public WorkflowTriggers of(Caller caller, String workflowId) {
    var known = known(caller, workflowId);
    return new WorkflowTriggers(
        workflowId,
        known.subscription().versionId(),
        known.subscription().paused(),
        known.subscription().pausedBy(),
        known.rows().stream().map(this::view).toList());
  }

  private Known known(Caller caller, String workflowId) {
    var known =
        orUnknown(
            news.await(() ->
                transactions.read(() ->
                    store
                        .subscription(workflowId)
                        .map(found -> new Known(found, store.rows(List.of(workflowId)))))),
            workflowId);
    access.require(caller, Access.READ, workflowId, known.subscription().owner());
    return known;
  }

  private static <T> T orUnknown(Optional<T> found, String workflowId) {
    return found.orElseThrow(() ->
        ApiException.notFound(
            "unknown-workflow",
            "workflow \"%s\": the scheduler has not heard of it; it does when a version is activated"
                .formatted(workflowId)));
  }

  private void awaitNews(String workflowId) {
    orUnknown(
        news.await(() -> transactions.read(() -> store.subscription(workflowId))), workflowId);
  }

  /** All time triggers, by workflow and index. */
  public Page<TriggerView> list(Caller caller, PageRequest request) {
    access.requireMayList(caller);
    var limit = request.limit() + 1;
    var at = ListCursor.of(request.cursor());
    var rows =
        transactions.read(() -> {
          if (request.forward()) {
            return store.listAfter(
                at == null ? "" : at.workflowId(), at == null ? -1 : at.no(), limit);
          }
          return at == null
              ? store.listEnd(limit)
              : store.listBefore(at.workflowId(), at.no(), limit);
        });
    return Pages.of(request, rows, row -> ListCursor.of(row).text(), null).map(this::view);
  }

  /** A place in the list of all triggers. */
  private record ListCursor(String workflowId, long no) {
    static ListCursor of(TriggerRow row) {
      return new ListCursor(row.key().workflowId(), row.key().triggerNo());
    }

    static @Nullable ListCursor of(@Nullable String text) {
      if (text == null) {
        return null;
      }
      var colon = text.indexOf(':');
      try {
        return new ListCursor(
            text.substring(colon + 1), Long.parseLong(text.substring(0, Math.max(0, colon))));
      } catch (NumberFormatException _) {
        throw ApiException.badRequest(
            "invalid-cursor",
            "cursor: expected a cursor of an earlier page, found \"%s\"".formatted(text));
      }
    }

    String text() {
      return no + ":" + workflowId;
    }
  }

  /** One row that can't be read is shown as such, and hides no other. */
  private TriggerView view(TriggerRow row) {
    var now = clock.millis();
    var ticks = texts.ticks(row.definition());
    var fireAt = row.nextFireAt();
    var unreadable = row.unreadable();
    Object trigger;
    try {
      trigger = json.readValue(row.definition(), Object.class);
    } catch (JacksonException e) {
      trigger = Map.of();
      unreadable = new UnreadableRowException(e).getMessage();
    }
    return new TriggerView(
        row.key().workflowId(),
        row.versionId(),
        row.key().triggerUuid(),
        row.key().triggerNo(),
        trigger,
        row.problem(),
        row.paused(),
        fireAt == null ? 0 : Math.max(0, now - fireAt),
        ticks == null ? List.of() : next(row, ticks, TICKS_IN_VIEW),
        row.firedTickAt() == null || row.firedAt() == null
            ? null
            : new TriggerView.LastFire(row.firedTickAt(), row.firedAt()),
        row.skippedAt(),
        row.zoneRules(),
        row.movedFromAt() == null
            ? null
            : new TriggerView.MovedTick(row.movedFromAt(), row.movedToAt()),
        row.answer(),
        row.refusal(),
        unreadable);
  }

  private static List<Tick> next(TriggerRow row, TriggerTicks ticks, int count) {
    if (row.nextFireAt() == null || row.nextTickAt() == null) {
      return List.of();
    }
    return ticks.next(Instant.ofEpochMilli(row.nextTickAt() - 1), count).stream()
        .map(tick -> tick(ticks, tick, row.delayMillis()))
        .toList();
  }

  private static Tick tick(TriggerTicks ticks, Instant tick, long delayMillis) {
    return new Tick(
        tick.toEpochMilli(),
        tick.toEpochMilli() + delayMillis,
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(tick.atZone(ticks.zone())));
  }

  /**
   * The next times at which a workflow's triggers fire, all of them together, in order.
   *
   * @throws ApiException as {@link #of}; 400 for a count that is not 1 to {@value #MOST_TICKS}
   */
  public List<NextFire> next(Caller caller, String workflowId, int count) {
    requireCount(count);
    var fires = new ArrayList<NextFire>();
    for (var row : known(caller, workflowId).rows()) {
      var ticks = texts.ticks(row.definition());
      if (ticks != null) {
        next(row, ticks, count)
            .forEach(tick ->
                fires.add(
                    new NextFire(
                        row.key().triggerNo(),
                        tick.triggerTime(),
                        tick.fireTime(),
                        tick.localTime())));
      }
    }
    fires.sort(Comparator.comparingLong(NextFire::fireTime).thenComparingLong(NextFire::index));
    return fires.subList(0, Math.min(count, fires.size()));
  }

  private static void requireCount(int count) {
    if (count < 1 || count > MOST_TICKS) {
      throw ApiException.badRequest(
          "invalid-count", "count: expected 1 to %d, found %d".formatted(MOST_TICKS, count));
    }
  }

  /**
   * When a trigger would fire.
   *
   * @param tree the trigger, as in a definition
   * @param workflowId whose delay to count in; null for none
   * @param from in epoch milliseconds; null for now
   * @throws ApiException 400 with all that is wrong with the trigger
   */
  public List<Tick> preview(
      Object tree, @Nullable String workflowId, @Nullable Long from, int count) {
    requireCount(count);
    var trigger =
        switch (DefinitionReader.timeTrigger(tree, "")) {
          case Read.Ok<TimeTrigger> ok -> ok.value();
          case Read.Bad<TimeTrigger> bad ->
              throw ApiException.invalid(
                  "invalid-trigger",
                  "expected a time trigger that can fire, found one with problems",
                  bad.problems());
        };
    var ticks = TriggerTicks.of(trigger);
    var delay = workflowId == null ? 0 : ticks.delayMillis(workflowId);
    if (from != null && (from < 0 || from > LAST_MILLIS)) {
      throw ApiException.badRequest(
          "invalid-from", "from: expected epoch milliseconds up to the year 9999, found " + from);
    }
    var after = from == null ? clock.instant() : Instant.ofEpochMilli(from);
    return ticks.next(after.minusMillis(delay), count).stream()
        .map(tick -> tick(ticks, tick, delay))
        .toList();
  }

  /**
   * Lets none of a workflow's time triggers fire until they are resumed. Versions that are
   * activated meanwhile are paused, too.
   *
   * @return whether that changed anything
   * @throws ApiException as {@link #of}; 403 if the caller may not run the workflow
   */
  public boolean pause(Caller caller, String workflowId) {
    awaitNews(workflowId);
    return transactions.runIdempotent(() -> {
      var subscription = toBeRun(caller, workflowId);
      return !subscription.paused() && oneOf(store.pause(subscription, caller.name()), workflowId);
    });
  }

  /**
   * Lets a workflow's time triggers fire again. What they missed fires or not, as each one's {@code
   * catch_up} says.
   *
   * @return whether that changed anything
   * @throws ApiException as {@link #pause}
   */
  public boolean resume(Caller caller, String workflowId) {
    awaitNews(workflowId);
    var resumed =
        transactions.runIdempotent(() -> {
          var subscription = toBeRun(caller, workflowId);
          if (!subscription.paused()) {
            return false;
          }
          buckets.changed(Set.of(Buckets.of(workflowId)));
          return oneOf(store.resume(subscription), workflowId);
        });
    if (resumed) {
      waker.wake();
    }
    return resumed;
  }

  private static boolean oneOf(boolean changed, String workflowId) {
    if (!changed) {
      throw new LostRaceException("workflow " + workflowId);
    }
    return true;
  }

  private Subscription toBeRun(Caller caller, String workflowId) {
    var subscription = orUnknown(store.subscription(workflowId), workflowId);
    access.require(caller, Access.RUN, workflowId, subscription.owner());
    return subscription;
  }
}

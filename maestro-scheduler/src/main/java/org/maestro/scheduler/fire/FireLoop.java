package org.maestro.scheduler.fire;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.time.TriggerTicks;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.start.Initiator;
import org.maestro.scheduler.bucket.BucketLeases;
import org.maestro.scheduler.bucket.Lease;
import org.maestro.scheduler.bucket.Waker;
import org.maestro.scheduler.metric.SchedulerMetrics;
import org.maestro.scheduler.time.DueTicks;
import org.maestro.scheduler.trigger.DueTrigger;
import org.maestro.scheduler.trigger.TimeTriggerStore;
import org.maestro.scheduler.trigger.TriggerMove;
import org.maestro.scheduler.trigger.TriggerTexts;
import org.maestro.scheduler.trigger.TriggerTexts.Meaning;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scheduler's only thread that fires. It reads the due triggers of its buckets in pages, asks
 * the engine for their starts, and moves a trigger on when the broker has acknowledged its
 * requests. Whatever happens in between, they are made again, with the same ids: the engine starts
 * each once.
 *
 * <p>It sleeps until the earliest trigger is due, or until buckets or triggers come in.
 */
public final class FireLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(FireLoop.class);
  private static final long AFTER_FAILURE_MILLIS = 1_000;

  /** A clock that was set forward is noticed after so long. */
  private static final long LONGEST_SLEEP_MILLIS = 60_000;

  private final Transactions transactions;
  private final TimeTriggerStore store;
  private final TriggerTexts texts;
  private final BucketLeases leases;
  private final Waker waker;
  private final Requests requests;
  private final FireSettings settings;
  private final InstantSource clock;
  private final SchedulerMetrics metrics;
  private final ZoneRulesUpdate zoneRules;
  private Map<Long, Long> updated = Map.of();
  private boolean failing;

  /**
   * How requests leave.
   *
   * @param topic where they go, keyed by workflow
   */
  public record Requests(RequestSender sender, String topic, JsonMapper json) {}

  /**
   * How much is done at once.
   *
   * @param page how many triggers of a bucket
   * @param ticks how many missed ticks of a trigger
   */
  public record FireSettings(int page, int ticks) {}

  public FireLoop(
      Transactions transactions,
      TimeTriggerStore store,
      TriggerTexts texts,
      BucketLeases leases,
      Waker waker,
      Requests requests,
      FireSettings settings,
      InstantSource clock,
      SchedulerMetrics metrics) {
    this.transactions = transactions;
    this.store = store;
    this.texts = texts;
    this.leases = leases;
    this.waker = waker;
    this.requests = requests;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    this.zoneRules = new ZoneRulesUpdate(transactions, store, texts);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        waker.sleep(fireThenRest());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the end
    }
  }

  private long fireThenRest() throws InterruptedException {
    try {
      var next = fireDue();
      failing = false;
      return next == null
          ? LONGEST_SLEEP_MILLIS
          : Math.clamp(next - clock.millis(), 0, LONGEST_SLEEP_MILLIS);
    } catch (RuntimeException | ExecutionException e) {
      if (!failing) {
        log.warn("Firing failed, trying again every second", e);
      }
      failing = true;
      return AFTER_FAILURE_MILLIS;
    }
  }

  /**
   * Fires everything that is due in this scheduler's buckets.
   *
   * @return when to look again, in epoch milliseconds; null if nothing there will fire
   * @throws ExecutionException if the broker didn't take the requests
   */
  public @Nullable Long fireDue() throws InterruptedException, ExecutionException {
    while (true) {
      var owned = leases.owned();
      updateZoneRules(owned);
      var earliest = owned.isEmpty() ? Map.<Long, Long>of() : earliest(owned);
      var now = clock.instant();
      var pages = new ArrayList<Page>();
      for (var lease : owned) {
        if (earliest.getOrDefault(lease.bucket(), Long.MAX_VALUE) <= now.toEpochMilli()) {
          pages.add(request(lease, now));
        }
      }
      if (pages.isEmpty()) {
        return earliest.values().stream().min(Long::compare).orElse(null);
      }
      var lost = false;
      for (var page : pages) {
        page.sent().get();
        lost |= page.lost() || (!page.fired().isEmpty() && finish(page) == 0);
      }
      if (lost) {
        // Somebody else has the bucket, which the next renewal tells, or has been faster.
        return now.toEpochMilli() + AFTER_FAILURE_MILLIS;
      }
    }
  }

  /** What came in was perhaps reckoned with other rules of time zones. */
  private void updateZoneRules(List<Lease> owned) {
    var fresh =
        owned.stream()
            .filter(lease -> !Objects.equals(updated.get(lease.bucket()), lease.epoch()))
            .toList();
    if (!fresh.isEmpty()) {
      zoneRules.update(fresh);
      updated = owned.stream().collect(Collectors.toMap(Lease::bucket, Lease::epoch));
    }
  }

  private Map<Long, Long> earliest(List<Lease> owned) {
    return transactions.read(() -> store.earliest(owned.stream().map(Lease::bucket).toList()));
  }

  /**
   * Due triggers of one bucket, whose requests are on their way.
   *
   * @param lost whether the bucket seems to be somebody else's
   */
  private record Page(Lease lease, List<Fired> fired, CompletableFuture<Void> sent, boolean lost) {}

  /** What becomes of one due trigger. */
  private sealed interface Fired {
    record Ticks(DueTrigger trigger, DueTicks ticks, @Nullable Long offset) implements Fired {}

    /** It can't be followed; the others must not wait for it. */
    record Broken(DueTrigger trigger, String problem) implements Fired {}
  }

  private Page request(Lease lease, Instant now) {
    var due =
        transactions.read(() -> store.due(lease.bucket(), now.toEpochMilli(), settings.page()));
    var fired = new ArrayList<Fired>();
    var messages = new ArrayList<OutgoingMessage>();
    var stale = due.stream().filter(trigger -> !zoneRules.isCurrent(trigger)).toList();
    var lost = !stale.isEmpty() && zoneRules.update(lease, stale) == 0;
    for (var trigger : due) {
      if (zoneRules.isCurrent(trigger)) {
        fired.add(request(trigger, now, messages));
      }
    }
    return new Page(lease, fired, requests.sender().send(messages), lost);
  }

  private Fired request(DueTrigger trigger, Instant now, List<OutgoingMessage> messages) {
    return switch (texts.meaning(trigger.definition())) {
      case Meaning.Ticking ticking -> {
        var due =
            DueTicks.of(
                ticking.ticks(),
                Instant.ofEpochMilli(trigger.nextTickAt()),
                trigger.moved(),
                trigger.delayMillis(),
                now,
                settings.ticks());
        for (var tick : due.firing()) {
          messages.add(message(trigger, ticking.ticks(), tick, now));
        }
        var next = due.next();
        yield new Fired.Ticks(
            trigger, due, next == null ? null : (Long) ticking.ticks().offset(next));
      }
      case Meaning.Unclear unclear -> {
        log.warn("{} can't be followed and is left aside: {}", trigger.key(), unclear.problem());
        yield new Fired.Broken(trigger, unclear.problem());
      }
    };
  }

  private OutgoingMessage message(
      DueTrigger trigger, TriggerTicks ticks, Instant tick, Instant now) {
    var key = trigger.key();
    EngineRequest start =
        new EngineRequest.Start(
            key.workflowId(),
            key.triggerUuid(),
            ticks.requestId(key.workflowId(), trigger.internalId(), tick),
            new Initiator.Time(key.triggerUuid(), tick.toEpochMilli(), ticks.zone().getId()),
            now.toEpochMilli());
    return new OutgoingMessage(
        requests.topic(),
        null,
        key.workflowId(),
        requests.json().writeValueAsBytes(start),
        Map.of());
  }

  /** Moves on what was requested; tells how many triggers moved. */
  private int finish(Page page) {
    var now = clock.millis();
    var moves = page.fired().stream().map(fired -> move(fired, now)).toList();
    var moved =
        transactions.runIdempotent(
            () -> store.move(page.lease().bucket(), page.lease().epoch(), moves));
    page.fired().forEach(fired -> count(fired, now));
    return moved;
  }

  private void count(Fired fired, long now) {
    if (fired instanceof Fired.Ticks(DueTrigger trigger, DueTicks ticks, Long _)) {
      if (!ticks.firing().isEmpty()) {
        metrics.fired(ticks.firing().size(), now - trigger.nextFireAt());
      }
      if (ticks.skipped()) {
        metrics.skipped();
      }
    }
  }

  private static TriggerMove move(Fired fired, long now) {
    return switch (fired) {
      case Fired.Ticks(DueTrigger trigger, DueTicks ticks, Long offset) ->
          move(trigger, ticks, offset, now);
      case Fired.Broken(DueTrigger trigger, String problem) ->
          new TriggerMove(
              trigger.key(),
              trigger.nextTickAt(),
              trigger.nextTickAt(),
              null,
              null,
              null,
              null,
              null,
              problem,
              trigger.reckoning().offset());
    };
  }

  private static TriggerMove move(
      DueTrigger trigger, DueTicks ticks, @Nullable Long offset, long now) {
    var next = ticks.next() == null ? null : (Long) ticks.next().toEpochMilli();
    var any = !ticks.firing().isEmpty();
    return new TriggerMove(
        trigger.key(),
        trigger.nextTickAt(),
        next,
        next == null ? null : (Long) (next + trigger.delayMillis()),
        any ? (Long) ticks.firing().getFirst().toEpochMilli() : null,
        any ? (Long) ticks.firing().getLast().toEpochMilli() : null,
        any ? (Long) now : null,
        ticks.skipped() ? (Long) now : null,
        null,
        offset);
  }
}

package org.maestro.engine.start;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.ResolvedVersion;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.springframework.dao.DuplicateKeyException;

/**
 * Accepts starts: those that arrive while a transaction is on its way share the next one. An order
 * whose workflow has changed since it was checked is refused with {@link StaleException}; check it
 * again.
 */
public final class StartBatcher implements Runnable {
  private static final int BATCH = 300;

  /** How many starts wait for a transaction; more than that are refused, not kept in memory. */
  private static final int MOST_WAITING = 2_000;

  /** And how many characters they have together when one more is refused. */
  static final long MOST_WAITING_SIZE = 10_000_000;

  /** Characters that one transaction takes, but for the last start in it. */
  private static final long BATCH_SIZE = 8_000_000;

  /** How long somebody who can ask again waits for an answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StartStore store;
  private final RunCommands commands;
  private final InstantSource clock;
  private final int shards;
  private final Consumer<String> admission;
  private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();

  /** Characters of those that wait or are being accepted. */
  private final AtomicLong waitingSize = new AtomicLong();

  /**
   * @param shards how many shards the installation has
   * @param admission told of workflows whose new instances are queued
   */
  public StartBatcher(
      StartStore store,
      RunCommands commands,
      InstantSource clock,
      int shards,
      Consumer<String> admission) {
    this.store = store;
    this.commands = commands;
    this.clock = clock;
    this.shards = shards;
    this.admission = admission;
  }

  private record Waiting(StartOrder order, long size, CompletableFuture<Accepted> accepted) {}

  /** The workflow has changed since the order was checked. */
  static final class StaleException extends RuntimeException {
    StaleException(String workflowId) {
      super(workflowId + " has changed", null, false, false);
    }
  }

  /** The start was not confirmed; it may yet be accepted if its transaction is under way. */
  static final class BusyException extends RuntimeException {
    BusyException() {
      super("the start was not confirmed in time", null, false, false);
    }
  }

  /** What a batch came to: answers in the order of its orders, and what follows the commit. */
  private record Result(List<Object> answers, Runnable followUp, Set<String> queued) {}

  /** For the engine itself: waits until the database has answered. */
  CompletableFuture<Accepted> submit(StartOrder order) {
    var waiting = new Waiting(order, order.size(), new CompletableFuture<>());
    waitingSize.addAndGet(waiting.size());
    queue.add(waiting);
    return waiting.accepted();
  }

  /** For those who can ask again: fails with {@link BusyException} when it takes too long. */
  CompletableFuture<Accepted> submitPatiently(StartOrder order) {
    if (queue.size() >= MOST_WAITING || waitingSize.get() > MOST_WAITING_SIZE) {
      return CompletableFuture.failedFuture(new BusyException());
    }
    return submit(order)
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure ->
            CompletableFuture.failedFuture(
                failure instanceof TimeoutException ? new BusyException() : failure));
  }

  /** Accepts until its thread is interrupted. */
  @Override
  public void run() {
    while (!Thread.currentThread().isInterrupted()) {
      var waiting = new ArrayList<Waiting>();
      try {
        waiting.add(queue.take());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      var size = waiting.getFirst().size();
      while (size < BATCH_SIZE && waiting.size() < BATCH) {
        var next = queue.poll();
        if (next == null) {
          break;
        }
        waiting.add(next);
        size += next.size();
      }
      waiting.removeIf(one -> one.accepted().isDone()); // nobody waits for it any more
      if (!waiting.isEmpty()) {
        accept(waiting);
      }
      waitingSize.addAndGet(-size);
    }
  }

  private void accept(List<Waiting> waiting) {
    try {
      var result = store.inTransaction(() -> decide(waiting.stream().map(Waiting::order).toList()));
      result.followUp().run();
      // What they queue behind may have ended while they were on their way to the disk.
      result.queued().forEach(admission);
      for (int i = 0; i < waiting.size(); i++) {
        switch (result.answers().get(i)) {
          case Accepted accepted -> waiting.get(i).accepted().complete(accepted);
          case RuntimeException refused -> waiting.get(i).accepted().completeExceptionally(refused);
          default -> throw new IllegalStateException("expected an answer to every start");
        }
      }
    } catch (RuntimeException | Error e) {
      if (waiting.size() == 1) {
        waiting.getFirst().accepted().completeExceptionally(orStale(waiting.getFirst().order(), e));
      } else {
        waiting.forEach(one -> accept(List.of(one)));
      }
    }
  }

  /**
   * A node of the release before this one knows of no reservations and may have taken its number.
   */
  private static Throwable orStale(StartOrder order, Throwable e) {
    return order.reserved() != null && e instanceof DuplicateKeyException
        ? new StaleException(order.version().workflowId())
        : e;
  }

  /** The run that a request has made; null if none. */
  @Nullable Accepted known(String workflowId, String uuid) {
    var request = new StartStore.RequestId(workflowId, uuid);
    return known(Set.of(request)).get(request);
  }

  /** The runs that requests have made. */
  Map<StartStore.RequestId, Accepted> known(Set<StartStore.RequestId> requests) {
    return store.inTransaction(() -> store.duplicates(requests));
  }

  /** What a request gets before it is evaluated: a number, or the run that it made before. */
  sealed interface Reservation {
    record Taken(long instanceId) implements Reservation {}

    record Known(Accepted accepted) implements Reservation {}
  }

  /**
   * Takes a number out of those to come, for a start whose params ask for it. If the start does not
   * come, there is no instance of that number.
   *
   * @throws StaleException if the workflow has changed since it was read
   */
  Reservation reserve(ResolvedVersion version, String uuid) {
    var id = version.workflowId();
    var request = new StartStore.RequestId(id, uuid);
    return store.inTransaction(() -> {
      var head = store.lock(List.of(id)).get(id);
      var known = store.duplicates(List.of(request)).get(request);
      if (known != null) {
        return new Reservation.Known(known);
      }
      if (head == null || isStale(version, head)) {
        throw new StaleException(id);
      }
      var number = head.lastNumber() + 1;
      store.reserve(id, number);
      return new Reservation.Taken(number);
    });
  }

  private static boolean isStale(ResolvedVersion version, StartStore.@Nullable Head head) {
    return head == null
        || head.deleting()
        || head.internalId() != version.internalId()
        || head.revision() != version.revision();
  }

  private Result decide(List<StartOrder> orders) {
    var now = clock.millis();
    var workflowIds = new LinkedHashSet<String>();
    var requests = new LinkedHashSet<StartStore.RequestId>();
    for (var order : orders) {
      workflowIds.add(order.version().workflowId());
      requests.add(new StartStore.RequestId(order.version().workflowId(), order.uuid()));
    }
    var heads = store.lock(workflowIds);
    var known = new LinkedHashMap<>(store.duplicates(requests));
    var openRuns = new HashMap<StartStore.InstanceKey, RunKey>();
    var standings =
        new LinkedHashMap<>(store.standings(heads.values(), anyStrict(orders), openRuns));
    var latest = new LinkedHashMap<String, Long>();
    var numbers = new HashMap<String, Long>();
    heads.forEach((id, head) -> {
      latest.put(id, head.latestInstanceId());
      numbers.put(id, head.lastNumber());
    });
    var runs = new ArrayList<StartStore.NewRun>();
    var runsOfBatch = new LinkedHashMap<RunKey, Integer>();
    var answers = new ArrayList<Object>();
    var toEnd = new LinkedHashMap<RunKey, Long>();
    var queuedBefore = new LinkedHashSet<RunKey>(); // by a start of this batch
    var replaced = new ArrayList<Replaced>();
    for (var order : orders) {
      var id = order.version().workflowId();
      var request = new StartStore.RequestId(id, order.uuid());
      var duplicate = known.get(request);
      if (duplicate != null) {
        answers.add(duplicate);
        continue;
      }
      var head = heads.get(id);
      var before = standings.get(id);
      if (before == null || isStale(order.version(), head)) {
        answers.add(new StaleException(id));
        continue;
      }
      var instanceId =
          order.reserved() != null ? order.reserved() : numbers.merge(id, 1L, Long::sum);
      latest.merge(id, instanceId, Math::max);
      var facts = order.factsOf(instanceId);
      var key = new RunKey(id, instanceId, 1);
      var bornFailed = facts.acceptError() != null;
      var strategy = order.version().properties().properties().effectiveRunStrategy();
      var verdict = AdmissionPolicy.decide(strategy, before, instanceId);
      var stopped = !bornFailed && verdict.answer() == AdmissionPolicy.Answer.STOP;
      if (!bornFailed) {
        standings.put(id, verdict.after());
        replace(id, instanceId, strategy.rule(), verdict, runs, runsOfBatch, replaced, now);
        for (var running : verdict.endRunning()) {
          var run = openRuns.get(new StartStore.InstanceKey(id, running));
          toEnd.put(run == null ? new RunKey(id, running, 1) : run, instanceId);
        }
      }
      var run =
          new StartStore.NewRun(
              key,
              order.uuid(),
              key.shard(shards),
              bornFailed ? RunStatus.FAILED : RunStatus.CREATED,
              !bornFailed && verdict.answer() == AdmissionPolicy.Answer.ADMIT,
              order.version().versionId(),
              now,
              bornFailed ? (Long) now : null,
              facts);
      if (stopped) {
        run = run.stopped(whyStopped(strategy.rule(), before), now);
      }
      runsOfBatch.put(key, runs.size());
      if (!run.status().isTerminal()) {
        queuedBefore.add(key);
      }
      runs.add(run);
      var accepted =
          new Accepted(key, order.uuid(), order.version().versionId(), run.status(), false);
      answers.add(accepted);
      known.put(
          request,
          new Accepted(key, order.uuid(), order.version().versionId(), run.status(), true));
    }
    store.insert(runs);
    var sent = new ArrayList<RunCommand>();
    toEnd.forEach((run, newer) -> sent.add(replacedByNewer(run, newer)));
    for (var one : replaced) {
      sent.addAll(
          store.stopQueued(
              one.workflowId(),
              one.instances(),
              RunRow.Progress.saying(TimelineEvent.info(now, one.because())),
              now));
    }
    for (var run : runs) {
      if (run.status() == RunStatus.STOPPED
          && run.endTime() != null
          && queuedBefore.contains(run.key())) {
        sent.addAll(RunCommand.ChildEnded.neverRan(run.key(), run.facts()));
      }
    }
    if (!runs.isEmpty()) {
      store.countOn(latest);
    }
    var begin = runs.stream().filter(StartStore.NewRun::admitted).map(StartStore.NewRun::row);
    return new Result(
        answers,
        commands.beginning(sent, begin.toList()),
        runs.stream()
            .filter(run -> !run.admitted() && !run.status().isTerminal())
            .map(run -> run.key().workflowId())
            .collect(Collectors.toSet()));
  }

  /** Queued instances of a workflow that a newer one replaces. */
  private record Replaced(String workflowId, List<Long> instances, String because) {}

  private static String whyStopped(RunStrategy.Rule rule, AdmissionPolicy.Standing standing) {
    var there = standing.running().isEmpty() ? standing.queued() : standing.running();
    return "%s: instance %d was there already, %s"
        .formatted(
            rule, there.getFirst(), standing.running().isEmpty() ? "in the queue" : "running");
  }

  private static String whyReplaced(RunStrategy.Rule rule, long newer) {
    return "%s: the newer instance %d replaces it".formatted(rule, newer);
  }

  private static RunCommand replacedByNewer(RunKey run, long newer) {
    return new RunCommand.EndRun(
        run, RunStatus.STOPPED, whyReplaced(RunStrategy.Rule.LAST_ONLY, newer), null);
  }

  private static boolean anyStrict(List<StartOrder> orders) {
    return orders.stream()
        .anyMatch(order ->
            order.version().properties().properties().effectiveRunStrategy().rule()
                == RunStrategy.Rule.STRICT_SEQUENTIAL);
  }

  /** Queued instances that a newer one replaces, in the database or earlier in this batch. */
  private static void replace(
      String workflowId,
      long newer,
      RunStrategy.Rule rule,
      AdmissionPolicy.Verdict verdict,
      List<StartStore.NewRun> runs,
      Map<RunKey, Integer> runsOfBatch,
      List<Replaced> replaced,
      long now) {
    var because = whyReplaced(rule, newer);
    for (var instance : verdict.stopQueued()) {
      var index = runsOfBatch.get(new RunKey(workflowId, instance, 1));
      if (index == null) {
        replaced.add(new Replaced(workflowId, List.of(instance), because));
      } else {
        runs.set(index, runs.get(index).stopped(because, now));
      }
    }
  }
}

package org.maestro.engine.backfill;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.shard.ShardLoop;
import org.maestro.engine.start.Accepted;
import org.maestro.model.backfill.BackfillStatus;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.problem.ApiException;
import org.maestro.service.problem.ProblemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives back-fills: counts the runs that have ended and starts others in their place. Values are
 * claimed in the row before their runs are started, so whoever goes on after a crash starts what
 * was claimed and never ran; a claim names the revision it was decided on, so of two drivers one
 * wins. Woken by the ends of runs; never polls.
 */
public final class BackfillDriver {
  private static final Logger log = LoggerFactory.getLogger(BackfillDriver.class);

  /** How many back-fills' values stay in memory. */
  private static final int REMEMBERED = 16;

  private final BackfillStore store;
  private final BackfillRuns runs;
  private final InstantSource clock;
  private final Executor executor;
  private final ShardLoop.Pause pause;
  private final ConcurrentHashMap<String, Desk> desks = new ConcurrentHashMap<>();
  private final Cache<String, List<RangeValues.Value>> remembered =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  /**
   * With the parts that it works on.
   *
   * @param executor runs what may block
   * @param pause between two tries while the database does not answer
   */
  public BackfillDriver(
      BackfillStore store,
      BackfillRuns runs,
      InstantSource clock,
      Executor executor,
      ShardLoop.Pause pause) {
    this.store = store;
    this.runs = runs;
    this.clock = clock;
    this.executor = executor;
    this.pause = pause;
  }

  /** What has been heard of a back-fill that is being driven. */
  private static final class Desk {
    boolean again;
    final Set<Long> ended = new HashSet<>();
  }

  /** Which shard's owner drives a back-fill. */
  public static int home(String backfillId, int shards) {
    return new RunKey(backfillId, 1, 1).shard(shards);
  }

  /**
   * There may be something to do. Returns at once.
   *
   * @param instanceId an instance of it of which a run has ended; 0 for none in particular
   */
  public void wake(String backfillId, long instanceId) {
    var first = new AtomicBoolean();
    desks.compute(
        backfillId,
        (_, desk) -> {
          first.set(desk == null);
          var found = desk == null ? new Desk() : desk;
          found.again = true;
          if (instanceId > 0) {
            found.ended.add(instanceId);
          }
          return found;
        });
    if (first.get()) {
      executor.execute(() -> driveWhileWoken(backfillId));
    }
  }

  private void driveWhileWoken(String id) {
    var failures = 0;
    for (var ended = heard(id); ended != null; ended = heard(id)) {
      try {
        drive(id, ended);
        failures = 0;
      } catch (RuntimeException e) {
        log.warn("Back-fill {} is looked at again: {}", id, e.toString());
        wake(id, 0);
        ended.forEach(instance -> wake(id, instance));
        try {
          pause.afterFailure(++failures);
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  /** The instances heard of since it was last asked; null if nobody has woken the back-fill. */
  private @Nullable Set<Long> heard(String id) {
    var heard = new ArrayList<Set<Long>>(1);
    desks.computeIfPresent(
        id,
        (_, desk) -> {
          if (!desk.again) {
            return null;
          }
          heard.add(new HashSet<>(desk.ended));
          desk.again = false;
          desk.ended.clear();
          return desk;
        });
    return heard.isEmpty() ? null : heard.getFirst();
  }

  /** Returns when there is nothing to do until another run ends. */
  private void drive(String id, Set<Long> ended) {
    while (true) {
      var found = store.find(id);
      if (found.isEmpty() || (!found.get().isLive() && ended.isEmpty())) {
        return;
      }
      var read = found.get();
      var values = values(read);
      var looked = look(read, values, ended);
      var next = read.with(read.status(), looked.progress(), read.modifyTime());
      next = next.saw(looked.standings(), clock.millis());
      try {
        next =
            next.status() == BackfillStatus.RUNNING
                ? next.claimed(runs.room(next), clock.millis())
                : next;
      } catch (ApiException e) {
        next = next.with(BackfillStatus.PAUSED, next.progress().paused(e.detail()), clock.millis());
      }
      if (!next.equals(read)) {
        if (!store.save(next)) {
          continue; // somebody else has changed it
        }
        next = next.saved();
      }
      if (!begin(next, values, looked.standings())) {
        return;
      }
    }
  }

  /** The values of a back-fill; those of the last ones stay in memory. */
  List<RangeValues.Value> values(Backfill backfill) {
    return remembered.get(backfill.id(), _ -> backfill.spec().values());
  }

  /** What has become of a back-fill's runs, and what follows for its claims. */
  private record Looked(Map<Long, Backfill.Standing> standings, BackfillProgress progress) {}

  private Looked look(Backfill read, List<RangeValues.Value> values, Set<Long> ended) {
    var progress = read.progress();
    var restarts = progress.restarts();
    var open = numbers(progress.open());
    var standings =
        new HashMap<>(
            runs.standings(read, values, open, number -> restarts.getOrDefault(number, 0L)));
    var unknown = new HashSet<>(ended);
    standings.values().forEach(standing -> unknown.remove(standing.run().instanceId()));
    if (!unknown.isEmpty()) { // somebody has restarted what had ended
      standings.putAll(runs.standings(read, values, numbers(progress.unsuccessful()), _ -> 0L));
    }
    var toRestart =
        open.stream().filter(n -> restarts.containsKey(n) && !standings.containsKey(n)).toList();
    for (var first : runs.standings(read, values, toRestart, _ -> 0L).entrySet()) {
      var status = first.getValue().status();
      if (!status.isTerminal() || status == RunStatus.SUCCEEDED) {
        progress = progress.adopted(first.getKey());
        standings.put(first.getKey(), first.getValue());
      }
    }
    if (read.status() != BackfillStatus.RUNNING && !progress.ending()) {
      var unstarted = IndexSet.NONE;
      for (var number : open) {
        unstarted = standings.containsKey(number) ? unstarted : unstarted.with(number);
      }
      if (!unstarted.isEmpty()) { // its node died before it started them
        progress = progress.refuse(unstarted, progress.problem());
      }
    }
    return new Looked(standings, progress);
  }

  private static List<Long> numbers(IndexSet set) {
    var all = new ArrayList<Long>();
    set.forEach(all::add);
    return all;
  }

  /** Starts what is claimed and has no run; returns whether to look again at once. */
  private boolean begin(
      Backfill backfill, List<RangeValues.Value> values, Map<Long, Backfill.Standing> standings) {
    var missing =
        numbers(backfill.progress().open()).stream()
            .filter(number -> !standings.containsKey(number))
            .toList();
    var begun = begin(backfill, values, missing);
    var refusal = begun.refusal();
    if (refusal != null) {
      change(
          backfill.id(),
          now ->
              now.with(
                  now.status() == BackfillStatus.RUNNING ? BackfillStatus.PAUSED : now.status(),
                  now.progress().refuse(begun.refused(), refusal),
                  clock.millis()));
    }
    if (backfill.progress().ending()) {
      standings.values().stream()
          .filter(standing -> !standing.status().isTerminal())
          .forEach(standing -> runs.end(backfill, standing.run()));
      begun.accepted().forEach(accepted -> runs.end(backfill, accepted.run()));
      var told =
          change(
              backfill.id(),
              now ->
                  now.revision() == backfill.revision()
                      ? now.with(now.status(), now.progress().ending(false), clock.millis())
                      : now);
      return told.progress().ending();
    }
    return refusal != null
        || begun.accepted().stream().anyMatch(accepted -> accepted.status().isTerminal());
  }

  /** What became of some starts. */
  private record Begun(List<Accepted> accepted, IndexSet refused, @Nullable String refusal) {}

  /** All at once: starts that arrive together share a transaction. */
  private Begun begin(Backfill backfill, List<RangeValues.Value> values, List<Long> numbers) {
    var pending = new LinkedHashMap<Long, CompletableFuture<Accepted>>();
    var before = runs.standings(backfill, values, restarted(backfill, numbers), _ -> 0L);
    for (var number : numbers) {
      var value = values.get(number.intValue());
      var earlier = before.get(number);
      pending.put(
          number,
          CompletableFuture.supplyAsync(
              () ->
                  earlier == null
                      ? runs.start(backfill, value)
                      : runs.restart(
                          backfill,
                          value,
                          earlier.run(),
                          backfill.progress().restarts().getOrDefault(number, 0L)),
              executor));
    }
    var accepted = new ArrayList<Accepted>();
    var refused = IndexSet.NONE;
    String refusal = null;
    for (var one : pending.entrySet()) {
      try {
        var answer = one.getValue().join();
        accepted.add(answer);
        if (answer.status() == RunStatus.STOPPED && !answer.duplicate()) {
          refusal =
              "The run strategy stopped value %s, because another instance is running or queued"
                  .formatted(values.get(one.getKey().intValue()).text());
        }
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof ApiException why) || why.kind() == ProblemKind.CONFLICT) {
          throw e; // may go well another time
        }
        refused = refused.with(one.getKey());
        refusal = values.get(one.getKey().intValue()).text() + ": " + why.detail();
      }
    }
    return new Begun(accepted, refused, refusal);
  }

  private static List<Long> restarted(Backfill backfill, List<Long> numbers) {
    return numbers.stream().filter(backfill.progress().restarts()::containsKey).toList();
  }

  /** Applies a change to the row as it stands, whoever changes it meanwhile. */
  Backfill change(String id, UnaryOperator<Backfill> change) {
    while (true) {
      var now =
          store
              .find(id)
              .orElseThrow(
                  () -> ApiException.notFound("no-such-backfill", "there is no back-fill " + id));
      var changed = change.apply(now);
      if (changed.equals(now)) {
        return now;
      }
      if (store.save(changed)) {
        return changed.saved();
      }
    }
  }
}

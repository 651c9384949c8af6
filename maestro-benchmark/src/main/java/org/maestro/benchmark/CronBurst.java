package org.maestro.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;

/** Many workflows whose crons are due in the same second: how soon each of them is started. */
final class CronBurst {
  private static final int PUBLISHERS = 8;

  /** Workflows that are published first, without a trigger, to see how long the others take. */
  private static final int TRIAL = 2_000;

  private static final String CRON = "cron-";
  private static final String CRON_RUNS = "workflow_run WHERE workflow_id LIKE 'cron-%'";
  private static final double MARGIN = 1.2;
  private static final Duration END_LIMIT = Duration.ofMinutes(10);
  private static final long SETTLED_MILLIS = 10_000;

  private final TriggerOptions options;
  private final Installation installation;
  private final TriggerNemesis nemesis;
  private final PrintStream out;
  private final TriggerStore store;

  CronBurst(
      TriggerOptions options, Installation installation, TriggerNemesis nemesis, PrintStream out) {
    this.options = options;
    this.installation = installation;
    this.nemesis = nemesis;
    this.out = out;
    this.store = new TriggerStore(installation.postgres());
  }

  List<String> run() {
    var due = publish();
    Patience.rest(Math.max(0, due.toEpochMilli() - System.currentTimeMillis()));
    if (options.kills() > 0) {
      Patience.await(
          "half of the runs are accepted",
          END_LIMIT,
          () -> store.count(CRON_RUNS) >= options.count() / 2);
      var victims = installation.of(ServiceKind.SCHEDULER).subList(0, options.kills());
      victims.forEach(ServiceProcess::kill);
      out.printf(
          Locale.ROOT,
          "killed    %d schedulers %.1f s after the time, with %d runs accepted%n",
          victims.size(),
          (System.currentTimeMillis() - due.toEpochMilli()) / 1e3,
          store.count(CRON_RUNS));
    }
    var faults = options.faults();
    for (int i = 0; i < faults.size(); i++) {
      var accepted = (long) options.count() * (i + 1) / (faults.size() + 1);
      Patience.await(
          accepted + " runs are accepted", END_LIMIT, () -> store.count(CRON_RUNS) >= accepted);
      nemesis.inflict(faults.get(i));
    }
    Patience.await(
        "all runs end",
        END_LIMIT,
        () -> store.count(CRON_RUNS + " AND end_time IS NOT NULL") >= options.count());
    Patience.rest(SETTLED_MILLIS); // what is started twice may come late
    return verdict(due);
  }

  private Instant publish() {
    publish("warm-up-", TRIAL, null);
    var began = System.nanoTime();
    publish("trial-", TRIAL, null);
    var each = (System.nanoTime() - began) / 1e9 / TRIAL;
    var due =
        Instant.now()
            .plusSeconds((long) (each * options.count() * MARGIN) + 60)
            .truncatedTo(ChronoUnit.MINUTES)
            .plus(1, ChronoUnit.MINUTES);
    var time = due.atZone(ZoneOffset.UTC);
    publish(CRON, options.count(), "%d %d * * *".formatted(time.getMinute(), time.getHour()));
    Patience.await(
        "the scheduler knows all crons",
        END_LIMIT,
        () -> store.count("time_trigger") >= options.count());
    var left = due.toEpochMilli() - System.currentTimeMillis();
    out.printf(
        Locale.ROOT,
        "published %d workflows in %.0f s; they are due in %.0f s%n",
        options.count(),
        (System.nanoTime() - began) / 1e9,
        left / 1e3);
    if (left < 0) {
      throw new IllegalStateException("expected to have published all before they are due");
    }
    return due;
  }

  private void publish(String prefix, int count, @org.jspecify.annotations.Nullable String cron) {
    try (var client = new SpeedClient(installation.engines().getFirst().base());
        var threads = Executors.newFixedThreadPool(PUBLISHERS)) {
      var pending = new ArrayList<Future<?>>();
      for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
        int first = publisher;
        pending.add(
            threads.submit(() -> {
              for (int i = first; i < count; i += PUBLISHERS) {
                client.publish(definition(prefix + i, cron));
              }
            }));
      }
      for (var one : pending) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("not all workflows could be published", e);
    }
  }

  private static Map<String, Object> definition(
      String id, @org.jspecify.annotations.Nullable String cron) {
    var steps = List.of(Workload.noOp("s"));
    return Map.of(
        "properties",
        Map.of("owner", "tester"),
        "is_active",
        true,
        "workflow",
        cron == null
            ? Map.of("id", id, "steps", steps)
            : Map.of(
                "id",
                id,
                "steps",
                steps,
                "time_triggers",
                List.of(Map.of("type", "CRON", "cron", cron, "timezone", "UTC"))));
  }

  private List<String> verdict(Instant due) {
    var runs = store.runs(CRON + "%");
    var violations = new ArrayList<String>();
    var workflows = new HashSet<String>();
    for (var run : runs) {
      if (!workflows.add(run.workflowId())) {
        violations.add(run.workflowId() + " was started more than once");
      }
      if (!run.status().equals("SUCCEEDED")) {
        violations.add("expected %s to have SUCCEEDED, found %s".formatted(run.workflowId(), run));
      }
      if (run.createTime() < due.toEpochMilli()) {
        violations.add(run.workflowId() + " was started before its time");
      }
    }
    if (workflows.size() != options.count()) {
      violations.add(
          "expected %d workflows to be started, found %d"
              .formatted(options.count(), workflows.size()));
    }
    tell("accepted", runs, due, TriggerStore.Run::createTime);
    tell("started", runs, due, TriggerStore.Run::startTime);
    tell("ended", runs, due, TriggerStore.Run::endTime);
    return violations;
  }

  private void tell(
      String what,
      List<TriggerStore.Run> runs,
      Instant due,
      ToLongFunction<TriggerStore.Run> time) {
    var after =
        runs.stream()
            .mapToLong(run -> time.applyAsLong(run) - due.toEpochMilli())
            .sorted()
            .toArray();
    if (after.length > 0) {
      out.printf(
          Locale.ROOT,
          "%-9s first %.1f s, half %.1f s, last %.1f s after the time%n",
          what,
          after[0] / 1e3,
          after[after.length / 2] / 1e3,
          after[after.length - 1] / 1e3);
    }
  }
}

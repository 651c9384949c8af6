package org.maestro.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.CampaignStore.Owner;
import org.maestro.benchmark.CampaignStore.UnansweredException;
import org.maestro.benchmark.Patience.ImpatientException;

/** Does to an installation what a fault says, and measures how it recovers. */
final class Nemesis {
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(3);

  /** Longer than it takes to notice that the owner of a shard is dead, and to move the shard. */
  private static final long REST_MILLIS = 4_000;

  /** What an engine says in its log when shards of its own are another's, one way or another. */
  private static final List<String> LOSES =
      List.of("Lost shards", "has another owner", "Letting go of shards");

  private static final String FULL = "503 storage-full";
  private static final long REFILL_MILLIS = 200;

  /** By so much a time that an engine wrote down may be off. */
  private static final long LATE_MILLIS = 2_000;

  private static final long END_LOOK_MILLIS = 300;

  private final Installation installation;
  private final CampaignStore store;
  private final @Nullable Path release;
  private final Path disk;
  private final Readers readers;
  private final Crowd crowd;
  private final Burden burden;
  private final long began = System.currentTimeMillis() - LATE_MILLIS;

  /**
   * @param release the jars of another release, if there is one
   * @param disk a folder where database and broker keep what they have
   */
  Nemesis(Installation installation, CampaignStore store, @Nullable Path release, Path disk) {
    this.installation = installation;
    this.store = store;
    this.release = release;
    this.disk = disk;
    var engines = installation.engines().stream().map(ServiceProcess::base).toList();
    this.crowd = new Crowd(engines);
    this.burden = new Burden(engines);
    this.readers = new Readers(engines);
  }

  Outcome inflict(Fault fault) {
    return switch (fault.kind()) {
      case ENGINE -> killEngine(fault);
      case KAFKA ->
          killServer(
              fault, installation.kafka()::kill, installation.kafka()::restart, "kill -9 broker");
      case POSTGRES ->
          killServer(
              fault,
              installation.postgres()::kill,
              installation.postgres()::restart,
              "kill -9 database");
      case PAUSE -> {
        var victim = installation.engines().get(fault.victim());
        yield takeFrom(fault, "kill -STOP " + victim.name(), victim::pause, victim::resume);
      }
      case BROKER_AND_ENGINE -> killBrokerAndEngine(fault);
      case BLACKOUT -> killAll(fault);
      case BROKER_PAUSE ->
          halt(fault, installation.kafka()::pause, installation.kafka()::resume, "STOP broker");
      case DATABASE_PAUSE ->
          halt(
              fault,
              installation.postgres()::pause,
              installation.postgres()::resume,
              "STOP database");
      case CROWD -> beside(fault, () -> crowd.stand(fault.downMillis()), "a crowd of slow clients");
      case HEAVY -> beside(fault, () -> burden.start(Burden.HEAVY), "starts that take long");
      case LARGE -> beside(fault, () -> burden.start(Burden.LARGE), "runs that are large");
      case READERS -> readers(fault);
      case UNRULY -> beside(fault, () -> allAtOnce(fault), "unruly clients of all kinds");
      case PARTITION_DATABASE ->
          takeFrom(
              fault,
              "cut off from database: " + engine(fault),
              cables(fault).database()::cut,
              cables(fault).database()::mend);
      case PARTITION_BROKER ->
          takeFrom(
              fault,
              "cut off from broker: " + engine(fault),
              cables(fault).broker()::cut,
              cables(fault).broker()::mend);
      case PARTITION ->
          takeFrom(
              fault,
              "cut off from both: " + engine(fault),
              () -> {
                cables(fault).database().cut();
                cables(fault).broker().cut();
              },
              () -> {
                cables(fault).broker().mend();
                cables(fault).database().mend();
              });
      case DISK_FULL -> fillDisk(fault);
      case ROLL -> roll(fault);
      case CLOCK_FORWARD -> step(fault, fault.step());
      case CLOCK_BACK -> step(fault, fault.step().negated());
    };
  }

  private Installation.Cables cables(Fault fault) {
    return installation.cables(fault.victim());
  }

  private String engine(Fault fault) {
    return installation.engines().get(fault.victim()).name();
  }

  private Outcome killEngine(Fault fault) {
    var victim = installation.engines().get(fault.victim());
    long at = System.currentTimeMillis();
    victim.kill();
    victim.launch();
    victim.awaitServing();
    return recovered(fault, "kill -9 " + victim.name(), at);
  }

  /** Of two engines one is of the other release most of the time. */
  private Outcome roll(Fault fault) {
    var victim = installation.engines().get(fault.victim());
    long at = System.currentTimeMillis();
    victim.kill();
    victim.become(victim.isOfAnotherRelease() ? null : release);
    victim.launch();
    victim.awaitServing();
    var as = victim.isOfAnotherRelease() ? " as the other release" : " as this release";
    return recovered(fault, "roll " + victim.name() + as, at);
  }

  /**
   * Sets an engine's clock, and sets it right again. Meanwhile everything has to go on, nothing may
   * be timed out, and what is written down has to be the time of all the others. Shards may move:
   * one of the two steps goes back, and then the engine's consumer is made anew (decision 0041).
   */
  private Outcome step(Fault fault, Duration ahead) {
    var victim = installation.engines().get(fault.victim());
    var what = "clock of %s set by %+d s".formatted(victim.name(), ahead.toSeconds());
    var violations = new ArrayList<String>();
    var notes = new ArrayList<String>();
    expect("every engine owns shards and keeps them", this::shardsRest, violations);
    var before = store.shards();
    long at = System.currentTimeMillis();
    var sleepers = new Sleepers(installation.engines());
    sleepers.start();
    try {
      victim.clock().set(ahead);
      Patience.rest(WallClock.NOTICED.toMillis() + fault.downMillis());
      notes.addAll(goesOn("while it is wrong", violations));
    } finally {
      victim.clock().set(Duration.ZERO);
    }
    Patience.rest(WallClock.NOTICED.toMillis());
    notes.addAll(goesOn("when it is right again", violations));
    var after = store.shards();
    var moved =
        before.entrySet().stream()
            .filter(was -> !was.getValue().equals(after.get(was.getKey())))
            .count();
    notes.add(moved + " shards changed their owner");
    expect("every engine owns shards again and keeps them", this::shardsRest, violations);
    violations.addAll(sleepers.findings());
    violations.addAll(store.oddTimes(began, System.currentTimeMillis() + LATE_MILLIS));
    return recovered(fault, what, at, notes, violations);
  }

  private List<String> goesOn(String when, List<String> violations) {
    long from = System.currentTimeMillis();
    expect("a run ends " + when, () -> store.hasEndedSince(from), violations);
    return List.of(seconds("a run ended", from, System.currentTimeMillis()) + " later " + when);
  }

  private Outcome killServer(Fault fault, Runnable kill, Runnable restart, String what) {
    long at = System.currentTimeMillis();
    kill.run();
    Patience.rest(fault.downMillis());
    restart.run();
    return recovered(fault, what, at);
  }

  private Outcome halt(Fault fault, Runnable pause, Runnable resume, String what) {
    long at = System.currentTimeMillis();
    pause.run();
    try {
      Patience.rest(fault.downMillis());
    } finally {
      resume.run();
    }
    return recovered(fault, what, at);
  }

  private Outcome readers(Fault fault) {
    long at = System.currentTimeMillis();
    var notes = List.of(readers.read(fault.downMillis()));
    return recovered(fault, "many who read", at, notes, new ArrayList<>());
  }

  private void allAtOnce(Fault fault) {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      clients.execute(() -> crowd.stand(fault.downMillis()));
      clients.execute(() -> readers.read(fault.downMillis()));
      clients.execute(() -> burden.start(Burden.HEAVY));
    }
  }

  /**
   * Takes all the room that database and broker have until starts are refused for it, and a while
   * longer. Either may end by itself of that; then it is started again when there is room.
   */
  private Outcome fillDisk(Fault fault) {
    var ballast = new Ballast(disk);
    var notes = new ArrayList<String>();
    var violations = new ArrayList<String>();
    var answers = new ConcurrentSkipListSet<String>();
    long at;
    try (var symptoms = new Symptoms(installation.engines().getFirst().base())) {
      at = System.currentTimeMillis();
      try {
        expect(
            "a start is refused because the disk is full",
            () -> {
              ballast.fill();
              var answer = symptoms.ofStart();
              answers.add(answer);
              return answer.equals(FULL) || hasEnded(installation.postgres().ended());
            },
            violations);
        notes.add(seconds("first refused after", at, System.currentTimeMillis()));
        expect("health is down", () -> !symptoms.ofHealth().startsWith("200"), violations);
        long until = System.currentTimeMillis() + fault.downMillis();
        while (System.currentTimeMillis() < until) {
          ballast.fill();
          answers.add(symptoms.ofStart());
          Patience.rest(REFILL_MILLIS);
        }
        notes.add("starts were answered " + answers + ", health " + symptoms.ofHealth());
      } finally {
        ballast.remove();
      }
      if (hasEnded(installation.postgres().ended())) {
        notes.add("the database had ended by itself");
        installation.postgres().restart();
      }
      if (hasEnded(installation.kafka().ended())) {
        notes.add("the broker had ended by itself");
        installation.kafka().restart();
      }
      long room = System.currentTimeMillis();
      expect(
          "starts are accepted again", () -> symptoms.ofStart().equals(Symptoms.NONE), violations);
      expect("health is up again", () -> symptoms.ofHealth().startsWith("200"), violations);
      notes.add(seconds("healthy", room, System.currentTimeMillis()) + " after there was room");
    }
    return recovered(fault, "disk full", at, notes, violations);
  }

  private static boolean hasEnded(CompletableFuture<Void> end) {
    try {
      end.get(END_LOOK_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImpatientException("interrupted");
    }
  }

  /** Nothing dies: it has to go on all the time. */
  private Outcome beside(Fault fault, Runnable what, String name) {
    long at = System.currentTimeMillis();
    what.run();
    return recovered(fault, name, at);
  }

  /** What the engine wanted to tell others is stuck in it when it dies. */
  private Outcome killBrokerAndEngine(Fault fault) {
    var victim = installation.engines().get(fault.victim());
    long at = System.currentTimeMillis();
    installation.kafka().kill();
    Patience.rest(fault.downMillis());
    victim.kill();
    installation.kafka().restart();
    victim.launch();
    victim.awaitServing();
    return recovered(fault, "kill -9 broker, " + victim.name(), at);
  }

  private Outcome killAll(Fault fault) {
    long at = System.currentTimeMillis();
    installation.engines().forEach(ServiceProcess::kill);
    installation.kafka().kill();
    installation.postgres().kill();
    Patience.rest(fault.downMillis());
    installation.postgres().restart();
    installation.kafka().restart();
    installation.engines().forEach(ServiceProcess::launch);
    installation.engines().forEach(ServiceProcess::awaitServing);
    return recovered(fault, "kill -9 of everything", at);
  }

  private Outcome recovered(Fault fault, String what, long at) {
    return recovered(fault, what, at, List.of(), new ArrayList<>());
  }

  private Outcome recovered(
      Fault fault, String what, long at, List<String> notes, List<String> violations) {
    long up = System.currentTimeMillis();
    expect("a run ends after " + what, () -> store.hasEndedSince(up), violations);
    return new Outcome(fault, what, at, up, System.currentTimeMillis(), notes, violations);
  }

  /** Nobody answers for some seconds while the database is away: then the answer is not yet. */
  private void expect(String what, BooleanSupplier condition, List<String> violations) {
    try {
      Patience.await(
          what,
          RECOVERY_LIMIT,
          () -> {
            try {
              return condition.getAsBoolean();
            } catch (UnansweredException e) {
              return false;
            }
          });
    } catch (ImpatientException e) {
      violations.add(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Keeps an engine from its work until the others have done it, and looks whether it touches
   * anything of that when it can work again.
   *
   * @param hinder what keeps it from working
   * @param let what lets it work again, unaware of what has happened meanwhile
   */
  private Outcome takeFrom(Fault fault, String what, Runnable hinder, Runnable let) {
    var victim = installation.engines().get(fault.victim());
    var violations = new ArrayList<String>();
    var notes = new ArrayList<String>();
    expect("every engine owns shards and keeps them", this::shardsRest, violations);
    var before = store.shards();
    long logSize = victim.logSize();
    long at = System.currentTimeMillis();
    hinder.run();
    String hindered;
    Set<Integer> shards;
    Map<String, String> frozen;
    long taken;
    try {
      expect(
          "somebody takes over from " + victim.name(), () -> !gone(before).isEmpty(), violations);
      taken = System.currentTimeMillis();
      var gone = gone(before);
      if (gone.isEmpty()) {
        let.run();
        return recovered(fault, what, at, notes, violations);
      }
      notes.add(seconds("taken over after", at, taken));
      hindered = gone.iterator().next();
      shards = shardsOf(hindered, before);
      expect(
          "others end what " + victim.name() + " had begun",
          () -> store.open(taken, shards) == 0,
          violations);
      notes.add(seconds("its runs ended after", at, System.currentTimeMillis()));
      Patience.rest(fault.downMillis());
      frozen = store.endedRows(shards);
    } finally {
      let.run();
    }
    long resumed = System.currentTimeMillis();
    expect(
        victim.name() + " logs that it lost its shards",
        () -> LOSES.stream().anyMatch(victim.logged(logSize)::contains),
        violations);
    notes.add(seconds("noticed at most", resumed, System.currentTimeMillis()) + " later");
    victim.awaitServing();
    expect(victim.name() + " owns shards again", () -> owners().contains(hindered), violations);
    long up = System.currentTimeMillis();
    notes.add(seconds("owns shards again after", resumed, up));
    var own = shardsOf(hindered, store.shards());
    expect(
        "a run ends in a shard of " + victim.name(),
        () -> store.hasEndedSince(up, own),
        violations);
    long progress = System.currentTimeMillis();
    var now = store.endedRows(shards);
    frozen.forEach((name, row) -> {
      if (!row.equals(now.get(name))) {
        violations.add(
            "%s changed after %s could work again: %s became %s"
                .formatted(name, victim.name(), row, now.get(name)));
      }
    });
    notes.add(frozen.size() + " rows of " + shards.size() + " shards unchanged");
    return new Outcome(fault, what, at, up, progress, notes, violations);
  }

  /** A dead engine's name stays on its shards until others take them: so two looks. */
  private boolean shardsRest() {
    var before = store.shards();
    Patience.rest(REST_MILLIS);
    return owners().size() == installation.engines().size() && store.shards().equals(before);
  }

  private static String seconds(String what, long from, long to) {
    return String.format(Locale.ROOT, "%s %.1f s", what, (to - from) / 1000.0);
  }

  private Set<String> owners() {
    var names = new HashSet<String>();
    store.shards().values().forEach(owner -> names.add(owner.node()));
    return names;
  }

  /** The nodes that owned a shard and own none now. */
  private Set<String> gone(Map<Integer, Owner> before) {
    var names = new HashSet<String>();
    before.values().forEach(owner -> names.add(owner.node()));
    names.removeAll(owners());
    return names;
  }

  private static Set<Integer> shardsOf(String node, Map<Integer, Owner> owners) {
    var shards = new HashSet<Integer>();
    owners.forEach((shard, owner) -> {
      if (owner.node().equals(node)) {
        shards.add(shard);
      }
    });
    return shards;
  }
}

package org.maestro.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  private final Installation installation;
  private final CampaignStore store;
  private final @Nullable Path release;
  private final Crowd crowd;
  private final Burden burden;

  /**
   * @param release the jars of another release, if there is one
   */
  Nemesis(Installation installation, CampaignStore store, @Nullable Path release) {
    this.installation = installation;
    this.store = store;
    this.release = release;
    var engines = installation.engines().stream().map(ServiceProcess::base).toList();
    this.crowd = new Crowd(engines);
    this.burden = new Burden(engines);
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
      case PAUSE -> pauseEngine(fault);
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
      case ROLL -> roll(fault);
    };
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
    long up = System.currentTimeMillis();
    var violations = new ArrayList<String>();
    expect("a run ends after " + what, () -> store.hasEndedSince(up), violations);
    return new Outcome(fault, what, at, up, System.currentTimeMillis(), List.of(), violations);
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
   * Stops an engine in its tracks until the others have done its work, and looks whether it touches
   * anything of that when it goes on.
   */
  private Outcome pauseEngine(Fault fault) {
    var victim = installation.engines().get(fault.victim());
    var violations = new ArrayList<String>();
    var notes = new ArrayList<String>();
    expect("every engine owns shards and keeps them", this::shardsRest, violations);
    var before = store.shards();
    long at = System.currentTimeMillis();
    victim.pause();
    String paused;
    Set<Integer> shards;
    Map<String, String> frozen;
    long taken;
    long logSize;
    try {
      expect(
          "somebody takes over from " + victim.name(), () -> !gone(before).isEmpty(), violations);
      taken = System.currentTimeMillis();
      notes.add(seconds("taken over after", at, taken));
      paused = gone(before).stream().findFirst().orElse("nobody");
      shards = shardsOf(paused, before);
      expect(
          "others end what " + victim.name() + " had begun",
          () -> store.open(taken, shards) == 0,
          violations);
      notes.add(seconds("its runs ended after", at, System.currentTimeMillis()));
      frozen = store.endedRows(shards);
      logSize = victim.logSize();
    } finally {
      victim.resume();
    }
    long resumed = System.currentTimeMillis();
    expect(
        victim.name() + " logs that it lost its shards",
        () -> victim.logged(logSize).contains("is no longer owned here"),
        violations);
    notes.add(seconds("noticed after", resumed, System.currentTimeMillis()));
    victim.awaitServing();
    expect(victim.name() + " owns shards again", () -> owners().contains(paused), violations);
    long up = System.currentTimeMillis();
    var own = shardsOf(paused, store.shards());
    expect(
        "a run ends in a shard of " + victim.name(),
        () -> store.hasEndedSince(up, own),
        violations);
    long progress = System.currentTimeMillis();
    var now = store.endedRows(shards);
    frozen.forEach((name, row) -> {
      if (!row.equals(now.get(name))) {
        violations.add(
            "%s changed after %s had resumed: %s became %s"
                .formatted(name, victim.name(), row, now.get(name)));
      }
    });
    notes.add(frozen.size() + " rows of " + shards.size() + " shards unchanged");
    return new Outcome(fault, "kill -STOP " + victim.name(), at, up, progress, notes, violations);
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

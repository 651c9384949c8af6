package org.maestro.benchmark;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Does to an installation what faults say, one after the other, and keeps when that was. */
final class TriggerNemesis {
  /** So long after a fault is over it may be noticed. */
  private static final long AFTERMATH_MILLIS = 2_000;

  private final Installation installation;
  private final long downMillis;
  private final PrintStream out;
  private final Random random;
  private final List<Done> done = new ArrayList<>();

  /**
   * @param downMillis how long somebody stands still
   * @param seed decides who
   */
  TriggerNemesis(Installation installation, long downMillis, long seed, PrintStream out) {
    this.installation = installation;
    this.downMillis = downMillis;
    this.out = out;
    this.random = new Random(seed * 31);
  }

  /** What was done, and when. */
  record Done(String what, Canary.Span span) {}

  /** All that was done so far, in order. */
  synchronized List<Done> done() {
    return List.copyOf(done);
  }

  /** Returns when what it has hit serves again. */
  void inflict(TriggerFault fault) {
    switch (fault) {
      case ENGINE -> kill(anyOf(ServiceKind.ENGINE));
      case SIGNAL -> kill(anyOf(ServiceKind.SIGNAL));
      case SCHEDULER -> kill(anyOf(ServiceKind.SCHEDULER));
      case SIGNAL_PAUSE -> pause(anyOf(ServiceKind.SIGNAL));
      case SCHEDULER_PAUSE -> pause(anyOf(ServiceKind.SCHEDULER));
      case BROKER_PAUSE ->
          halt("STOP broker", installation.kafka()::pause, installation.kafka()::resume);
      case DATABASE_PAUSE ->
          halt("STOP database", installation.postgres()::pause, installation.postgres()::resume);
      case CLOCK_FORWARD -> step(anyOf(ServiceKind.SCHEDULER), Fault.step(random));
      case CLOCK_BACK -> step(anyOf(ServiceKind.SCHEDULER), Fault.step(random).negated());
    }
  }

  private ServiceProcess anyOf(ServiceKind kind) {
    var candidates = installation.of(kind);
    return candidates.get(random.nextInt(candidates.size()));
  }

  /** Ends a process and starts it again. */
  void kill(ServiceProcess victim) {
    long at = System.currentTimeMillis();
    victim.kill();
    victim.launch();
    victim.awaitServing();
    tell("kill -9 " + victim.name(), at);
  }

  private void pause(ServiceProcess victim) {
    halt(
        "STOP " + victim.name(),
        victim::pause,
        () -> {
          victim.resume();
          victim.awaitServing();
        });
  }

  private void step(ServiceProcess victim, Duration ahead) {
    halt(
        "clock of %s set by %+d s".formatted(victim.name(), ahead.toSeconds()),
        () -> {
          victim.clock().set(ahead);
          Patience.rest(WallClock.NOTICED.toMillis());
        },
        () -> {
          victim.clock().set(Duration.ZERO);
          Patience.rest(WallClock.NOTICED.toMillis());
        });
  }

  private void halt(String what, Runnable pause, Runnable resume) {
    long at = System.currentTimeMillis();
    pause.run();
    try {
      Patience.rest(downMillis);
    } finally {
      resume.run();
    }
    tell(what, at);
  }

  private synchronized void tell(String what, long at) {
    long now = System.currentTimeMillis();
    done.add(new Done(what, new Canary.Span(at, now + AFTERMATH_MILLIS)));
    out.printf(
        Locale.ROOT, "fault %2d  %s, over after %.1f s%n", done.size(), what, (now - at) / 1000.0);
  }
}

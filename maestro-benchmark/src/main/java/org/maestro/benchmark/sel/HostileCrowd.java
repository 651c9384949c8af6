package org.maestro.benchmark.sel;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.maestro.param.FairLane;
import org.maestro.sel.Expression;
import org.maestro.sel.SelException;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.zones.Zones;

/**
 * How long an honest expression takes while a thousand hostile ones are evaluated at once, all on
 * virtual threads, which share as many carriers as there are cores.
 */
public final class HostileCrowd {
  private static final int CROWD = 1_000;
  private static final int HONEST = 1_000;
  private static final int WARM_UPS = 12;
  private static final long PAUSE_NANOS = 2_000_000;

  /** Each runs until a limit stops it: operations, memory, iterations. */
  private static final List<String> HOSTILE =
      List.of(
          "while (true) { }",
          "s = 'x'; while (true) { s = s + s; }",
          "for (int i = 0; i < 100000; i += 1) { for (int j = 0; j < 100000; j += 1) { } }",
          "x = 0; while (x >= 0) { x = x + Util.intsBetween(0, 50000, 1).length; }");

  private HostileCrowd() {}

  public static void main(String[] arguments) throws InterruptedException {
    Zones.install();
    var runtime =
        new SelRuntime(
            () -> Instant.EPOCH,
            () -> "uuid",
            () -> 0.5,
            SelLimits.DEFAULT,
            FairLane.ofThisProcess());
    var honest = Expression.compile(ExpressionBenchmark.ARITHMETIC);
    var parameters = new Parameters(Map.of("rows", 1L, "offset", 2L, "retries", 3L), Map.of());
    for (int i = 0; i < WARM_UPS; i++) {
      stopped(Expression.compile(HOSTILE.get(i % HOSTILE.size())), parameters, runtime);
    }
    var _ = honest(honest, parameters, runtime);
    tell("alone", honest(honest, parameters, runtime));
    var begun = new CountDownLatch(CROWD);
    var refused = new LongAdder();
    for (int i = 0; i < CROWD; i++) {
      var hostile = Expression.compile(HOSTILE.get(i % HOSTILE.size()));
      Thread.ofVirtual()
          .start(() -> {
            begun.countDown();
            while (true) {
              try {
                hostile.evaluate(parameters, runtime);
              } catch (SelException e) {
                refused.increment();
              }
            }
          });
    }
    var first = honest(honest, parameters, runtime);
    begun.await();
    tell("with " + CROWD + " hostile ones", first);
    System.out.println(refused.sum() + " hostile evaluations have been stopped meanwhile");
    System.exit(0);
  }

  private static void stopped(Expression hostile, Parameters parameters, SelRuntime runtime) {
    try {
      var result = hostile.evaluate(parameters, runtime);
      throw new IllegalStateException("expected it to be stopped, found " + result);
    } catch (SelException e) {
      // As it has to be.
    }
  }

  /** Microseconds from wanting the result to having it, of each, each on a thread of its own. */
  private static long[] honest(Expression honest, Parameters parameters, SelRuntime runtime)
      throws InterruptedException {
    var micros = new long[HONEST];
    for (int i = 0; i < HONEST; i++) {
      int number = i;
      var began = System.nanoTime();
      Thread.ofVirtual()
          .start(() -> {
            honest.evaluate(parameters, runtime);
            micros[number] = (System.nanoTime() - began) / 1_000;
          })
          .join();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    Arrays.sort(micros);
    return micros;
  }

  private static void tell(String what, long[] micros) {
    System.out.printf(
        Locale.ROOT,
        "an honest evaluation %s: median %.2f ms, 99th percentile %.2f ms, slowest %.2f ms%n",
        what,
        micros[HONEST / 2] / 1e3,
        micros[HONEST * 99 / 100] / 1e3,
        micros[HONEST - 1] / 1e3);
  }
}

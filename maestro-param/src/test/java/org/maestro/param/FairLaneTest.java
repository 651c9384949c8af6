package org.maestro.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maestro.sel.Expression;
import org.maestro.sel.Scope;
import org.maestro.sel.SelException;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.sel.SlowLane;
import org.maestro.sel.UnknownNameException;

/** Long evaluations wait for each other, short ones for nobody. */
class FairLaneTest {
  /** Asks for {@code gate} once it has become long. */
  private static final String LONG =
      "s = 0; for (int i = 0; i < 5000; i += 1) { s += i; } return s + gate;";

  private static final int WIDTH = 2;

  private final FairLane lane = new FairLane(WIDTH);

  private static final long SUM = 5_000L * 4_999 / 2;

  @Test
  void onlyAFewLongEvaluationsGoOnAtATimeAndShortOnesAlways() throws Exception {
    var inside = new AtomicInteger();
    var most = new AtomicInteger();
    var full = new CountDownLatch(WIDTH);
    var open = new CountDownLatch(1);
    Scope gated =
        scope(() -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          full.countDown();
          await(open);
          inside.decrementAndGet();
          return 1L;
        });
    var results = new ArrayList<CompletableFuture<Object>>();
    for (int i = 0; i < 20; i += 1) {
      var result = new CompletableFuture<Object>();
      results.add(result);
      Thread.ofVirtual().start(() -> result.complete(evaluate(LONG, gated, SelLimits.DEFAULT)));
    }
    await(full);

    assertThat(evaluate("7 + 1", scope(() -> null), SelLimits.DEFAULT)).isEqualTo(8L);

    open.countDown();
    for (var result : results) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(SUM + 1);
    }
    assertThat(most.get()).isEqualTo(WIDTH);
  }

  @Test
  void waitingForOthersIsNobodysFailureHoweverLongItTakes() throws Exception {
    var narrow = new FairLane(1);
    var results = new ArrayList<CompletableFuture<Object>>();
    for (int i = 0; i < 60; i += 1) {
      var result = new CompletableFuture<Object>();
      results.add(result);
      // Together many times as long as one of them may take.
      Scope slow = scope(() -> after(Duration.ofMillis(20)));
      Thread.ofVirtual()
          .start(() -> {
            try {
              result.complete(evaluate(LONG, slow, impatient(), narrow));
            } catch (SelException e) {
              result.completeExceptionally(e);
            }
          });
    }
    for (var result : results) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(SUM + 1);
    }
  }

  @Test
  void whoeverWaitsForATurnCanBeInterrupted() throws Exception {
    var narrow = new FairLane(1);
    var failure = new CompletableFuture<@Nullable Throwable>();
    var turn = narrow.enter();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                evaluate(LONG, scope(() -> 1L), SelLimits.DEFAULT, narrow);
                failure.complete(null);
              } catch (SelException e) {
                failure.complete(e);
              }
            });
    thread.interrupt();
    assertThat(failure.get(60, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
    turn.end();
  }

  private static Object after(Duration pause) {
    LockSupport.parkNanos(pause.toNanos());
    return 1L;
  }

  @Test
  void anEvaluationWithinAnEvaluationDoesNotWaitForItself() throws Exception {
    var results = new ArrayList<CompletableFuture<Object>>();
    for (int i = 0; i < 8; i += 1) {
      var result = new CompletableFuture<Object>();
      results.add(result);
      Scope inner = scope(() -> 1L);
      Scope outer = scope(() -> evaluate(LONG, inner, SelLimits.DEFAULT));
      Thread.ofVirtual().start(() -> result.complete(evaluate(LONG, outer, SelLimits.DEFAULT)));
    }
    for (var result : results) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(SUM + SUM + 1);
    }
  }

  @Test
  void whoeverFailsOrIsInterruptedLeavesTheLane() throws Exception {
    for (int i = 0; i < 2 * WIDTH; i += 1) {
      assertThatThrownBy(() -> evaluate("while (true) { }", scope(() -> null), SelLimits.DEFAULT))
          .isInstanceOf(SelException.class);
    }
    var failure = new CompletableFuture<@Nullable Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              try {
                evaluate(LONG, scope(() -> 1L), SelLimits.DEFAULT);
                failure.complete(null);
              } catch (SelException e) {
                failure.complete(e);
              }
            });
    assertThat(failure.get(60, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
    thread.join();
    assertThat(evaluate(LONG, scope(() -> 1L), impatient())).isEqualTo(SUM + 1);
  }

  private static SelLimits impatient() {
    var usual = SelLimits.DEFAULT;
    return new SelLimits(
        usual.sourceLength(),
        usual.depth(),
        usual.loopIterations(),
        usual.arrayLength(),
        usual.operations(),
        usual.memoryBytes(),
        usual.resultSize(),
        Duration.ofMillis(200));
  }

  private @Nullable Object evaluate(String source, Scope scope, SelLimits limits) {
    return evaluate(source, scope, limits, lane);
  }

  private static @Nullable Object evaluate(
      String source, Scope scope, SelLimits limits, SlowLane lane) {
    return Expression.compile(source)
        .evaluate(
            scope, new SelRuntime(() -> Instant.EPOCH, () -> "uuid", () -> 0.5, limits, lane));
  }

  private interface Gate {
    @Nullable Object pass();
  }

  private static Scope scope(Gate gate) {
    return new Scope() {
      @Override
      public @Nullable Object get(String name) {
        if (name.equals("gate")) {
          return gate.pass();
        }
        throw new UnknownNameException(name);
      }

      @Override
      public @Nullable Object call(String function, List<@Nullable Object> arguments) {
        throw new SelException("there is no function params." + function);
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

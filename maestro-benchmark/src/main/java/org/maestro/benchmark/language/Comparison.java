package org.maestro.benchmark.language;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Compares an engine with the model, over many programs at once. */
public final class Comparison implements AutoCloseable {
  /** Differences that are looked at more closely. */
  private static final int SHRUNK = 20;

  private static final int SHRUNK_AT_ONCE = 8;

  /** Programs after which a line says how far a campaign has come. */
  private static final int PROGRESS = 500;

  private final Engine engine;
  private final JobServer jobs = new JobServer();
  private final PrintStream out;
  private final Duration patience;
  private final String run;
  private final AtomicLong sessions = new AtomicLong();

  /** Programs that ended early because chance decides how they go on. */
  private final AtomicLong undecided = new AtomicLong();

  /**
   * @param engine in development mode; its Http steps may call this machine
   * @param run a short name that no other comparison on that engine has
   * @param patience how long the engine may take to come to what the model says
   */
  public Comparison(URI engine, String run, Duration patience, PrintStream out) {
    this.engine = new Engine(engine);
    this.run = run;
    this.patience = patience;
    this.out = out;
  }

  /**
   * A program on which the engine and the model differ.
   *
   * @param text the smallest one that was found, as definitions and what happened to them
   */
  public record Finding(long seed, String difference, String program, String text) {}

  /** Runs the programs of these seeds and shrinks those that show a difference. */
  public List<Finding> run(List<Long> seeds, int atOnce, boolean shrink) {
    var different = Collections.synchronizedList(new ArrayList<Long>());
    var began = System.nanoTime();
    try (var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      var done = new ExecutorCompletionService<Void>(threads);
      seeds.forEach(seed ->
          done.submit(() -> {
            var program = Programs.of(seed);
            var difference = compare(program, patience);
            if (difference != null) {
              out.printf("DIFFERENCE seed %d: %s%n", seed, words(difference));
              if (!shrink) {
                out.println(text(program, difference));
              }
              different.add(seed);
            }
            return null;
          }));
      for (int i = 1; i <= seeds.size(); i++) {
        var _ = done.take().get();
        if (i % PROGRESS == 0) {
          out.printf(
              "%d of %d programs in %d s, %d differences%n",
              i, seeds.size(), secondsSince(began), different.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a program could not be compared", e.getCause());
    }
    out.printf(
        "%d programs from seed %d in %d s, %d requests, %d ended early: %d differences%s%n",
        seeds.size(),
        seeds.getFirst(),
        secondsSince(began),
        engine.calls(),
        undecided.get(),
        different.size(),
        different.isEmpty() ? "" : ", seeds " + different.stream().sorted().toList());
    if (!shrink) {
      return different.stream().sorted().map(seed -> new Finding(seed, "", "", "")).toList();
    }
    return closer(different.stream().sorted().limit(SHRUNK).toList());
  }

  private static long secondsSince(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  private List<Finding> closer(List<Long> seeds) {
    try (var threads = Executors.newFixedThreadPool(SHRUNK_AT_ONCE)) {
      return threads
          .invokeAll(seeds.stream().map(seed -> (Callable<Finding>) () -> closer(seed)).toList())
          .stream()
          .map(Future::resultNow)
          .toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private Finding closer(long seed) {
    try {
      return finding(seed, Programs.of(seed));
    } catch (RuntimeException e) {
      return new Finding(seed, "differed once, and could not be looked at again: " + e, "", "");
    }
  }

  /** Runs a program as {@link Finding#program} writes it; null if there is no difference. */
  public @Nullable String replay(String program) {
    var difference = compare(Engine.JSON.readValue(program, Program.class), patience);
    return difference == null ? null : words(difference);
  }

  private @Nullable Difference compare(Program program, Duration within) {
    var prefix = run + Long.toString(sessions.incrementAndGet(), 36);
    var difference = Session.run(engine, jobs, program, prefix, within);
    if (difference != null && difference.kind() == Difference.Kind.UNDECIDED) {
      undecided.incrementAndGet();
      return null;
    }
    return difference;
  }

  private Finding finding(long seed, Program program) {
    var first = compare(program, patience);
    if (first == null) {
      return new Finding(seed, "not again: it came at one time and not at another", "", "");
    }
    var soon = Duration.ofMillis(Math.min(3000, patience.toMillis()));
    var smallest =
        new Shrinker(
                smaller -> {
                  var difference = compare(smaller, soon);
                  return difference != null && difference.kind() == first.kind();
                })
            .shrink(program);
    var difference = compare(smallest, patience);
    if (difference == null) {
      smallest = program;
      difference = first;
    }
    var found =
        new Finding(
            seed,
            words(difference),
            Engine.JSON.writeValueAsString(smallest),
            text(smallest, difference));
    out.printf("%nseed %d%n%s%n%s%n", seed, found.text(), found.program());
    return found;
  }

  private static String words(Difference difference) {
    return difference.kind() + ": " + difference.text();
  }

  /** Definitions, what happened, and what was different: enough to write a test. */
  private String text(Program program, Difference difference) {
    var definitions = new Definitions("p", jobs.address());
    var text = new StringBuilder();
    program
        .flows()
        .forEach(flow ->
            text.append(Engine.JSON.writeValueAsString(definitions.definition(flow))).append('\n'));
    difference.happened().forEach(one -> text.append("  ").append(one).append('\n'));
    return text.append(words(difference)).toString();
  }

  @Override
  public void close() {
    jobs.close();
    engine.close();
  }
}

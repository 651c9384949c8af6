package org.maestro.benchmark.fuzz;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maestro.benchmark.fuzz.FuzzOutcome.Found;
import org.maestro.benchmark.fuzz.FuzzOutcome.Good;
import org.maestro.benchmark.fuzz.FuzzOutcome.Refused;

/** Runs one case after the other and keeps the shortest input it can make for each kind found. */
final class FuzzWorker implements Runnable {
  private static final int MOST_CUTS = 3_000;
  private static final long MOST_NANOS_OF_CUTS = 15_000_000_000L;

  /**
   * What the thread is at.
   *
   * @param started the thread's CPU time at the start, in nanoseconds
   */
  record Current(long seed, FuzzInput input, long started) {}

  private final FuzzOptions options;
  private final Cases cases;
  private final PrintStream out;
  private final List<Finding> findings = new ArrayList<>();
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private volatile @Nullable Current current;
  private long slowest;

  FuzzWorker(FuzzOptions options, Cases cases, PrintStream out) {
    this.options = options;
    this.cases = cases;
    this.out = out;
  }

  /** The case that is running now, for who watches whether it ends. */
  @Nullable Current current() {
    return current;
  }

  /** One for each kind; to be asked when the thread has ended. */
  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** How many cases of which target ended how; to be asked when the thread has ended. */
  String summary() {
    return counts + ", the slowest took " + slowest / 1_000_000 + " ms";
  }

  @Override
  public void run() {
    var end = System.nanoTime() + options.time().toNanos();
    for (var i = 0L; i < options.cases() && System.nanoTime() < end; i++) {
      var seed = options.seed() + i;
      var input = cases.get(seed);
      var started = Attempt.nanosOf(Thread.currentThread());
      var outcome = attempt(seed, input);
      slowest = Math.max(slowest, Attempt.nanosOf(Thread.currentThread()) - started);
      switch (outcome) {
        case Good _ -> count(input, "good");
        case Refused _ -> count(input, "refused");
        case Found(var finding) -> {
          count(input, "found: " + finding.kind());
          keep(finding);
        }
      }
    }
    current = null;
  }

  private FuzzOutcome attempt(long seed, FuzzInput input) {
    current = new Current(seed, input, Attempt.nanosOf(Thread.currentThread()));
    return Attempt.at(seed, input);
  }

  private void count(FuzzInput input, String how) {
    counts.merge(input.target() + " " + how, 1L, Long::sum);
  }

  private void keep(Finding finding) {
    if (findings.stream().noneMatch(known -> known.kind().equals(finding.kind()))) {
      var shortest = shortest(finding);
      findings.add(shortest);
      out.println(shortest.report());
    }
  }

  /** Cuts pieces out of the input, large ones first, as long as the same is found. */
  private Finding shortest(Finding finding) {
    var shortest = finding;
    var cutsLeft = MOST_CUTS;
    var end = System.nanoTime() + MOST_NANOS_OF_CUTS;
    var size = finding.input().text().length() / 2;
    while (size > 0 && cutsLeft > 0) {
      var from = 0;
      while (from + size <= shortest.input().text().length()
          && cutsLeft-- > 0
          && System.nanoTime() < end) {
        var text = shortest.input().text();
        var cut = shortest.input().withText(text.substring(0, from) + text.substring(from + size));
        if (attempt(finding.seed(), cut) instanceof Found(var same)
            && same.kind().equals(finding.kind())) {
          shortest = same;
        } else {
          from += size;
        }
      }
      size /= 2;
    }
    return shortest;
  }
}

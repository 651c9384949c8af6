package org.maestro.benchmark.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.maestro.benchmark.fuzz.FuzzOutcome.Found;
import org.maestro.benchmark.fuzz.FuzzOutcome.Good;
import org.maestro.benchmark.fuzz.FuzzOutcome.Refused;

/**
 * One input, fed to its target on the calling thread. Time is the thread's own, so that a busy
 * machine is no finding.
 */
final class Attempt {
  /** The readers count what they do, and what they count ends long before this. */
  static final long MOST_NANOS = 3_000_000_000L;

  private static final long MOST_BYTES = 512L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Attempt() {}

  static FuzzOutcome at(long seed, FuzzInput input) {
    var nanos = THREADS.getCurrentThreadCpuTime();
    var bytes = THREADS.getCurrentThreadAllocatedBytes();
    boolean isGood;
    try {
      isGood = check(input);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
      return new Found(Finding.thrown(seed, input, e));
    }
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    if (nanos > MOST_NANOS) {
      return new Found(
          new Finding(seed, input, "slow " + input.target(), nanos / 1_000_000 + " ms"));
    }
    if (bytes > MOST_BYTES) {
      return new Found(
          new Finding(seed, input, "hungry " + input.target(), (bytes >> 20) + " MB allocated"));
    }
    return isGood ? new Good() : new Refused();
  }

  /** The CPU time a thread has used, in nanoseconds. */
  static long nanosOf(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  private static boolean check(FuzzInput input) {
    return switch (input.target()) {
      case EXPRESSION -> ExpressionPromises.check(input.text());
      case YAML -> definition(input, "fuzz.yaml");
      case JSON -> definition(input, "fuzz.json");
    };
  }

  private static boolean definition(FuzzInput input, String fileName) {
    return input.isBytes()
        ? DefinitionPromises.checkBytes(input.bytes(), fileName)
        : DefinitionPromises.checkText(input.text(), fileName);
  }
}

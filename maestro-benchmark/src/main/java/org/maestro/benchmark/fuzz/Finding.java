package org.maestro.benchmark.fuzz;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An input whose outcome is neither a result nor a clean refusal.
 *
 * @param seed the number of the case
 * @param kind the same for what is most likely the same mistake
 * @param details for who is to repair it
 */
record Finding(long seed, FuzzInput input, String kind, String details) {
  private static final int TOP = 6;
  private static final int OURS = 10;

  static Finding thrown(long seed, FuzzInput input, Throwable thrown) {
    return new Finding(seed, input, kindOf(thrown), thrown + stack(thrown.getStackTrace()));
  }

  private static String kindOf(Throwable thrown) {
    if (thrown instanceof BrokenPromiseException broken) {
      // Some messages quote values; the words before them tell which promise it was.
      var message = Objects.requireNonNull(broken.getMessage());
      return message.substring(0, Math.min(25, message.length()));
    }
    return thrown.getClass().getSimpleName()
        + (thrown instanceof VirtualMachineError ? "" : " at " + place(thrown.getStackTrace()));
  }

  private static @Nullable String place(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(Finding::isOurs)
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .findFirst()
        .orElse(null);
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("org.maestro.");
  }

  /** The top of a stack, and of what is below it as much of ours as shows the way there. */
  static String stack(StackTraceElement[] stack) {
    var ours = Arrays.stream(stack).skip(TOP).filter(Finding::isOurs);
    return Stream.concat(Arrays.stream(stack).limit(TOP), ours.limit(OURS))
        .map(frame -> System.lineSeparator() + "    at " + frame)
        .collect(Collectors.joining());
  }

  /** Everything needed to repeat it. */
  String report() {
    return "FINDING %s in %s, --seed %d --cases 1%n  input: %s%n  %s"
        .formatted(kind, input.target(), seed, input.literal(), details);
  }
}

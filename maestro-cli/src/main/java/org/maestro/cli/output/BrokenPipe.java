package org.maestro.cli.output;

/** Whoever read the output has left, as {@code head} does. No reason to say anything. */
public final class BrokenPipe extends RuntimeException {
  BrokenPipe() {
    super("the output is closed", null, false, false);
  }
}

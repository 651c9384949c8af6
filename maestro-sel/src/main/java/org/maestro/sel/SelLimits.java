package org.maestro.sel;

import java.time.Duration;

/**
 * What one expression may use. Everything but {@code time} is counted, not measured, so the same
 * expression on the same input stops at the same place on every machine.
 *
 * @param sourceLength characters of source text
 * @param depth how deep expressions and statements may be nested
 * @param loopIterations iterations of one execution of one loop statement
 * @param arrayLength elements of one array, and entries of one map
 * @param operations evaluated syntax nodes, plus a share of the characters and elements that
 *     built-in methods touch
 * @param memoryBytes bytes of all strings, arrays and maps made, including those already garbage
 * @param resultSize characters of the result, written as compact JSON
 * @param time real time; a safety net far behind {@code operations}. Waiting for other long
 *     evaluations ({@link SlowLane}) doesn't count
 */
public record SelLimits(
    int sourceLength,
    int depth,
    int loopIterations,
    int arrayLength,
    long operations,
    long memoryBytes,
    int resultSize,
    Duration time) {

  /**
   * 10,000 characters, depth 128, loops and arrays of 100,001 (a foreach of 100,000 iterations can
   * be built), 20 million operations (about a second), 100 MB, a result of 4 million characters, 10
   * seconds.
   */
  public static final SelLimits DEFAULT =
      new SelLimits(
          10_000,
          128,
          100_001,
          100_001,
          20_000_000,
          100_000_000,
          4_000_000,
          Duration.ofSeconds(10));
}

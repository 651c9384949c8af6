package org.maestro.sel;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Everything an evaluation takes from the outside besides its {@link Scope}. With the same first
 * four the same expression gives the same result.
 *
 * @param clock answers {@code new DateTime()} and {@code System.currentTimeMillis()}
 * @param uuids answers {@code UUID.randomUUID()}
 * @param random answers {@code Math.random()}, from 0 (inclusive) to 1 (exclusive)
 * @param limits what one evaluation may use
 * @param lane where long evaluations wait for each other
 */
public record SelRuntime(
    InstantSource clock,
    Supplier<String> uuids,
    DoubleSupplier random,
    SelLimits limits,
    SlowLane lane) {

  /** Long evaluations wait for nobody. */
  public SelRuntime(
      InstantSource clock, Supplier<String> uuids, DoubleSupplier random, SelLimits limits) {
    this(clock, uuids, random, limits, SlowLane.OPEN);
  }
}

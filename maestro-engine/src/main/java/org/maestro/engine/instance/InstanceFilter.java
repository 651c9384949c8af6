package org.maestro.engine.instance;

import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.RunStatus;

/**
 * Which instances are wanted, by their latest run; null asks for nothing.
 *
 * @param from created at or after this time, in epoch milliseconds
 * @param to created before this time, in epoch milliseconds
 */
public record InstanceFilter(@Nullable RunStatus status, @Nullable Long from, @Nullable Long to) {
  public static final InstanceFilter ALL = new InstanceFilter(null, null, null);
}

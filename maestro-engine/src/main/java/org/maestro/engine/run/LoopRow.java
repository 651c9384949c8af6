package org.maestro.engine.run;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.LoopProgress;

/**
 * One pass of a foreach or while step, as it is kept.
 *
 * @param progress null for a while step
 */
public record LoopRow(LoopKey key, LoopFacts facts, @Nullable LoopProgress progress) {
  public LoopRow with(LoopProgress changed) {
    return new LoopRow(key, facts, changed);
  }
}

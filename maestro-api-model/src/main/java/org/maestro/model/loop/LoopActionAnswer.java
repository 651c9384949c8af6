package org.maestro.model.loop;

import java.util.List;

/**
 * What an action on many iterations came to.
 *
 * @param dryRun whether they were only counted
 * @param matched how many it is about
 * @param samples numbers of some of them, from 0
 */
public record LoopActionAnswer(
    LoopAction action, boolean dryRun, long matched, List<Long> samples) {
  public LoopActionAnswer {
    samples = List.copyOf(samples);
  }
}

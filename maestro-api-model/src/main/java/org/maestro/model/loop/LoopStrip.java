package org.maestro.model.loop;

import java.util.List;
import java.util.Map;

/**
 * A loop in pieces of equal size.
 *
 * @param total how many iterations there are
 */
public record LoopStrip(long total, List<Bucket> buckets) {
  public LoopStrip {
    buckets = List.copyOf(buckets);
  }

  /**
   * Neighbouring iterations.
   *
   * @param from the first one, from 0
   * @param to the first one that is not part of it any more
   * @param counts iterations by status; those without any are left out
   */
  public record Bucket(long from, long to, Map<IterationStatus, Long> counts) {}
}

package org.maestro.model.loop;

import java.util.List;

/**
 * Iterations that failed in the same way, and some of them.
 *
 * @param signature what went wrong, without what differs from one to the next
 * @param count how many
 * @param samples numbers of some of them, from 0
 */
public record FailureGroup(String signature, long count, List<Long> samples) {
  public FailureGroup {
    samples = List.copyOf(samples);
  }
}

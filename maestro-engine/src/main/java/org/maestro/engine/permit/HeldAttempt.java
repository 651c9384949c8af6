package org.maestro.engine.permit;

import java.util.Map;

/**
 * What the database says of a step attempt that holds or awaits permits.
 *
 * @param limits the tags it needs, with their automatic limits
 * @param since when the attempt was created, in epoch milliseconds
 */
public record HeldAttempt(PermitHolder holder, Map<String, Long> limits, long since) {
  public HeldAttempt {
    limits = Map.copyOf(limits);
  }
}

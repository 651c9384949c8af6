package org.maestro.model.message;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of a version's triggers: the same whoever computes it. All time triggers of a version
 * share one, each signal trigger has its own.
 *
 * @param value a UUID
 */
public record TriggerId(String value) {

  /** The one id of all time triggers of a version. */
  public static TriggerId ofTimeTriggers(long internalId, long versionId) {
    return of("time:" + internalId + ":" + versionId);
  }

  /** The id of a version's signal trigger; {@code index} counts from 0. */
  public static TriggerId ofSignalTrigger(long internalId, long versionId, int index) {
    return of("signal:" + internalId + ":" + versionId + ":" + index);
  }

  private static TriggerId of(String name) {
    return new TriggerId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }
}

package org.maestro.model.message;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The ids of a version's triggers: the same whoever computes them. All time triggers of a version
 * share one, each signal trigger has its own.
 */
public final class TriggerIds {
  private TriggerIds() {}

  /** The one id of all time triggers of a version. */
  public static String timeTriggers(long internalId, long versionId) {
    return uuid("time:" + internalId + ":" + versionId);
  }

  /** The id of a version's signal trigger; {@code index} counts from 0. */
  public static String signalTrigger(long internalId, long versionId, int index) {
    return uuid("signal:" + internalId + ":" + versionId + ":" + index);
  }

  private static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

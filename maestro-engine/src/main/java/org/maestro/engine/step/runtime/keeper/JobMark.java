package org.maestro.engine.step.runtime.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * The number that every process of an attempt inherits as its soft limit of real-time computing, in
 * microseconds: more than seventy thousand years, so it limits nothing.
 */
public final class JobMark {
  private static final long AT_LEAST = 1L << 61;

  private JobMark() {}

  /** The attempt's; the same whoever asks. */
  public static long of(String uuid) {
    var hash = UUID.nameUUIDFromBytes(uuid.getBytes(UTF_8)).getMostSignificantBits();
    return AT_LEAST | (hash & (AT_LEAST - 1));
  }
}

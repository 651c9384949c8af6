package org.maestro.messaging;

import org.jspecify.annotations.Nullable;

/**
 * How many copies the brokers keep of a message.
 *
 * @param factor copies of each partition; null for the brokers' default
 * @param minInsync how many of them must have a message before it counts as sent; null for the
 *     brokers' default
 */
public record Replication(@Nullable Short factor, @Nullable Integer minInsync) {
  /** Whatever the brokers do by themselves. */
  public static final Replication OF_BROKERS = new Replication(null, null);

  public Replication {
    if (factor != null && minInsync != null && minInsync > factor) {
      throw new IllegalArgumentException(
          "expected at most as many in-sync replicas as there are replicas (%d), found %d"
              .formatted(factor, minInsync));
    }
  }
}

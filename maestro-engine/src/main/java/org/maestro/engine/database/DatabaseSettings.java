package org.maestro.engine.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How transactions run.
 *
 * @param isolation what every transaction asks for; the default leaves it to the database
 * @param attempts how often one transaction is tried at most; default 8
 * @param firstBackoffMillis longest pause before the second try; doubles per try; default 5
 * @param maxBackoffMillis longest pause before any try; default 500
 */
@ConfigurationProperties("maestro.database")
public record DatabaseSettings(
    @DefaultValue("DATABASE_DEFAULT") Isolation isolation,
    @DefaultValue("8") int attempts,
    @DefaultValue("5") long firstBackoffMillis,
    @DefaultValue("500") long maxBackoffMillis) {

  public static final DatabaseSettings DEFAULT =
      new DatabaseSettings(Isolation.DATABASE_DEFAULT, 8, 5, 500);

  /** What transactions are isolated from. Everything here holds under each of them. */
  public enum Isolation {
    DATABASE_DEFAULT,
    READ_COMMITTED,
    SERIALIZABLE
  }

  /** The same with another isolation; null changes nothing. */
  public DatabaseSettings withIsolation(@Nullable Isolation other) {
    return other == null
        ? this
        : new DatabaseSettings(other, attempts, firstBackoffMillis, maxBackoffMillis);
  }
}

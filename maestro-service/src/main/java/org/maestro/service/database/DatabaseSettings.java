package org.maestro.service.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How transactions are tried again. Their isolation is the database's default unless the connection
 * pool is told otherwise; everything holds under READ COMMITTED and above.
 *
 * @param attempts how often one transaction is tried at most; default 8
 * @param firstBackoffMillis longest pause before the second try; doubles per try; default 5
 * @param maxBackoffMillis longest pause before any try; default 500
 * @param patienceMillis after so long nothing is tried again, however many attempts are left;
 *     default 10,000
 */
@ConfigurationProperties("maestro.database")
public record DatabaseSettings(
    @DefaultValue("8") int attempts,
    @DefaultValue("5") long firstBackoffMillis,
    @DefaultValue("500") long maxBackoffMillis,
    @DefaultValue("10000") long patienceMillis) {
  public static final DatabaseSettings DEFAULT = new DatabaseSettings(8, 5, 500, 10_000);

  BackOff backOff() {
    return new BackOff(Duration.ofMillis(firstBackoffMillis), Duration.ofMillis(maxBackoffMillis));
  }
}

package org.maestro.service.messaging;

import java.util.Optional;
import org.maestro.service.database.Transactions;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns the table that says which installation a database belongs to. */
final class InstallationStore {
  private final JdbcClient jdbc;
  private final Transactions transactions;

  InstallationStore(JdbcClient jdbc, Transactions transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * What a database knows.
   *
   * @param topicPrefix the prefix of the topics that it has been used with
   */
  record Known(String installationId, String topicPrefix) {}

  private static final String FIND = "SELECT installation_id, topic_prefix FROM installation";

  Optional<Known> find() {
    return transactions.read(() ->
        jdbc.sql(FIND)
            .query((rows, _) -> new Known(rows.getString(1), rows.getString(2)))
            .optional());
  }

  private static final String INSERT =
      """
      INSERT INTO installation (id, installation_id, topic_prefix)
      VALUES (1, :installationId, :topicPrefix)
      ON CONFLICT (id) DO NOTHING
      """;

  /** Remembers it, unless another node has been faster. */
  void insert(Known known) {
    transactions.runIdempotent(() -> {
      jdbc.sql(INSERT)
          .param("installationId", known.installationId())
          .param("topicPrefix", known.topicPrefix())
          .update();
    });
  }
}

package org.maestro.service.database;

import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Owns a table that is written to see whether there is room to write. */
final class StorageProbeStore {
  /** More than what happens to be free in pages that a full disk has already. */
  private static final int CHARACTERS = 1 << 20;

  private static final int FIRST = ' ' + 1;
  private static final int LAST = '~';

  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final RandomGenerator random;

  StorageProbeStore(JdbcClient jdbc, Transactions transactions, RandomGenerator random) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.random = random;
  }

  private static final String WRITE =
      """
      INSERT INTO storage_probe (id, filler)
      VALUES (1, :filler)
      ON CONFLICT (id) DO UPDATE SET filler = excluded.filler
      """;

  private static final String CLEAR = "UPDATE storage_probe SET filler = '' WHERE id = 1";

  /** Takes room and gives it back; fails as any change would. */
  void write() {
    transactions.runIdempotent(() -> jdbc.sql(WRITE).param("filler", filler()).update());
    transactions.runIdempotent(() -> jdbc.sql(CLEAR).update());
  }

  /** Something that can't be made shorter. */
  private String filler() {
    var text = new StringBuilder(CHARACTERS);
    random.ints(CHARACTERS, FIRST, LAST + 1).forEach(text::appendCodePoint);
    return text.toString();
  }
}

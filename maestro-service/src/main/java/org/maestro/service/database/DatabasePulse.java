package org.maestro.service.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database answers this node, and what time it is there. Asked on a connection of its
 * own, so that neither a pool that is used up nor statements that take long are taken for silence.
 * A refusal is an answer, too: others would get the same one.
 */
public final class DatabasePulse implements AutoCloseable {
  /** After so long without an answer others, who may get one, should do this node's work. */
  public static final Duration SILENT = Duration.ofSeconds(10);

  /** How long one answer is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String NO_CONNECTION = "08";

  private static final String TIME =
      "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS INT8)";

  private final Connector connector;
  private final LongSupplier nanos;
  private final DatabaseClock clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile long answeredAt;
  private @Nullable Connection connection;

  /** Opens a connection, or fails within moments. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  /**
   * @param machine the time until the database has said its own
   * @param nanos a clock that only goes forward
   */
  DatabasePulse(Connector connector, InstantSource machine, LongSupplier nanos) {
    this.connector = connector;
    this.nanos = nanos;
    this.clock = new DatabaseClock(machine, nanos);
    this.answeredAt = nanos.getAsLong();
  }

  /** The time of the installation, whatever this machine's clock says. */
  public InstantSource clock() {
    return clock;
  }

  /** Whether nothing has come from the database for {@link #SILENT}. */
  public boolean isSilent() {
    return nanos.getAsLong() - answeredAt > SILENT.toNanos();
  }

  /** Asks once, unless somebody is asking; to be called every second or so. */
  public void ask() {
    if (!asking.tryLock()) {
      return;
    }
    try {
      if (connection == null) {
        connection = connector.connect();
      }
      askForTime(connection);
      answeredAt = nanos.getAsLong();
    } catch (SQLException e) {
      if (SqlFailure.sqlState(e).filter(state -> !state.startsWith(NO_CONNECTION)).isPresent()) {
        answeredAt = nanos.getAsLong();
      }
      giveUp();
    } finally {
      asking.unlock();
    }
  }

  private void askForTime(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      var asked = nanos.getAsLong();
      try (var row = statement.executeQuery(TIME)) {
        var answered = nanos.getAsLong();
        row.next();
        clock.heard(row.getLong(1), asked, answered);
      }
    }
  }

  @Override
  public void close() {
    asking.lock();
    try {
      giveUp();
    } finally {
      asking.unlock();
    }
  }

  /** Without a word to the other side, which would be waited for. */
  private void giveUp() {
    if (connection != null) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        // It is gone, which is all that is wanted.
      }
      connection = null;
    }
  }
}

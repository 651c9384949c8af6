package org.maestro.service.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database answers this node. Asked on a connection of its own, so that neither a pool
 * that is used up nor statements that take long are taken for silence. A refusal is an answer, too:
 * others would get the same one.
 */
public final class DatabasePulse implements AutoCloseable {
  /** After so long without an answer others, who may get one, should do this node's work. */
  public static final Duration SILENT = Duration.ofSeconds(10);

  /** How long one answer is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String NO_CONNECTION = "08";

  private final Connector connector;
  private final LongSupplier nanos;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile long answeredAt;
  private @Nullable Connection connection;

  /** Opens a connection, or fails within moments. */
  @FunctionalInterface
  interface Connector {
    Connection connect() throws SQLException;
  }

  /**
   * @param nanos a clock that only goes forward
   */
  DatabasePulse(Connector connector, LongSupplier nanos) {
    this.connector = connector;
    this.nanos = nanos;
    this.answeredAt = nanos.getAsLong();
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
      } else if (!connection.isValid(Math.toIntExact(PATIENCE.toSeconds()))) {
        giveUp();
        return;
      }
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

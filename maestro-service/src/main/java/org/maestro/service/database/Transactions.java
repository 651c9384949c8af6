package org.maestro.service.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The only way to run a transaction.
 *
 * <p>The work runs on the calling thread; every {@code JdbcClient} over the same data source, and
 * {@link #onConnection}, takes part in it. It may be run several times, each time in a new
 * transaction, so it must have no effect but through the database: send, launch and remember
 * nothing until this class has returned.
 *
 * <p>Tried again, after a jittered pause that doubles: serialization failures and deadlocks (40001,
 * 40P01) anywhere, {@link LostRaceException}, and a lost connection (08xxx, 57P0x) before the
 * commit was sent; as often, and for as long, as {@link DatabaseSettings} says. When the connection
 * is lost <em>during</em> the commit, or the database answers 08007 or 40003, nobody knows whether
 * it happened. {@link #run} then throws {@link UnknownOutcomeException}; {@link #runIdempotent}
 * tries again, because its caller promises that doing the work once more after it has happened
 * changes nothing and gives the same answer (a guard such as {@code UNIQUE (workflow_id,
 * request_id)} or {@code WHERE revision = …} decides).
 */
public final class Transactions {
  private final DataSource dataSource;
  private final JdbcTransactionManager manager;
  private final DatabaseSettings settings;
  private final RandomGenerator random;
  private final Pause pause;

  /** What a transaction has last failed of, if that isn't over before a change has worked. */
  private final AtomicReference<@Nullable DatabaseTrouble> trouble = new AtomicReference<>();

  public Transactions(
      DataSource dataSource, DatabaseSettings settings, RandomGenerator random, Pause pause) {
    this.dataSource = dataSource;
    this.settings = settings;
    this.random = random;
    this.pause = pause;
    this.manager = new JdbcTransactionManager(dataSource);
    // Keeps the translation free of a round trip to ask for the product's name.
    this.manager.setExceptionTranslator(new SQLErrorCodeSQLExceptionTranslator("PostgreSQL"));
  }

  /**
   * Runs {@code work} and commits.
   *
   * @throws UnknownOutcomeException if it may or may not have been committed
   */
  public <T extends @Nullable Object> T run(Supplier<T> work) {
    return attempts(work, false, false);
  }

  /** As {@link #run(Supplier)}, for work without a result. */
  public void run(Runnable work) {
    attempts(asSupplier(work), false, false);
  }

  /** Runs work that may happen twice without harm, until it has certainly happened. */
  public <T extends @Nullable Object> T runIdempotent(Supplier<T> work) {
    return attempts(work, true, false);
  }

  /** As {@link #runIdempotent(Supplier)}, for work without a result. */
  public void runIdempotent(Runnable work) {
    attempts(asSupplier(work), true, false);
  }

  /** Runs reads that must see one state of the database. */
  public <T extends @Nullable Object> T read(Supplier<T> work) {
    return attempts(work, true, true);
  }

  /**
   * Has something done once the transaction that is running is known to be committed; never if it
   * isn't, and perhaps never if this process ends. It must not fail and must not take time.
   *
   * @throws IllegalStateException outside of a transaction
   */
  public void afterCommit(Runnable task) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            task.run();
          }
        });
  }

  /** Reads as a part of the transaction that is running, or in one of their own. */
  public <T extends @Nullable Object> T readHere(Supplier<T> work) {
    return TransactionSynchronizationManager.isActualTransactionActive() ? work.get() : read(work);
  }

  /**
   * Gives the running transaction's connection to code that speaks {@code java.sql} itself.
   *
   * @throws IllegalStateException outside of a transaction
   */
  public <T extends @Nullable Object> T onConnection(ConnectionWork<T> work) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("expected to be inside of a transaction");
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try {
      return work.on(connection);
    } catch (SQLException e) {
      var translated = manager.getExceptionTranslator().translate("", null, e);
      throw translated != null ? translated : new IllegalStateException(e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  /** Work on a connection that somebody else opens, commits and closes. */
  @FunctionalInterface
  public interface ConnectionWork<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Whether a transaction failed because of what it wrote, or because of our code: the same again
   * would fail again, and nothing of it has happened. Else the database or the way to it is to
   * blame, and it may have happened.
   */
  public static boolean isFaultOfTheWork(Throwable thrown) {
    return SqlFailure.isOfTheWork(thrown);
  }

  private static Supplier<@Nullable Void> asSupplier(Runnable work) {
    return () -> {
      work.run();
      return null;
    };
  }

  private <T extends @Nullable Object> T attempts(
      Supplier<T> work, boolean idempotent, boolean readOnly) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      // An inner retry could not roll back what the outer one did.
      throw new IllegalStateException("expected no transaction to be running already");
    }
    var until = System.nanoTime() + settings.patienceMillis() * 1_000_000;
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work, readOnly);
      } catch (RetryableException e) {
        if (e.outcomeUnknown && !idempotent) {
          throw new UnknownOutcomeException(e.thrown);
        }
        if (attempt >= settings.attempts()
            || System.nanoTime() > until
            || Thread.currentThread().isInterrupted()) {
          throw e.outcomeUnknown ? new UnknownOutcomeException(e.thrown) : e.thrown;
        }
        pause.millis(backoff(attempt));
      } catch (RuntimeException e) {
        DatabaseTrouble.of(e)
            .filter(DatabaseTrouble::lastsUntilAWriteWorks)
            .ifPresent(trouble::set);
        throw e;
      }
    }
  }

  /** What keeps the database from taking changes, as far as transactions have found out. */
  Optional<DatabaseTrouble> trouble() {
    return Optional.ofNullable(trouble.get());
  }

  /** A change has worked after this trouble. */
  void isOver(DatabaseTrouble what) {
    trouble.compareAndSet(what, null);
  }

  private <T extends @Nullable Object> T once(Supplier<T> work, boolean readOnly)
      throws RetryableException {
    var status = begin(readOnly);
    T result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      rollback(status, e);
      throw whenFailedBeforeCommit(e);
    } catch (Error e) {
      rollback(status, e);
      throw e;
    }
    try {
      manager.commit(status);
    } catch (RuntimeException e) {
      throw whenFailedInCommit(e);
    }
    return result;
  }

  private TransactionStatus begin(boolean readOnly) throws RetryableException {
    var definition = new DefaultTransactionDefinition();
    definition.setReadOnly(readOnly);
    try {
      return manager.getTransaction(definition);
    } catch (RuntimeException e) {
      throw whenFailedBeforeCommit(e);
    }
  }

  private void rollback(TransactionStatus status, Throwable thrown) {
    try {
      manager.rollback(status);
    } catch (RuntimeException | Error e) {
      thrown.addSuppressed(e);
    }
  }

  /** Without a commit even a statement whose outcome is unknown has not taken effect. */
  private static RuntimeException whenFailedBeforeCommit(RuntimeException e)
      throws RetryableException {
    return switch (SqlFailure.of(e)) {
      case CONFLICT, CONNECTION_LOST, OUTCOME_UNKNOWN -> throw new RetryableException(e, false);
      case OTHER -> e;
    };
  }

  private static RuntimeException whenFailedInCommit(RuntimeException e) throws RetryableException {
    return switch (SqlFailure.of(e)) {
      case CONFLICT -> throw new RetryableException(e, false);
      case CONNECTION_LOST, OUTCOME_UNKNOWN -> throw new RetryableException(e, true);
      case OTHER -> e;
    };
  }

  private long backoff(int attempt) {
    var bound = settings.backOff().millis(attempt);
    return bound / 2 + random.nextLong(Math.max(1, bound / 2 + 1));
  }

  /** Carries a failure from one attempt to the loop that decides about the next. */
  private static final class RetryableException extends Exception {
    private final RuntimeException thrown;
    private final boolean outcomeUnknown;

    RetryableException(RuntimeException thrown, boolean outcomeUnknown) {
      super(thrown);
      this.thrown = thrown;
      this.outcomeUnknown = outcomeUnknown;
    }
  }
}

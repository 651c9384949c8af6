package org.maestro.service.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A data source whose commits fail on purpose: every n-th one, in turn as a conflict before it
 * happened (40001), a lost connection after it happened (08006) and one whose outcome the database
 * doesn't know, which happened or not (40003).
 */
public final class FailingDataSource extends AbstractDataSource {
  private final DataSource real;
  private final int every;
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  public FailingDataSource(DataSource real, int every) {
    this.real = real;
    this.every = every;
  }

  /** How a commit fails. */
  private record Failure(String state, boolean committed) {}

  private static final List<Failure> FAILURES =
      List.of(
          new Failure("40001", false),
          new Failure("08006", true),
          new Failure("40003", true),
          new Failure("40003", false),
          new Failure("08006", false));

  /** How many commits have failed so far. */
  public long failures() {
    return failures.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    return failing(real.getConnection());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return failing(real.getConnection(username, password));
  }

  private Connection failing(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              try {
                if (method.getName().equals("commit")) {
                  commit(connection);
                  return null;
                }
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void commit(Connection connection) throws SQLException {
    if (commits.incrementAndGet() % every != 0) {
      connection.commit();
      return;
    }
    var failure = FAILURES.get((int) (failures.getAndIncrement() % FAILURES.size()));
    if (failure.committed()) {
      connection.commit();
    } else {
      connection.rollback();
    }
    throw new SQLException("failed on purpose, committed: " + failure.committed(), failure.state());
  }
}

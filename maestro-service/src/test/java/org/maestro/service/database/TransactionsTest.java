package org.maestro.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class TransactionsTest {
  private static final TestDatabase DATABASE = TestDatabase.create();

  private final FailingCommits connections = new FailingCommits(DATABASE.dataSource());
  private final JdbcClient jdbc = JdbcClient.create(connections);
  private final Transactions transactions = TestDatabase.transactions(connections);
  private final AtomicInteger tries = new AtomicInteger();

  @BeforeEach
  void anEmptyTable() {
    DATABASE.jdbc().sql("DROP TABLE IF EXISTS thing").update();
    DATABASE.jdbc().sql("CREATE TABLE thing (id BIGINT PRIMARY KEY)").update();
  }

  @Test
  void aTransactionThatEndsNormallyIsCommitted() {
    transactions.run(() -> insert(1));
    assertThat(rows()).containsExactly(1L);
  }

  @Test
  void aTransactionThatThrowsIsRolledBackAndNotTriedAgain() {
    assertThatThrownBy(() ->
            transactions.run(() -> {
              insert(1);
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rows()).isEmpty();
    assertThat(tries).hasValue(1);
  }

  @Test
  void aViolatedConstraintIsNotTriedAgain() {
    transactions.run(() -> insert(1));
    assertThatThrownBy(() -> transactions.run(() -> insert(1)))
        .isInstanceOf(DuplicateKeyException.class);
    assertThat(tries).hasValue(2);
  }

  @Test
  void aSerializationFailureInTheWorkIsTriedAgain() {
    transactions.run(() -> {
      insert(1);
      if (tries.get() < 3) {
        throw new IllegalStateException(new SQLException("conflict", "40001"));
      }
    });
    assertThat(rows()).containsExactly(1L);
    assertThat(tries).hasValue(3);
  }

  @Test
  void aSerializationFailureInTheCommitIsTriedAgain() {
    connections.failCommits("40001", "40P01");
    transactions.run(() -> insert(1));
    assertThat(rows()).containsExactly(1L);
    assertThat(tries).hasValue(3);
  }

  @Test
  void aConnectionLostBeforeTheCommitIsTriedAgain() {
    transactions.run(() -> {
      insert(1);
      if (tries.get() == 1) {
        killOwnBackend();
      }
    });
    assertThat(rows()).containsExactly(1L);
    assertThat(tries).hasValue(2);
  }

  @Test
  void aConnectionLostInTheCommitLeavesTheOutcomeUnknown() {
    connections.commitAndFail("08006");
    assertThatThrownBy(() -> transactions.run(() -> insert(1)))
        .isInstanceOf(UnknownOutcomeException.class);
    assertThat(tries).hasValue(1);
  }

  @Test
  void idempotentWorkIsTriedAgainWhenTheOutcomeIsUnknown() {
    connections.commitAndFail("08006");
    transactions.runIdempotent(() -> {
      tries.incrementAndGet();
      jdbc.sql("INSERT INTO thing (id) VALUES (1) ON CONFLICT (id) DO NOTHING").update();
    });
    assertThat(rows()).containsExactly(1L);
    assertThat(tries).hasValue(2);
  }

  @Test
  void triesAreBounded() {
    connections.failCommits("40001", "40001", "40001", "40001", "40001", "40001", "40001", "40001");
    assertThatThrownBy(() -> transactions.run(() -> insert(1)))
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(tries).hasValue(8);
    assertThat(rows()).isEmpty();
  }

  @Test
  void whatFollowsACommitIsDoneOnceAndOnlyAfterIt() {
    var seen = new ArrayList<List<Long>>();
    connections.failCommits("40001");
    transactions.run(() -> {
      insert(1);
      transactions.afterCommit(() -> seen.add(rows()));
    });
    assertThat(seen).containsExactly(List.of(1L));

    assertThatThrownBy(() ->
            transactions.run(() -> {
              transactions.afterCommit(() -> seen.add(List.of()));
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aTransactionInsideOfAnotherIsRefused() {
    assertThatThrownBy(() -> transactions.run(() -> transactions.run(() -> insert(1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void plainJdbcTakesPartInTheTransaction() {
    assertThatThrownBy(() ->
            transactions.run(() -> {
              transactions.onConnection(
                  c -> c.createStatement().executeUpdate("INSERT INTO thing VALUES (7)"));
              throw new IllegalArgumentException("no");
            }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rows()).isEmpty();
    assertThatThrownBy(() -> transactions.onConnection(Connection::isClosed))
        .isInstanceOf(IllegalStateException.class);
  }

  private void insert(long id) {
    tries.incrementAndGet();
    jdbc.sql("INSERT INTO thing (id) VALUES (:id)").param("id", id).update();
  }

  private void killOwnBackend() {
    var pid = jdbc.sql("SELECT pg_backend_pid()").query(Integer.class).single();
    DATABASE.jdbc().sql("SELECT pg_terminate_backend(:pid)").param("pid", pid).query().singleRow();
    jdbc.sql("SELECT 1").query(Integer.class).single();
  }

  private List<Long> rows() {
    return DATABASE.jdbc().sql("SELECT id FROM thing ORDER BY id").query(Long.class).list();
  }

  /** Connections whose next commits fail: before they reach the database, or after. */
  private static final class FailingCommits extends DelegatingDataSource {
    private final Deque<String> failures = new ArrayDeque<>();
    private boolean commitFirst;

    FailingCommits(DataSource target) {
      super(target);
    }

    void failCommits(String... states) {
      failures.addAll(List.of(states));
    }

    void commitAndFail(String state) {
      commitFirst = true;
      failures.add(state);
    }

    @Override
    public Connection getConnection() throws SQLException {
      var real = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, args) -> {
                if (method.getName().equals("commit") && !failures.isEmpty()) {
                  if (commitFirst) {
                    real.commit();
                  } else {
                    real.rollback();
                  }
                  throw new SQLException("injected", failures.poll());
                }
                try {
                  return method.invoke(real, args);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}

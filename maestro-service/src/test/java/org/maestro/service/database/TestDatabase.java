package org.maestro.service.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.maestro.service.json.StrictJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A fresh, migrated database for one test class: {@code static final TestDatabase DATABASE =
 * TestDatabase.create()}.
 *
 * <p>All share one PostgreSQL that starts with the first and ends with the JVM; it does not wait
 * for the disk. With {@code -Dmaestro.test.jdbc-url=…} (with user and password in it) the server
 * behind that URL is used instead; its user must be allowed to create databases. {@code
 * -Dmaestro.test.isolation=SERIALIZABLE} runs every transaction so. With {@code
 * -Dmaestro.test.statements=FILE} all distinct statements that the shared PostgreSQL has executed,
 * those of the tests and of engines in other processes included, are written to {@code
 * FILE.PID.json} as an array of JSON strings; PID is that of the JVM of the tests, since each
 * module has its own.
 */
public final class TestDatabase implements AutoCloseable {
  /** The services' tables; those of services on the class path are made. */
  private static final List<Migrations> SERVICES =
      List.of(
          new Migrations("db/database", "database_schema_history"),
          new Migrations("db/migration", "flyway_schema_history"),
          new Migrations("db/scheduler", "scheduler_schema_history"),
          new Migrations("db/signal", "signal_schema_history"));

  private static final AtomicInteger COUNTER = new AtomicInteger();

  /** The pool's name of what transactions are isolated from; null for the database's default. */
  private static final String ISOLATION =
      Optional.ofNullable(System.getProperty("maestro.test.isolation"))
          .map(name -> "TRANSACTION_" + name)
          .orElse(null);

  private final String url;
  private final HikariDataSource dataSource;

  private TestDatabase(String url) {
    this.url = url;
    var pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(8);
    pool.setMinimumIdle(0);
    pool.setTransactionIsolation(ISOLATION);
    this.dataSource = new HikariDataSource(pool);
  }

  public static TestDatabase create() {
    return new TestDatabase(Server.createDatabase());
  }

  /** With user and password in it. */
  public String url() {
    return url;
  }

  /** Different for every database of every run of the tests. */
  public String name() {
    return url.replaceFirst(".*//[^/]+/([^?]*).*", "$1");
  }

  /** The pool's name of what transactions are isolated from; empty for the database's default. */
  public static String isolation() {
    return ISOLATION == null ? "" : ISOLATION;
  }

  /** A pool of 8. */
  public DataSource dataSource() {
    return dataSource;
  }

  public JdbcClient jdbc() {
    return JdbcClient.create(dataSource);
  }

  /** Transactions that pause for as long as they would in production. */
  public Transactions transactions() {
    return transactions(dataSource);
  }

  /** The same over another data source, for instance one that fails on purpose. */
  public static Transactions transactions(DataSource dataSource) {
    return new Transactions(
        dataSource,
        DatabaseSettings.DEFAULT,
        RandomGenerator.getDefault(),
        millis -> LockSupport.parkNanos(millis * 1_000_000));
  }

  @Override
  public void close() {
    dataSource.close();
    Server.writeStatements();
  }

  /** The one server; the first use starts it. */
  private static final class Server {
    private static final String EXTERNAL = System.getProperty("maestro.test.jdbc-url");
    private static final String STATEMENTS = System.getProperty("maestro.test.statements");
    private static final EmbeddedPostgres EMBEDDED = EXTERNAL == null ? start() : null;
    private static final String TEMPLATE = "maestro_template";

    static {
      if (EXTERNAL == null) {
        execute("CREATE DATABASE " + TEMPLATE);
        migrate(embeddedUrl(TEMPLATE));
        if (STATEMENTS != null) {
          execute("CREATE EXTENSION pg_stat_statements");
        }
      }
    }

    private static EmbeddedPostgres start() {
      try {
        var builder = EmbeddedPostgres.builder();
        if (STATEMENTS != null) {
          builder
              .setServerConfig("shared_preload_libraries", "pg_stat_statements")
              .setServerConfig("pg_stat_statements.max", "10000");
        }
        return builder
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .setServerConfig("full_page_writes", "off")
            .setServerConfig("shared_buffers", "32MB")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static String createDatabase() {
      var name = "t" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
      if (EXTERNAL == null) {
        execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return embeddedUrl(name);
      }
      execute("CREATE DATABASE " + name);
      var url = EXTERNAL.replaceFirst("(//[^/]+/)[^?]*", "$1" + name);
      migrate(url);
      return url;
    }

    /** What the server has executed up to now. */
    static void writeStatements() {
      if (STATEMENTS == null || EXTERNAL != null) {
        return;
      }
      var statements = new ArrayList<String>();
      try (var connection = DriverManager.getConnection(embeddedUrl("postgres"));
          var sql = connection.createStatement();
          var rows =
              sql.executeQuery("SELECT DISTINCT query FROM pg_stat_statements ORDER BY query")) {
        while (rows.next()) {
          statements.add(rows.getString(1));
        }
        Files.write(
            Path.of(STATEMENTS + "." + ProcessHandle.current().pid() + ".json"),
            StrictJson.mapper().writeValueAsBytes(statements));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String embeddedUrl(String database) {
      return EMBEDDED.getJdbcUrl("postgres", database);
    }

    private static void migrate(String url) {
      try (var dataSource = new HikariDataSource()) {
        dataSource.setJdbcUrl(url);
        var loader = TestDatabase.class.getClassLoader();
        Migrations.apply(
            dataSource,
            SERVICES.stream().filter(m -> loader.getResource(m.location()) != null).toList());
      }
    }

    private static void execute(String statement) {
      var url = EXTERNAL == null ? embeddedUrl("postgres") : EXTERNAL;
      try (var connection = DriverManager.getConnection(url);
          var sql = connection.createStatement()) {
        sql.execute(statement);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

package org.maestro.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

  @TempDir Path folder;

  @Test
  void whatIsCommittedSurvivesAKillAndAStopAndTheSettingsAreDurable() throws Exception {
    String password;
    try (var postgres = EmbeddedPostgres.start(folder.resolve("db"), 0)) {
      assertThat(ask(postgres, "SHOW fsync")).isEqualTo("on");
      assertThat(ask(postgres, "SHOW synchronous_commit")).isEqualTo("on");
      tell(postgres, "CREATE TABLE kept (n int)");
      tell(postgres, "INSERT INTO kept VALUES (1)");
      int port = postgres.port();
      postgres.kill();
      assertThatThrownBy(() -> ask(postgres, "SELECT 1")).isInstanceOf(SQLException.class);
      postgres.restart();
      assertThat(postgres.port()).isEqualTo(port);
      tell(postgres, "INSERT INTO kept VALUES (2)");
      password = postgres.password();
    }
    try (var again = EmbeddedPostgres.start(folder.resolve("db"), 0)) {
      assertThat(again.password()).isEqualTo(password);
      assertThat(ask(again, "SELECT sum(n)::text FROM kept")).isEqualTo("3");
      assertThat(ask(again, "SELECT (count(*) > 0)::text FROM pg_stat_statements"))
          .isEqualTo("true");
      assertThat(again.createDatabase("another")).endsWith("/another");
    }
  }

  @Test
  void aServerThatWasKilledWithoutItsChildrenStartsAgain() throws Exception {
    try (var postgres = EmbeddedPostgres.start(folder.resolve("db"), 0);
        var open =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.username(), postgres.password())) {
      assertThat(open.isValid(10)).isTrue();
      var ended = postgres.ended();
      ProcessHandle.of(pidOfServer()).orElseThrow().destroyForcibly();
      ended.get(60, TimeUnit.SECONDS);
      postgres.restart();
      assertThat(ask(postgres, "SELECT 'here'")).isEqualTo("here");
    }
  }

  @Test
  void aFolderInUseIsRefusedInOneSentence() {
    try (var first = EmbeddedPostgres.start(folder.resolve("db"), 0)) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("db"), 0))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("is in use by another Maestro");
    }
  }

  @Test
  void aTakenPortIsRefusedInOneSentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(folder.resolve("db"), taken.getLocalPort()))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("is taken by another program");
    }
  }

  @Test
  void theServerEndsWithTheProcessThatStartedItAndTheNextStartCopes() throws Exception {
    Process owner = Owner.start("postgres", folder.resolve("db"));
    Owner.awaitStarted(owner);
    ProcessHandle server = ProcessHandle.of(pidOfServer()).orElseThrow();
    // At first only the owner dies, so that the next start meets a server that still runs.
    ChildProcess.signal(server, "STOP");
    owner.destroyForcibly().waitFor();
    assertThat(server.isAlive()).isTrue();
    ChildProcess.signal(server, "CONT");
    try (var next = EmbeddedPostgres.start(folder.resolve("db"), 0)) {
      assertThat(ask(next, "SELECT 'here'")).isEqualTo("here");
      assertThat(ChildProcess.ended(server, Duration.ofSeconds(1))).isTrue();
    }
    assertThat(Files.exists(folder.resolve("db/data/postmaster.pid"))).isFalse();
  }

  private long pidOfServer() throws IOException {
    return Long.parseLong(
        Files.readAllLines(folder.resolve("db/data/postmaster.pid")).getFirst().strip());
  }

  private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.username(), postgres.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private void tell(EmbeddedPostgres postgres, String sql) throws IOException {
    try (var connection =
            DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.username(), postgres.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(
          "%s failed; the server's log says: %s"
              .formatted(sql, Files.readString(folder.resolve("db/server.log"))),
          e);
    }
  }

  /** A process that starts a part and then waits to be killed. */
  static final class Owner {

    public static void main(String[] args) throws IOException {
      Path data = Path.of(args[1]);
      List<AutoCloseable> parts =
          args[0].equals("postgres")
              ? List.of(EmbeddedPostgres.start(data, 0))
              : List.of(EmbeddedKafka.start(data, 0));
      System.out.println("started " + parts.size());
      System.out.flush();
      System.in.read();
    }

    static Process start(String part, Path data) throws IOException {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              Owner.class.getName(),
              part,
              data.toString())
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }

    static void awaitStarted(Process owner) throws IOException {
      assertThat(owner.inputReader().readLine()).isEqualTo("started 1");
    }
  }
}

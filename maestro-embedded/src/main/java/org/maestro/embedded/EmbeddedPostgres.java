package org.maestro.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server on 127.0.0.1 with its data in a folder, and with the durability of a real
 * one: what is committed survives {@link #kill} and a power cut. It has the extension {@code
 * pg_stat_statements}. It ends when this process ends, however that happens; a server left over in
 * the folder all the same is stopped by the next start.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final String USER = "maestro";
  private static final String DATABASE = "maestro";
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  /**
   * What the server says when processes of its predecessor, which was killed alone, have not ended
   * yet. They do so by themselves.
   */
  private static final String ORPHANS = "is still in use";

  /** A process number above what any system gives. */
  private static final String NOBODY = Integer.toString(Integer.MAX_VALUE - 1);

  /** Chosen for two cores and little memory; durability is the default's: everything on. */
  private static final Map<String, String> SERVER_SETTINGS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("shared_preload_libraries", "pg_stat_statements"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("max_connections", "100"),
          Map.entry("max_wal_size", "1GB"),
          Map.entry("checkpoint_timeout", "15min"),
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          Map.entry("random_page_cost", "1.1"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("log_min_messages", "warning"),
          Map.entry("log_checkpoints", "off"));

  private final OwnedFolder folder;
  private final PostgresUser user;
  private final PostgresBinaries binaries;
  private final Path data;
  private final String password;
  private int port;
  private ProcessHandle server;
  private Process watch;

  private EmbeddedPostgres(OwnedFolder folder, int wantedPort) {
    this.folder = folder;
    user = PostgresUser.suitable();
    binaries = PostgresBinaries.in(user.cache());
    data = folder.path("data");
    stopLeftOver();
    password = initialized() ? folder.read("password").orElseThrow() : initialize();
    port = portFor(wantedPort);
    server = launch();
    watch = watch(server);
  }

  /**
   * Starts the server and returns when it answers. The first start in a folder makes a new
   * database.
   *
   * @param dataDir the folder for the data, used by one process at a time
   * @param port the port on 127.0.0.1, or 0 for the one used before or any free one
   * @throws EmbeddedStartException if it can't be started
   */
  public static EmbeddedPostgres start(Path dataDir, int port) {
    OwnedFolder folder = OwnedFolder.take(dataDir);
    try {
      var postgres = new EmbeddedPostgres(folder, port);
      postgres.prepareDatabase();
      return postgres;
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /** The address of the database {@code maestro}. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** The address of any database of this server. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The name of the one user, a superuser. */
  public String username() {
    return USER;
  }

  /** That user's password, drawn at the first start in this folder. */
  public String password() {
    return password;
  }

  /** The port on 127.0.0.1; the same after {@link #restart}. */
  public int port() {
    return port;
  }

  /**
   * Makes a new, empty database, so that tests can share one server.
   *
   * @return its address
   */
  public String createDatabase(String name) {
    execute(jdbcUrl(), "CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
    execute(jdbcUrl(name), "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
    return jdbcUrl(name);
  }

  /** Completes when the server that runs now has ended, whoever ended it. */
  public CompletableFuture<Void> ended() {
    return ChildProcess.end(server);
  }

  /** Ends the server with SIGKILL, as a crash would. {@link #restart} brings it back. */
  public void kill() {
    release(watch);
    ChildProcess.kill(server);
  }

  /** Halts all of the server where it stands, with its connections open, until {@link #resume}. */
  public void pause() {
    signal("STOP");
  }

  /** Lets a paused server go on. */
  public void resume() {
    signal("CONT");
  }

  /** First the process that makes others: it makes none while it is halted. */
  private void signal(String name) {
    ChildProcess.signal(server, name);
    server.descendants().forEach(process -> ChildProcess.signal(process, name));
  }

  /** Stops the server if it still runs, and starts it again on the same port. */
  public void restart() {
    stop();
    server = launch();
    watch = watch(server);
  }

  /** Stops the server; open connections are cut, what is committed stays. */
  @Override
  public void close() {
    stop();
    folder.close();
  }

  private void stop() {
    release(watch);
    stop(server);
  }

  private static void stop(ProcessHandle server) {
    if (!ChildProcess.hasEnded(server)) {
      ChildProcess.signal(server, "INT"); // "fast": doesn't wait for clients
      if (!ChildProcess.ended(server, STOP_TIMEOUT)) {
        ChildProcess.kill(server);
      }
    }
  }

  private boolean initialized() {
    return Files.exists(data.resolve("PG_VERSION")) && folder.read("password").isPresent();
  }

  private void stopLeftOver() {
    leftOver().ifPresent(EmbeddedPostgres::stop);
  }

  /** The live server that the data folder names, if there is one. */
  private Optional<ProcessHandle> leftOver() {
    List<String> lines = pidFile();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(this::servesOurData);
  }

  /** The number in the file may by now be another program's. */
  private boolean servesOurData(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return info.command().filter(name -> name.endsWith("postgres")).isPresent()
        && info.arguments().filter(all -> List.of(all).contains(data.toString())).isPresent();
  }

  private List<String> pidFile() {
    Path file = data.resolve("postmaster.pid");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of(); // it is just being removed
    }
  }

  private String initialize() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String drawn = HexFormat.of().formatHex(random);
    writePassword(drawn);
    discardHalfMade();
    user.own(folder.path("."));
    run(
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + data,
            "--username=" + USER,
            "--pwfile=" + folder.path("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions"));
    return drawn;
  }

  private void writePassword(String drawn) {
    Path file = folder.path("password");
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      folder.write("password", drawn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A first start that was interrupted leaves a folder that initdb refuses; nothing is in it yet.
   */
  private void discardHalfMade() {
    if (Files.exists(data) && !Files.exists(data.resolve("PG_VERSION"))) {
      run(List.of("rm", "-rf", data.toString()));
    }
  }

  private int portFor(int wanted) {
    if (wanted > 0 && !LoopbackPort.isFree(wanted)) {
      throw new EmbeddedStartException(
          "Port %d, wanted by the database, is taken by another program.".formatted(wanted));
    }
    int chosen =
        wanted > 0
            ? wanted
            : LoopbackPort.preferring(folder.read("port").map(Integer::parseInt).orElse(0));
    folder.write("port", Integer.toString(chosen));
    return chosen;
  }

  private ProcessHandle launch() {
    letGoOfZombie();
    Path log = folder.path("server.log");
    long before = TextFile.size(log);
    launch(log);
    return awaitReady(log, before);
  }

  /**
   * The server takes a zombie for a predecessor that still runs. Its lock file then gets a process
   * number that there can't be; the rest of it is needed to see whether others use its memory.
   */
  private void letGoOfZombie() {
    List<String> lines = new ArrayList<>(pidFile());
    if (lines.isEmpty()
        || !ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
            .map(ChildProcess::hasEnded)
            .orElse(false)) {
      return;
    }
    lines.set(0, NOBODY);
    try {
      Files.write(data.resolve("postmaster.pid"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void launch(Path log) {
    List<String> options = new ArrayList<>();
    options.add("-p " + port);
    SERVER_SETTINGS.forEach((name, value) -> options.add("-c " + name + "='" + value + "'"));
    // pg_ctl gives the server a session of its own: Ctrl-C in our terminal is not meant for it.
    run(
        List.of(
            binaries.program("pg_ctl").toString(),
            "start",
            "--no-wait",
            "--silent",
            "--pgdata=" + data,
            "--log=" + log,
            "--options=" + String.join(" ", options)));
  }

  private ProcessHandle awaitReady(Path log, long logBefore) {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    long read = logBefore;
    while (System.nanoTime() < deadline) {
      if (TextFile.size(log) > read
          && TextFile.tail(log, read).contains(ORPHANS)
          && leftOver().isEmpty()) {
        read = TextFile.size(log);
        launch(log);
      }
      List<String> lines = pidFile();
      if (lines.size() >= 8 && lines.get(7).strip().equals("ready")) {
        Optional<ProcessHandle> ready = leftOver();
        if (ready.isPresent() && LoopbackPort.answers(port)) {
          return ready.get();
        }
      }
      lookAgainSoon();
    }
    leftOver().ifPresent(ChildProcess::kill);
    throw new EmbeddedStartException(
        "The database did not start within %d s; its log says: %s"
            .formatted(START_TIMEOUT.toSeconds(), TextFile.tail(log, logBefore)));
  }

  private static void lookAgainSoon() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("The start of the database was interrupted.", e);
    }
  }

  /**
   * A shell that outlives us by a moment: when our end of its input closes, it stops the server.
   */
  private static Process watch(ProcessHandle server) {
    try {
      return new ProcessBuilder(
              "sh", "-c", "trap '' INT HUP TERM; read -r done && exit; kill -INT " + server.pid())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new EmbeddedStartException("sh can't be run.", e);
    }
  }

  private static void release(Process watch) {
    try (var input = watch.outputWriter()) {
      input.write("done\n");
    } catch (IOException e) {
      // It has ended already, which is all that is wanted.
    }
  }

  private void prepareDatabase() {
    try {
      execute(jdbcUrl("postgres"), "CREATE DATABASE " + DATABASE);
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof SQLException sql && "42P04".equals(sql.getSQLState()))) {
        throw e;
      } // 42P04: it is there from an earlier start
    }
    execute(jdbcUrl(), "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  }

  private void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url, USER, password);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed: " + e.getMessage(), e);
    }
  }

  private void run(List<String> program) {
    try {
      Process process =
          new ProcessBuilder(user.command(program))
              .directory(folder.path(".").toFile())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectOutput(folder.path("last-command.log").toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new EmbeddedStartException(
            "%s failed: %s"
                .formatted(program.getFirst(), TextFile.tail(folder.path("last-command.log"), 0)));
      }
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "%s can't be run: %s.".formatted(program.getFirst(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedStartException("The start of the database was interrupted.", e);
    }
  }
}

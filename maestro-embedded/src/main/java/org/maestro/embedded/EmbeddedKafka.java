package org.maestro.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker on 127.0.0.1 in a Java process of its own, with its data in a folder. It ends when
 * this process ends, however that happens; a broker left over in the folder all the same is killed
 * by the next start.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(12);

  private final OwnedFolder folder;
  private final List<String> javaOptions;
  private final List<SideDoor> sideDoors;
  private final @Nullable BrokerSecurity security;
  private final int port;
  private Process broker;
  private CompletableFuture<Boolean> ready;

  private EmbeddedKafka(
      OwnedFolder folder,
      int port,
      List<String> javaOptions,
      List<SideDoor> sideDoors,
      boolean isSecured) {
    this.folder = folder;
    this.javaOptions = List.copyOf(javaOptions);
    this.sideDoors = List.copyOf(sideDoors);
    this.security = isSecured ? BrokerSecurity.in(folder.path("security")) : null;
    killLeftOver();
    this.port = portFor(port);
    this.broker = launch();
    this.ready = readiness(broker);
  }

  /**
   * Starts the broker and returns when it serves.
   *
   * @param dataDir the folder for the data, used by one process at a time
   * @param port the port on 127.0.0.1, or 0 for the one used before or any free one
   * @throws EmbeddedStartException if it can't be started
   */
  public static EmbeddedKafka start(Path dataDir, int port) {
    return ready(launch(dataDir, port, List.of()));
  }

  /**
   * As {@link #start(Path, int)}, with a broker that wants encryption and a password: {@link
   * #clientProperties} says how to come in.
   */
  public static EmbeddedKafka startSecured(Path dataDir, int port) {
    return ready(launch(dataDir, port, List.of(), List.of(), true));
  }

  private static EmbeddedKafka ready(EmbeddedKafka kafka) {
    try {
      kafka.awaitReady();
      return kafka;
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  /**
   * As {@link #start(Path, int)}, but returns at once: the address is known, {@link #awaitReady}
   * tells when it is served.
   *
   * @param javaOptions further options for the broker's Java, such as {@code -XX:AOTCache=…}
   */
  public static EmbeddedKafka launch(Path dataDir, int port, List<String> javaOptions) {
    return launch(dataDir, port, javaOptions, List.of());
  }

  /**
   * As {@link #launch(Path, int, List)}, with further ways in.
   *
   * @param sideDoors for clients who come through somebody in between
   */
  public static EmbeddedKafka launch(
      Path dataDir, int port, List<String> javaOptions, List<SideDoor> sideDoors) {
    return launch(dataDir, port, javaOptions, sideDoors, false);
  }

  /**
   * A way into the broker through somebody in between, such as a proxy. Whoever comes in there is
   * told to come back there.
   *
   * @param port on 127.0.0.1, where the broker listens; has to be free
   * @param advertisedPort on 127.0.0.1, where clients are told to find it: that of the proxy
   */
  public record SideDoor(int port, int advertisedPort) {}

  private static EmbeddedKafka launch(
      Path dataDir,
      int port,
      List<String> javaOptions,
      List<SideDoor> sideDoors,
      boolean isSecured) {
    OwnedFolder folder = OwnedFolder.take(dataDir);
    try {
      return new EmbeddedKafka(folder, port, javaOptions, sideDoors, isSecured);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Returns when the broker serves.
   *
   * @throws EmbeddedStartException if it did not come up; it is gone then
   */
  public void awaitReady() {
    try {
      if (ready.get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (TimeoutException e) {
      // Told below, with the log.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    Path log = folder.path("server.log");
    throw new EmbeddedStartException(
        "The message broker did not start; its log %s says: %s"
            .formatted(log, TextFile.tail(log, 0)));
  }

  /** The address for clients. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** What a client needs beside the address; empty for a broker that lets everybody in. */
  public Map<String, String> clientProperties() {
    return security == null ? Map.of() : security.clientProperties();
  }

  /** The port on 127.0.0.1; the same after {@link #restart}. */
  public int port() {
    return port;
  }

  /** Completes when the broker that runs now has ended, whoever ended it. */
  public CompletableFuture<Void> ended() {
    return broker.onExit().thenAccept(_ -> {});
  }

  /** Ends the broker with SIGKILL, as a crash would. {@link #restart} brings it back. */
  public void kill() {
    ChildProcess.kill(broker.toHandle());
  }

  /** Halts the broker where it stands, with its connections open, until {@link #resume}. */
  public void pause() {
    ChildProcess.signal(broker.toHandle(), "STOP");
  }

  /** Lets a paused broker go on. */
  public void resume() {
    ChildProcess.signal(broker.toHandle(), "CONT");
  }

  /** Stops the broker if it still runs, and starts it again on the same port. */
  public void restart() {
    stop();
    broker = launch();
    ready = readiness(broker);
    awaitReady();
  }

  /** Stops the broker. */
  @Override
  public void close() {
    stop();
    folder.close();
  }

  private void stop() {
    try {
      broker.getOutputStream().close(); // the end of its input is its word to stop
    } catch (IOException e) {
      // It has ended already.
    }
    if (!ChildProcess.ended(broker.toHandle(), STOP_TIMEOUT)) {
      ChildProcess.kill(broker.toHandle());
    }
  }

  private void killLeftOver() {
    // A number alone may by now be another process's: the time of its start tells.
    folder
        .read("process")
        .map(text -> text.split(" ", 2))
        .flatMap(written ->
            ProcessHandle.of(Long.parseLong(written[0]))
                .filter(process -> started(process).equals(Optional.of(written[1]))))
        .ifPresent(ChildProcess::kill);
  }

  private static Optional<String> started(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString);
  }

  private int portFor(int wanted) {
    if (wanted > 0 && !LoopbackPort.isFree(wanted)) {
      throw new EmbeddedStartException(
          "Port %d, wanted by the message broker, is taken by another program.".formatted(wanted));
    }
    int chosen =
        wanted > 0
            ? wanted
            : LoopbackPort.preferring(folder.read("port").map(Integer::parseInt).orElse(0));
    folder.write("port", Integer.toString(chosen));
    return chosen;
  }

  private Process launch() {
    Path settings = folder.path("broker.properties");
    Path log = folder.path("server.log");
    try (var writer = Files.newBufferedWriter(settings)) {
      var properties =
          BrokerSettings.properties(
              folder.path("logs"), port, LoopbackPort.preferring(0), sideDoors);
      if (security != null) {
        security.secure(properties, port);
      }
      properties.store(writer, "Written at every start");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Process process;
    try {
      process =
          new ProcessBuilder(command(settings))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException e) {
      throw new EmbeddedStartException("Java can't be run: " + e.getMessage() + ".", e);
    }
    folder.write("process", process.pid() + " " + started(process.toHandle()).orElse(""));
    return process;
  }

  private List<String> command(Path settings) {
    List<String> command = new ArrayList<>();
    // Ctrl-C in our terminal reaches the whole process group; the broker is to outlive it until
    // its clients are done.
    command.addAll(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xms64m",
            "-Xmx192m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=maestro-broker-logback.xml"));
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            settings.toString()));
    return command;
  }

  private static CompletableFuture<Boolean> readiness(Process process) {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    // Not a virtual one: who waits for a pipe keeps its carrier, of which a small machine has two.
    Thread.ofPlatform()
        .daemon()
        .name("maestro-broker-output")
        .start(() -> {
          try (var output = process.inputReader()) {
            // Libraries may have things to say too; and the pipe must not fill afterwards.
            for (String line = output.readLine(); line != null; line = output.readLine()) {
              if (line.equals(BrokerProcess.READY)) {
                ready.complete(true);
              }
            }
          } catch (IOException e) {
            // The process is gone, which is all that matters.
          }
          ready.complete(false);
        });
    return ready;
  }
}

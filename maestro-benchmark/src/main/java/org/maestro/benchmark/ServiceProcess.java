package org.maestro.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.zones.Zones;

/** One service as a process that can be killed, paused and started again on the same port. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(4);

  private final ServiceKind kind;
  private final String name;
  private final int port;
  private final Path log;
  private final Map<String, String> settings;
  private final List<String> javaOptions;
  private final @Nullable WallClock clock;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private @Nullable Process process;
  private @Nullable Path release;

  /**
   * @param number of this process among those of its kind, from 1
   * @param folder where its log goes
   * @param settings of the service, without its port
   * @param javaOptions how its JVM collects and compiles, and how much heap it has
   * @param clock what time it is for it; null for the machine's
   */
  ServiceProcess(
      ServiceKind kind,
      int number,
      Path folder,
      Map<String, String> settings,
      List<String> javaOptions,
      @Nullable WallClock clock) {
    this.kind = kind;
    this.javaOptions = List.copyOf(javaOptions);
    this.clock = clock;
    this.name = kind.process(number);
    this.port = freePort();
    this.log = folder.resolve(name + ".log");
    this.settings = Map.copyOf(settings);
  }

  String name() {
    return name;
  }

  long pid() {
    return running().pid();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + port);
  }

  Path log() {
    return log;
  }

  /** What time it is for it; only if it was given a clock of its own. */
  WallClock clock() {
    if (clock == null) {
      throw new IllegalStateException("expected " + name + " to have a clock of its own");
    }
    return clock;
  }

  /** A port on 127.0.0.1 that nobody has now. */
  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * From its next launch on it is of another release, or of this one again.
   *
   * @param jars the folder of the other release's jars and those of its libraries; null for this
   */
  void become(@Nullable Path jars) {
    release = jars;
  }

  /** Whether it was last launched as another release. */
  boolean isOfAnotherRelease() {
    return release != null;
  }

  /** Another release's jars, before what starts them, of which it may have none itself. */
  private String classPath() {
    return release == null
        ? System.getProperty("java.class.path")
        : String.join(
            File.pathSeparator, release + "/*", location(ServiceNode.class), location(Zones.class));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts the process and returns at once. */
  void launch() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            classPath(),
            ServiceNode.class.getName(),
            kind.name(),
            "--server.port=" + port));
    settings.forEach((key, value) -> command.add("--" + key + "=" + value));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    if (clock != null) {
      builder.environment().putAll(clock.environment());
    }
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it serves requests and finds its database. */
  void awaitServing() {
    Patience.await(
        name + " serves (see " + log + ")",
        START_TIMEOUT,
        () -> {
          if (!running().isAlive()) {
            throw new IllegalStateException(
                "%s ended by itself with status %d; its log %s ends with %s"
                    .formatted(name, running().exitValue(), log, lastWords()));
          }
          return isServing();
        });
  }

  private String lastWords() {
    try {
      var lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isServing() {
    var request =
        HttpRequest.newBuilder(base().resolve("/actuator/health"))
            .timeout(Duration.ofSeconds(2))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends it with SIGKILL and waits until it is gone. The jobs it launched go on. */
  void kill() {
    try {
      running().destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it in its tracks with SIGSTOP. */
  void pause() {
    signal("STOP");
  }

  /** Lets it go on, unaware that time has passed. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      var status =
          new ProcessBuilder("kill", "-s", signal, Long.toString(running().pid()))
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -s " + signal + " ended with status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long logSize() {
    return log.toFile().length();
  }

  /** What it has logged after the first {@code from} bytes. */
  String logged(long from) {
    try (var file = Files.newInputStream(log)) {
      file.skipNBytes(from);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("expected " + name + " to have been started");
    }
    return process;
  }

  @Override
  public void close() {
    if (process != null) {
      kill();
    }
    http.close();
  }
}

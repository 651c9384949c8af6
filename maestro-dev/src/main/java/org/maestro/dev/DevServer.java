package org.maestro.dev;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.embedded.EmbeddedKafka;
import org.maestro.embedded.EmbeddedPostgres;
import org.maestro.embedded.EmbeddedStartException;
import org.maestro.engine.EngineApplication;
import org.maestro.scheduler.SchedulerConfiguration;
import org.maestro.signal.wiring.SignalConfiguration;
import org.maestro.zones.Zones;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts database, message broker and services, says where to open them, and stops them in the
 * opposite order on Ctrl-C. A second start on the same folder goes on where the first one stopped.
 */
public final class DevServer implements AutoCloseable {

  /** Exit code: the arguments make no sense. */
  static final int EXIT_USAGE = 2;

  /** Exit code: something that is needed, such as a port or the folder, is in use. */
  static final int EXIT_NOT_AVAILABLE = 3;

  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final ConfigurableApplicationContext services;
  private final PartKeeper keeper = new PartKeeper(DevServer::say, DevServer::after);

  private DevServer(
      EmbeddedPostgres postgres, EmbeddedKafka kafka, ConfigurableApplicationContext services) {
    this.postgres = postgres;
    this.kafka = kafka;
    this.services = services;
  }

  /** The command {@code ./maestro dev}. */
  public static void main(String[] arguments) {
    Zones.install();
    DevOptions options;
    try {
      options = DevOptions.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + DevOptions.USAGE);
      System.exit(EXIT_USAGE);
      return;
    }
    try {
      DevServer server = start(options);
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("maestro-stop").unstarted(server::close));
      // Only now: who reads this may stop the server at once, and all of it is to be closed then.
      say("open", "http://127.0.0.1:" + options.port());
      say("note", "every user of this machine is an administrator here");
    } catch (EmbeddedStartException e) {
      System.err.println(e.getMessage());
      System.exit(EXIT_NOT_AVAILABLE);
    }
  }

  /**
   * Starts everything and returns when requests are served.
   *
   * @throws EmbeddedStartException if something needed is in use or can't be started
   */
  static DevServer start(DevOptions options) {
    long began = System.nanoTime();
    requireFree(options.port());
    Path data = options.dataDir();
    say("Maestro", "data in " + data + ", time-zone rules " + Zones.rules());
    var postgresStart =
        CompletableFuture.supplyAsync(() -> {
          EmbeddedPostgres started = EmbeddedPostgres.start(data.resolve("postgres"), 0);
          say("database", "127.0.0.1:" + started.port() + after(began));
          return started;
        });
    @Nullable EmbeddedKafka kafka = null;
    @Nullable EmbeddedPostgres postgres = null;
    try {
      kafka = EmbeddedKafka.launch(data.resolve("kafka"), 0, brokerOptions());
      postgres = result(postgresStart);
      // The services boot while the broker does: they need the broker last.
      ConfigurableApplicationContext services = services(options, postgres, kafka);
      kafka.awaitReady();
      say("broker", kafka.bootstrapServers());
      say("services", "ready" + after(began));
      var server = new DevServer(postgres, kafka, services);
      server.keeper.keep("database", postgres::ended, postgres::restart);
      server.keeper.keep("broker", kafka::ended, kafka::restart);
      return server;
    } catch (RuntimeException e) {
      if (kafka != null) {
        kafka.close();
      }
      if (postgres != null) {
        postgres.close();
      } else {
        postgresStart.thenAccept(EmbeddedPostgres::close).exceptionally(_ -> null).join();
      }
      throw e;
    }
  }

  /** All that the services consist of. */
  ConfigurableApplicationContext services() {
    return services;
  }

  /** Stops the services first, so that they can still write what they have to. */
  @Override
  public void close() {
    keeper.stop();
    services.close();
    kafka.close();
    postgres.close();
    say("stopped", "everything is kept; start again to go on");
  }

  private static ConfigurableApplicationContext services(
      DevOptions options, EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", options.port());
    settings.put("spring.datasource.url", postgres.jdbcUrl());
    settings.put("spring.datasource.username", postgres.username());
    settings.put("spring.datasource.password", postgres.password());
    settings.put("maestro.kafka.bootstrap-servers", kafka.bootstrapServers());
    settings.put("maestro.step.shell.data-dir", options.dataDir().resolve("steps").toString());
    settings.put(
        "maestro.step.http.allow-list",
        options.httpAllowBut(options.port(), postgres.port(), kafka.port()));
    ContainerSocket.ofThisMachine()
        .ifPresent(socket -> {
          settings.put("maestro.runtimes.docker.socket", socket);
          if (options.engineOptions().stream()
              .noneMatch(option -> option.startsWith("maestro.runtimes.docker.socket="))) {
            say("containers", socket);
          }
        });
    settings.put("maestro.dev", true);
    settings.put("logging.file.name", options.dataDir().resolve("services.log").toString());
    settings.put("logging.threshold.console", "WARN"); // the file has the rest
    // A broker that has ended by then never comes.
    settings.put("maestro.start.patience", "4m");
    for (String option : options.engineOptions()) {
      int equals = option.indexOf('=');
      settings.put(option.substring(0, equals), option.substring(equals + 1));
    }
    // All services in one process, behind one port.
    var application =
        new SpringApplication(
            EngineApplication.class, SchedulerConfiguration.class, SignalConfiguration.class);
    application.setRegisterShutdownHook(false); // the order of stopping is ours
    application.setLogStartupInfo(false);
    // As arguments, because logging is set up before anything else could say how.
    return application.run(
        settings.entrySet().stream()
            .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new));
  }

  /** Options for the broker's Java that the start script hands on, such as a class data archive. */
  private static List<String> brokerOptions() {
    String options = System.getProperty("maestro.broker-java-options", "");
    return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
  }

  private static EmbeddedPostgres result(CompletableFuture<EmbeddedPostgres> start) {
    try {
      return start.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void requireFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "Port %d is taken by another program; stop that one or choose another port with --port."
              .formatted(port));
    }
  }

  private static Executor after(Duration pause) {
    return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static String after(long began) {
    return " (%.1f s)".formatted(Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
  }

  private static void say(String part, String what) {
    System.out.printf("%-9s %s%n", part, what);
  }
}

package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedKafka;
import org.maestro.embedded.EmbeddedPostgres;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Services that start before what they can't do without. */
class LateStartIT {
  /** Far beyond what one try may take. */
  private static final Duration AWAY = Duration.ofSeconds(5);

  private static final String ATTEMPT = "300ms";

  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void theyWaitForDatabaseAndBrokersHoweverLongThatTakesAndSayWhat() throws Exception {
    List<String> database;
    int databasePort;
    try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0)) {
      databasePort = postgres.port();
      database =
          List.of(
              "--spring.datasource.url=" + postgres.jdbcUrl(),
              "--spring.datasource.username=" + postgres.username(),
              "--spring.datasource.password=" + postgres.password());
    }
    var kafkaPort = freePort();
    var log = new ListAppender<ILoggingEvent>();
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    var contexts = new ArrayList<ConfigurableApplicationContext>();
    try {
      var ports = new ArrayList<Integer>();
      var starts = new ArrayList<CompletableFuture<ConfigurableApplicationContext>>();
      for (var name : Services.Name.values()) {
        var port = freePort();
        ports.add(port);
        starts.add(
            CompletableFuture.supplyAsync(
                () ->
                    new SpringApplicationBuilder(name.application())
                        .logStartupInfo(false)
                        .run(settings(port, database, kafkaPort)),
                start -> Thread.ofVirtual().start(start)));
        awaitEveryone("awaits the database", List.of(port), 503, "\"awaited\":\"the database\"");
      }
      // Each start sets up logging anew; all have done so by now.
      log.start();
      root.addAppender(log);
      stays(ports, "\"awaited\":\"the database\"");
      for (var port : ports) {
        assertThat(get(port, "/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(get(port, "/actuator/health/readiness").status()).isEqualTo(503);
        var asked = get(port, "/api/v3/info");
        assertThat(asked.status()).isEqualTo(503);
        assertThat(asked.header("Retry-After")).isPresent();
        assertThat(asked.header("Content-Type")).contains("application/problem+json");
        assertThat(asked.text()).contains("\"code\":\"starting\"", "\"retryable\":true");
      }
      try (var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), databasePort)) {
        assertThat(postgres.port()).isEqualTo(databasePort);
        awaitEveryone("awaits Kafka", ports, 503, "\"awaited\":\"Kafka\"");
        stays(ports, "\"awaited\":\"Kafka\"");
        assertThat(starts).noneMatch(CompletableFuture::isDone);
        var waiting =
            log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("Waiting for"))
                .toList();
        assertThat(waiting).as("a line a minute of each").hasSizeLessThan(3 * ports.size());
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage).toList())
            .as("and of nobody else")
            .allMatch(line ->
                waiting.contains(line)
                    || line.startsWith("What was awaited")
                    || line.startsWith("Time-zone rules"));
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), kafkaPort)) {
          assertThat(kafka.bootstrapServers()).endsWith(":" + kafkaPort);
          for (var start : starts) {
            contexts.add(start.get(3, TimeUnit.MINUTES));
          }
          awaitEveryone("is there", ports, 200, "\"status\":\"UP\"");
          contexts.forEach(ConfigurableApplicationContext::close);
        }
      }
    } finally {
      root.detachAppender(log);
    }
  }

  private String[] settings(int port, List<String> database, int kafkaPort) {
    var settings = new ArrayList<>(database);
    Collections.addAll(
        settings,
        "--server.port=" + port,
        "--server.address=127.0.0.1",
        "--maestro.dev=true",
        "--maestro.kafka.bootstrap-servers=127.0.0.1:" + kafkaPort,
        "--maestro.shards=4",
        "--maestro.step.shell.data-dir=" + folder.resolve("steps"),
        "--maestro.start.attempt=" + ATTEMPT,
        "--maestro.start.pause=50ms",
        "--maestro.start.patience=9m");
    return settings.toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void stays(List<Integer> ports, String said) throws IOException {
    var end = System.nanoTime() + AWAY.toNanos();
    while (System.nanoTime() < end) {
      for (var port : ports) {
        assertThat(get(port, "/actuator/health").text()).contains(said);
      }
    }
  }

  private static void awaitEveryone(String what, List<Integer> ports, int status, String said) {
    for (var port : ports) {
      await(
          what,
          () -> {
            try {
              var health = get(port, "/actuator/health");
              return health.status() == status && health.text().contains(said);
            } catch (IOException e) {
              return false; // nobody listens yet
            }
          });
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("every service %s", what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static RawHttp.Answer get(int port, String path) throws IOException {
    return RawHttp.send(
        port,
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            .formatted(path)
            .getBytes(StandardCharsets.US_ASCII));
  }
}

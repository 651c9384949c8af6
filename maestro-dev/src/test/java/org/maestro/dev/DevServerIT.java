package org.maestro.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedStartException;

class DevServerIT {

  @TempDir Path folder;

  @Test
  void everythingStartsStopsAndStartsAgainInTheSameFolder() throws Exception {
    var options = new DevOptions(freePort(), folder, "", List.of());
    for (int start = 1; start <= 2; start++) {
      try (var _ = DevServer.start(options)) {
        assertThat(health(options.port())).contains("\"status\":\"UP\"");
        assertThat(Files.readString(folder.resolve("services.log"))).contains("This scheduler has");
      }
    }
  }

  @Test
  void aDatabaseAndABrokerThatDieAreStartedAgain() throws Exception {
    var options = new DevOptions(freePort(), folder, "", List.of());
    try (var _ = DevServer.start(options)) {
      for (int death = 1; death <= 2; death++) {
        var database = pid(folder.resolve("postgres/data/postmaster.pid"));
        var broker = pid(folder.resolve("kafka/process"));
        kill(database);
        kill(broker);
        awaitAnother(folder.resolve("postgres/data/postmaster.pid"), database);
        awaitAnother(folder.resolve("kafka/process"), broker);
        awaitUp(options.port());
      }
    }
  }

  private static void awaitUp(int port) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!health(port).contains("\"status\":\"UP\"")) {
      assertThat(System.nanoTime()).as("the engine is up again").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** The number of the process that the first word of a file names; 0 if there is none now. */
  private static long pid(Path file) throws IOException {
    var words = Files.exists(file) ? Files.readString(file).strip().split("\\s", 2) : null;
    return words == null || words[0].isEmpty() ? 0 : Long.parseLong(words[0]);
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid)).isPresent();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static void awaitAnother(Path file, long dead) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (pid(file) == dead || ProcessHandle.of(pid(file)).isEmpty()) {
      assertThat(System.nanoTime()).as("%s names another process", file).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Test
  void aTakenPortIsToldInOneSentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var options = new DevOptions(taken.getLocalPort(), folder, "", List.of());
      assertThatThrownBy(() -> DevServer.start(options))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("is taken by another program");
    }
  }

  private static String health(int port) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/health"))
              .timeout(Duration.ofSeconds(60))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
      }
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

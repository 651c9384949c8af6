package org.maestro.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaestroServerTest {

  @Test
  void aClosedOneLeavesNoClientBehindAndSaysNothingMore() throws IOException {
    var stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stub.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    stub.start();
    try (var http = HttpClient.newHttpClient()) {
      var said = new ArrayList<String>();
      var server =
          new MaestroServer(
              new Connection(
                  URI.create("http://127.0.0.1:" + stub.getAddress().getPort()), null, null),
              http,
              _ -> {},
              said::add,
              _ -> {});
      assertThat(server.tree(Route.of("info"))).isEqualTo(Map.of());
      server.say("once");
      server.close();
      server.say("twice");
      assertThat(http.isTerminated()).isTrue();
      assertThat(said).isEqualTo(List.of("once"));
    } finally {
      stub.stop(0);
    }
  }
}

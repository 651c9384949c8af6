package org.maestro.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.maestro.cli.command.Commands;
import org.maestro.cli.command.Surroundings;
import org.maestro.cli.watch.Screen;
import org.maestro.zones.Zones;

/**
 * Does once what commands do, so that Java can archive the classes and start fast from then on. The
 * start script runs it after a build. It talks to a server of its own and touches no files.
 */
public final class Training {
  private static final String ANSWER =
      """
      {"workflow_id": "hello", "workflow_instance_id": 1, "workflow_run_id": 1, "step_id": "a",
       "status": "SUCCEEDED", "running": false, "reasons": [{"code": "ENDED", "message": "-"}],
       "elements": [{"workflow_id": "hello", "workflow_instance_id": 1, "status": "SUCCEEDED"}],
       "page_info": {"has_next_page": false}, "latest_instance_id": 1, "create_time": 1,
       "runtime_workflow": {"steps": [{"step": {"id": "a", "type": "NoOp"}}]},
       "aggregated_info": {"step_aggregated_views": {"a": {"status": "SUCCEEDED", "start_time": 1}}},
       "workflow_definition": {"metadata": {"workflow_version_id": 1}},
       "workflow": {"id": "hello", "steps": [{"step": {"id": "a", "type": "NoOp"}}]},
       "metadata": {"workflow_version_id": 1}, "timeline": [], "text": "-", "eof": true}
      """;

  private static final String DEFINITION =
      """
      {"properties": {"owner": "me"}, "workflow": {"id": "hello", "params":
        {"who": {"type": "STRING", "value": "x"}}, "steps": [
        {"step": {"id": "a", "type": "NoOp", "transition": {"successors": {"b": "1 > 0"}}}},
        {"step": {"id": "b", "type": "NoOp"}}]}}
      """;

  private static final Screen SCREEN =
      new Screen() {
        @Override
        public int width() {
          return 80;
        }

        @Override
        public int height() {
          return 24;
        }
      };

  private Training() {}

  /** Runs every kind of command once. */
  public static void main(String[] arguments) throws IOException {
    Zones.install();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    try {
      var address = "http://127.0.0.1:" + server.getAddress().getPort();
      for (var command :
          List.of(
              "version",
              "--help",
              "validate -",
              "validate - --format=json",
              "diff -",
              "push -",
              "run hello --watch",
              "ls",
              "ls hello#1",
              "ls hello#1/a",
              "get hello",
              "describe hello#1",
              "explain hello#1",
              "logs hello#1/a",
              "names h")) {
        Commands.execute(around(address), command.split(" ", -1));
      }
    } finally {
      server.stop(0);
    }
  }

  private static Surroundings around(String address) {
    return new Surroundings(
        new Surroundings.Streams(
            new ByteArrayInputStream(DEFINITION.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            true,
            true,
            SCREEN),
        new Surroundings.User(
            Map.of("MAESTRO_SERVER", address, "MAESTRO_CONFIG", "/nonexistent/maestro"),
            Path.of("/nonexistent"),
            "training"),
        Path.of("").toAbsolutePath(),
        InstantSource.system(),
        ZoneOffset.UTC,
        _ -> {},
        () -> "00000000-0000-0000-0000-000000000000",
        _ -> () -> {});
  }
}

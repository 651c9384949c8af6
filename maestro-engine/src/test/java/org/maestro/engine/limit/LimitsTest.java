package org.maestro.engine.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.shell;
import static org.maestro.engine.Workflows.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.engine.EngineClient;
import org.maestro.engine.EngineClient.RunName;
import org.maestro.engine.TestEngine;
import org.maestro.engine.run.shard.Shards;
import org.maestro.service.database.TestDatabase;

/** One client that takes all it can get leaves the others what they need. */
class LimitsTest {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @TempDir Path dir;

  private final TestDatabase database = TestDatabase.create();
  private final List<Socket> sockets = new ArrayList<>();
  private TestEngine engine;
  private EngineClient client;

  @BeforeEach
  void start() {
    engine = TestEngine.start(database, dataDir(), "maestro.limits.patience=4s");
    client = new EngineClient(engine);
  }

  @AfterEach
  void stop() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    engine.close();
    database.close();
  }

  private String dataDir() {
    return "maestro.step.shell.data-dir=" + dir.resolve("steps");
  }

  /** A run whose step prints a line and stays. */
  private RunName printing() {
    client.push(workflow("w", shell("s", "echo first-line; sleep 600", List.of())));
    var run = client.start("w");
    var logs = run.path() + "/steps/s/attempts/latest/logs";
    awaitUntil(
        "it has printed",
        () -> engine.call("GET", logs, null).text().contains("first-line"),
        () -> engine.call("GET", logs, null).text());
    return run;
  }

  private static String follow(RunName run, String user) {
    return "GET %s/steps/s/attempts/latest/logs/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nuser: %s\r\n\r\n"
        .formatted(run.path(), user);
  }

  private Socket send(int port, String text) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private int port() {
    return engine.context().getWebServer().getPort();
  }

  /** The head of an answer and, if it is whole by then, what follows. */
  private static String answer(Socket socket) throws IOException {
    var answer = new StringBuilder();
    var bytes = new byte[8_192];
    while (!answer.toString().contains("\r\n\r\n")) {
      var n = socket.getInputStream().read(bytes);
      if (n < 0) {
        break;
      }
      answer.append(new String(bytes, 0, n, StandardCharsets.ISO_8859_1));
    }
    return answer.toString();
  }

  private void healthIsThere() {
    var began = System.nanoTime();
    assertThat(engine.call("GET", "/actuator/health", null, Map.of()).status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  @Timeout(180)
  void aThousandFollowersOfOneCallerLeaveRoomForOthers() throws Exception {
    var run = printing();
    var refused = new ArrayList<String>();
    var following = 0;
    for (int i = 0; i < 1_060; i++) {
      var answer = answer(send(port(), follow(run, "greedy")));
      if (answer.startsWith("HTTP/1.1 200")) {
        following++;
      } else {
        refused.add(answer);
      }
    }
    assertThat(following).isEqualTo(64);
    assertThat(refused)
        .allSatisfy(answer ->
            assertThat(answer)
                .startsWith("HTTP/1.1 429")
                .contains("Retry-After: ", "Connection: close"));
    healthIsThere();
    assertThat(answer(send(port(), follow(run, "modest")))).startsWith("HTTP/1.1 200");
    client.action(run, "kill");
    awaitUntil(
        "ended logs are followed no more",
        () -> {
          try {
            return answer(send(port(), follow(run, "greedy"))).startsWith("HTTP/1.1 200");
          } catch (IOException e) {
            return false;
          }
        },
        () -> "still refused");
  }

  @Test
  @Timeout(120)
  void clientsThatNeverFinishTheirRequestTakeNoPlaceForLong() throws Exception {
    for (int i = 0; i < 1_200; i++) {
      send(port(), "GET /actuator/health HTTP/1.1\r\nX-");
      if (i % 200 == 0) {
        healthIsThere();
      }
    }
    healthIsThere();
    var slow = send(port(), "GET /actuator/health HTTP/1.1\r\nX-");
    slow.setSoTimeout(500);
    var began = System.nanoTime();
    while (!isClosed(slow.getInputStream())) {
      dribble(slow);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }
    healthIsThere();
  }

  private static void dribble(Socket socket) {
    try {
      socket.getOutputStream().write('a');
    } catch (IOException e) {
      // It is closed; reading says so.
    }
  }

  private static boolean isClosed(InputStream in) {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  @Timeout(120)
  void aNodeThatStopsLetsItsShardsGoEndsItsStreamsAndIsGoneInAMoment() throws Exception {
    var run = printing();
    var log = dir.resolve("node.log");
    var node =
        TestEngine.startProcess(
            database, log, dataDir(), "logging.level.org.springframework.boot.tomcat=INFO");
    try {
      awaitUntil(
          "the other node has half of the shards",
          () -> shards().owned().size() == TestEngine.SHARDS / 2 && PORT.matcher(read(log)).find(),
          () -> shards().owned() + read(log));
      var found = PORT.matcher(read(log));
      assertThat(found.find()).isTrue();
      var followers = new ArrayList<Socket>();
      for (int i = 0; i < 5; i++) {
        var follower = send(Integer.parseInt(found.group(1)), follow(run, "tester"));
        assertThat(answer(follower)).startsWith("HTTP/1.1 200");
        followers.add(follower);
      }
      var began = System.nanoTime();
      node.destroy();
      assertThat(node.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      for (var follower : followers) {
        assertThat(new String(follower.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .contains("event:closing");
      }
      awaitUntil(
          "this node has all shards",
          () -> shards().owned().size() == TestEngine.SHARDS,
          () -> shards().owned() + "");
      assertThat(read(log)).doesNotContain("ERROR");
    } finally {
      node.destroyForcibly().waitFor();
    }
  }

  private Shards shards() {
    return engine.context().getBean(Shards.class);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  @Timeout(60)
  void theManagementPortHasTheSameGateAndThePublicOneNoManagement() throws Exception {
    engine.close();
    engine = TestEngine.start(database, dataDir(), "maestro.management.port=0");
    var port =
        engine
            .context()
            .getEnvironment()
            .getRequiredProperty("local.management.port", Integer.class);
    assertThat(port).isNotEqualTo(port());
    for (var method : List.of("GET", "HEAD")) {
      var health = method + " /actuator/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
      assertThat(answer(send(port, health))).startsWith("HTTP/1.1 200");
      assertThat(answer(send(port(), health))).startsWith("HTTP/1.1 404");
    }
    var foreign = "GET /actuator/health HTTP/1.1\r\nHost: example.org\r\n\r\n";
    assertThat(answer(send(port, foreign))).startsWith("HTTP/1.1 403");
  }
}

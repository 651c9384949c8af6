package org.maestro.engine.step.runtime.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.param;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maestro.embedded.EmbeddedPodman;
import org.maestro.engine.TestEngine;
import org.maestro.engine.Workflows;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.ShardConsumer;
import org.maestro.messaging.ShardListener;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.messaging.TestKafka;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fifty random secrets go to jobs that show them in every way they can. Afterwards rows, messages,
 * files, logs, answers and the memory of the engine are searched for each of their forms.
 */
class SecretCanaryTest {
  private static final int COUNT = 50;
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final Set<String> ENDS = Set.of("SUCCEEDED", "FAILED");

  private static final String SCRIPT =
      """
      printf '%s\\n' "$S" "and $S"
      printf '%s\\n' "$S" >&2
      printf %s "$S" | base64
      printf 'x%s' "$S" | base64
      printf 'xy%sz' "$S" | base64
      printf %s "${S%????}"
      sleep 0.05
      printf '%s\\n' "${S#"${S%????}"}"
      echo 'MAESTRO_OUTPUT_START{"params": {"o": {"type": "STRING", "value": "'"$S"'"}}}MAESTRO_OUTPUT_END'
      exit STATUS
      """;

  private final long seed = System.nanoTime();
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> values = new ArrayList<>();
  private final Map<String, String> found = new LinkedHashMap<>();
  private Masks masks = Masks.NONE;

  @TempDir Path folder;

  private String random(Random random, int kind) {
    var letters =
        switch (kind) {
          case 0 -> "abcdefghijklmnopqrstuvwxyz0123456789";
          case 1 -> "abcXYZ019+/=&?%'\"\\$!";
          case 2 -> "abc XYZ 019 _-";
          case 3 -> "abcäöü€жΩ019";
          default -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        };
    var value = new StringBuilder("k");
    for (var i = 0; i < 18 + random.nextInt(14); i++) {
      value.append(letters.charAt(random.nextInt(letters.length())));
    }
    return kind == 4 ? value + "\n" + value.reverse() + "\nend" : value + "k";
  }

  private void look(String where, String text) {
    if (!masks.mask(text).equals(text)) {
      found.put(where, text.length() < 2_000 ? text : text.length() + " characters");
    }
  }

  @Test
  @Timeout(300)
  void fiftySecretsLeaveNothingBehind() throws Exception {
    var random = new Random(seed);
    var kept = Files.createDirectory(folder.resolve("secrets"));
    for (var i = 0; i < COUNT; i++) {
      values.add(random(random, i % 5));
      Files.writeString(kept.resolve("s" + i), values.getLast() + "\n");
    }
    masks = Masks.of(values);
    var echo = echo();
    var podman = EmbeddedPodman.find();
    var log = folder.resolve("engine.log");
    var messages = new ConcurrentLinkedQueue<String>();
    try (var database = TestDatabase.create();
        var _ = heard(TestEngine.eventsTopic(database), messages);
        var _ = heard(database.name() + ".commands", messages)) {
      var settings =
          new ArrayList<>(
              List.of(
                  "maestro.step.shell.data-dir=" + folder.resolve("steps"),
                  "maestro.step.http.allow-list=127.0.0.1",
                  "maestro.secrets.scopes.canary.folder=" + kept,
                  "maestro.secrets.scopes.canary.owners=tester",
                  "logging.level.org.springframework.boot.tomcat=INFO"));
      podman.ifPresent(there -> settings.add("maestro.runtimes.docker.socket=" + there.socket()));
      var engine = TestEngine.startProcess(database, log, settings.toArray(String[]::new));
      try {
        var base = base(log);
        for (var i = 0; i < COUNT; i++) {
          push(base, i, echo.getAddress().getPort(), podman.isPresent());
        }
        var runs = new ArrayList<String>();
        for (var i = 0; i < COUNT; i++) {
          runs.add("/api/v3/workflows/canary-" + i + "/instances/1/runs/1");
        }
        awaitUntil(
            "all runs end",
            () -> runs.stream().allMatch(run -> ENDS.contains(status(base, run))),
            () -> runs.stream().map(run -> run + " " + status(base, run)).toList().toString());
        var failed = runs.stream().filter(run -> status(base, run).equals("FAILED")).count();
        assertThat(failed).as("some are to fail, and some not").isBetween(10L, 45L);

        searchAnswers(base, runs);
        database
            .jdbc()
            .sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
            .query(String.class)
            .list()
            .forEach(table ->
                database
                    .jdbc()
                    .sql("SELECT CAST(t AS TEXT) FROM \"" + table + "\" t")
                    .query(String.class)
                    .list()
                    .forEach(row -> look("table " + table, row)));
        assertThat(messages).hasSizeGreaterThan(COUNT);
        messages.forEach(message -> look("message", message));
        // Buffers of connections and threads that have nothing to do any more go after ten seconds.
        awaitUntil(
            "the engine has forgotten them",
            () -> inMemory(engine.pid()) == 0,
            () -> inMemory(engine.pid()) + " bytes in memory, seed " + seed);
      } finally {
        engine.destroy();
        if (!engine.waitFor(20, TimeUnit.SECONDS)) {
          engine.destroyForcibly().waitFor();
        }
      }
    } finally {
      echo.stop(0);
    }
    searchFiles(kept);
    assertThat(found).as("seed " + seed).isEmpty();
    assertThat(Files.readString(log)).doesNotContain(" ERROR ");
  }

  private static ShardConsumer heard(String topic, Queue<String> messages) {
    var consumer =
        new ShardConsumer(
            KafkaSettings.plain(TestKafka.bootstrapServers(), topic + "-canary", "canary"),
            topic,
            new Listener(messages));
    consumer.start();
    return consumer;
  }

  private record Listener(Queue<String> messages) implements ShardListener {
    @Override
    public Map<Integer, Long> onAssigned(Set<Integer> partitions) {
      return Map.of();
    }

    @Override
    public void onRevoked(Set<Integer> partitions) {}

    @Override
    public void onLost(Set<Integer> partitions) {}

    @Override
    public void onCommands(int partition, List<ReceivedMessage> received) {
      received.forEach(one ->
          messages.add(one.key() + " " + one.headers() + " " + new String(one.value(), UTF_8)));
    }

    @Override
    public void onOffsetReset(int partition, long expected, long continuesAt) {}
  }

  private HttpServer echo() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var body =
              exchange.getRequestHeaders().get("X-Secret")
                  + new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          var bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/well") ? 200 : 500, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private URI base(Path log) {
    awaitUntil("it serves", () -> PORT.matcher(read(log)).find(), () -> read(log));
    var port = PORT.matcher(read(log));
    assertThat(port.find()).isTrue();
    return URI.create("http://127.0.0.1:" + port.group(1));
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void push(URI base, int i, int port, boolean hasContainers) {
    var name = "${secret://canary/s" + i + "}";
    var fails = i % 2 == 0;
    var script = SCRIPT.replace("STATUS", fails ? "3" : "0");
    var id = "canary-" + i;
    var step =
        switch (i % 3) {
          case 0 -> http(name, "http://127.0.0.1:" + port + (fails ? "/badly" : "/well"));
          case 1 -> shell(name, script);
          default -> hasContainers ? container(name, script) : shell(name, script);
        };
    post(
        base,
        "/api/v3/workflows",
        Map.of("properties", Map.of("owner", "tester"), "workflow", Workflows.workflow(id, step)));
    post(
        base,
        "/api/v3/workflows/" + id + "/versions/latest/actions/start",
        Map.of("initiator", Map.of("type", "manual")));
  }

  private static Map<String, Object> http(String name, String url) {
    return step(
        "Http",
        Map.of(
            "http",
            param(
                "MAP",
                Map.of(
                    "url",
                    param("STRING", url),
                    "method",
                    param("STRING", "POST"),
                    "headers",
                    param("STRING_MAP", Map.of("X-Secret", "Bearer " + name)),
                    "body",
                    param("STRING", "{\"it\": \"" + name + "\"}")))));
  }

  private static Map<String, Object> shell(String name, String script) {
    return step(
        "Shell",
        Map.of(
            "script",
            param("STRING", script.replace("$", "$$")),
            "env",
            param("STRING_MAP", Map.of("S", name))));
  }

  private static Map<String, Object> container(String name, String script) {
    return step(
        "Docker",
        Map.of(
            "docker",
            param(
                "MAP",
                Map.of(
                    "image",
                    param("STRING", EmbeddedPodman.IMAGE),
                    "env",
                    param("STRING_MAP", Map.of("S", name)),
                    "command",
                    param("STRING_ARRAY", List.of("sh", "-c", script.replace("$", "$$")))))));
  }

  private static Map<String, Object> step(String type, Map<String, Object> params) {
    var all = new HashMap<>(params);
    all.put("o", param("STRING", "nothing yet"));
    return Workflows.typed("s", type, List.of(), all, Workflows.NO_RETRY);
  }

  private void post(URI base, String path, Map<String, Object> body) {
    var answer = ask(base, "POST", path, json.writeValueAsString(body));
    look("POST " + path, answer);
  }

  private String ask(URI base, String method, String path, String body) {
    try {
      var response =
          http.send(
              HttpRequest.newBuilder(base.resolve(path))
                  .header("user", "tester")
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(response.statusCode())
          .as(path + " " + response.body())
          .isBetween(200, 404); // Http steps have no log
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private String status(URI base, String run) {
    return json.readTree(ask(base, "GET", run, "")).path("status").asString();
  }

  private void searchAnswers(URI base, List<String> runs) {
    var shown = new HashSet<String>();
    for (var run : runs) {
      for (var path :
          List.of(
              run + "?enriched=true",
              run + "/steps",
              run + "/why",
              run + "/steps/s/attempts/latest/logs",
              run + "/steps/s/attempts/latest/logs?stream=stderr")) {
        var answer = ask(base, "GET", path, "");
        look("GET " + path, answer);
        if (answer.contains("***")) {
          shown.add(path.substring(run.length()));
        }
      }
    }
    assertThat(shown).as("where something was hidden").hasSizeGreaterThan(2);
    look("metrics", ask(base, "GET", "/actuator/prometheus", ""));
  }

  private void searchFiles(Path kept) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(kept) && !file.toString().endsWith(".hprof")) {
          look("file " + folder.relativize(file), new String(Files.readAllBytes(file), UTF_8));
        }
      }
    }
  }

  /** How many bytes of secrets the engine still holds. */
  private long inMemory(long pid) {
    try {
      return searched(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private long searched(long pid) throws IOException, InterruptedException {
    var dump = folder.resolve("heap.hprof");
    Files.deleteIfExists(dump);
    var dumped =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.heap_dump",
                dump.toString())
            .redirectErrorStream(true)
            .start();
    var said = new String(dumped.getInputStream().readAllBytes(), UTF_8);
    assertThat(dumped.waitFor()).as(said).isZero();
    var stream = masks.stream();
    long seen = 0;
    try (var in = Files.newInputStream(dump)) {
      var piece = new byte[1 << 20];
      for (var n = in.read(piece); n >= 0; n = in.read(piece)) {
        seen += stream.pass(Arrays.copyOf(piece, n)).length;
      }
      seen += stream.end().length;
    }
    return Files.size(dump) - seen;
  }
}

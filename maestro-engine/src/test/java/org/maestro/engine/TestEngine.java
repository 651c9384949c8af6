package org.maestro.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.TestKafka;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole engine on a port of its own over a test database, and a client for it. Engines over the
 * same database are nodes of one installation; all share one broker.
 */
public final class TestEngine implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = StrictJson.mapper();

  /** Fewer than an installation has: an engine per test class starts faster. */
  public static final int SHARDS = 8;

  private final ServletWebServerApplicationContext context;
  private final URI base;

  private TestEngine(ServletWebServerApplicationContext context) {
    this.context = context;
    this.base = URI.create("http://127.0.0.1:" + context.getWebServer().getPort());
  }

  /** In development mode: the header {@code user} names the caller. */
  public static TestEngine start(TestDatabase database, String... settings) {
    return startWithout(database, with(settings, "maestro.dev=true"));
  }

  /** With nothing but the given settings. */
  public static TestEngine startWithout(TestDatabase database, String... settings) {
    var context =
        new SpringApplicationBuilder(EngineApplication.class)
            .logStartupInfo(false)
            .run(arguments(database, settings).toArray(String[]::new));
    return new TestEngine((ServletWebServerApplicationContext) context);
  }

  /** In development mode, with further beans. */
  public static TestEngine startWith(
      Class<?> configuration, TestDatabase database, String... settings) {
    var context =
        new SpringApplicationBuilder(EngineApplication.class, configuration)
            .logStartupInfo(false)
            .run(arguments(database, with(settings, "maestro.dev=true")).toArray(String[]::new));
    return new TestEngine((ServletWebServerApplicationContext) context);
  }

  /** Another node in a process of its own, in development mode; whoever starts it ends it. */
  public static Process startProcess(TestDatabase database, Path log, String... settings) {
    return startProcess(EngineApplication.class, database, log, settings);
  }

  /** Another node in a process of its own that begins with a main class of the test. */
  public static Process startProcess(
      Class<?> main, TestDatabase database, Path log, String... settings) {
    return startProcess(main, "256m", database, log, settings);
  }

  /** The same with so much memory, beyond which it ends with exit status 3. */
  public static Process startProcess(
      Class<?> main, String heap, TestDatabase database, Path log, String... settings) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx" + heap));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(arguments(database, with(settings, "maestro.dev=true")));
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> arguments(TestDatabase database, String... settings) {
    var all =
        with(
            settings,
            "maestro.shards=" + SHARDS,
            "maestro.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
            "maestro.kafka.topic-prefix=" + database.name(),
            "spring.datasource.hikari.transaction-isolation=" + TestDatabase.isolation(),
            "spring.datasource.url=" + database.url(),
            "spring.datasource.username=",
            "spring.datasource.password=");
    var arguments = new ArrayList<String>();
    if (List.of(settings).stream().noneMatch(setting -> setting.startsWith("server.port="))) {
      arguments.add("--server.port=0");
    }
    for (var setting : all) {
      arguments.add("--" + setting);
    }
    return arguments;
  }

  /** Where engines over this database publish status changes. */
  public static String eventsTopic(TestDatabase database) {
    return database.name() + ".events";
  }

  private static String[] with(String[] settings, String... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(List.of(settings));
    return all.toArray(String[]::new);
  }

  public ServletWebServerApplicationContext context() {
    return context;
  }

  /** Asks as the user "tester"; a null body sends none. */
  public Answer call(String method, String path, Object body) {
    return call(method, path, body, Map.of("user", "tester"));
  }

  public Answer call(String method, String path, Object body, Map<String, String> headers) {
    var text =
        body == null || body instanceof String ? (String) body : JSON.writeValueAsString(body);
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(
                method,
                text == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(text));
    if (text != null && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          response.headers().firstValue("Retry-After").orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An answer that goes on: its status, and its lines as they come; whoever asks closes those. */
  public HttpResponse<Stream<String>> follow(String path, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(base.resolve(path));
    headers.forEach(request::header);
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }

  /** A status and a body, and what was said about trying again. */
  public record Answer(int status, String contentType, String text, String retryAfter) {

    /** The body as a JSON object. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> json() {
      return JSON.readValue(text, Map.class);
    }

    /** The member at a path of names of nested objects. */
    public Object at(String... names) {
      Object value = json();
      for (var name : names) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
      return value;
    }
  }
}

package org.maestro.scheduler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ServiceTopics;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.TestKafka;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole scheduler on a port of its own over a test database and the tests' broker. */
public final class TestScheduler implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = StrictJson.mapper();

  private final ConfigurableApplicationContext context;

  private TestScheduler(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** In development mode: the header {@code user} names the caller. */
  public static TestScheduler start(TestDatabase database, String... settings) {
    var arguments = new ArrayList<String>();
    for (var setting :
        List.of(
            "server.port=0",
            "maestro.dev=true",
            "maestro.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
            "maestro.kafka.topic-prefix=" + database.name(),
            "spring.datasource.hikari.transaction-isolation=" + TestDatabase.isolation(),
            "spring.datasource.url=" + database.url(),
            "spring.datasource.username=",
            "spring.datasource.password=")) {
      arguments.add("--" + setting);
    }
    for (var setting : settings) {
      arguments.add("--" + setting);
    }
    return new TestScheduler(
        new SpringApplicationBuilder(SchedulerApplication.class)
            .logStartupInfo(false)
            .run(arguments.toArray(String[]::new)));
  }

  /** The topics that a scheduler over this database uses. */
  public static ServiceTopics topics(TestDatabase database) {
    return ServiceTopics.of(database.name());
  }

  /** What came back. */
  public record Answer(int status, JsonNode body) {}

  /** Asks as this user; a null body sends none. */
  public Answer call(String user, String method, String path, @Nullable Object body) {
    var uri =
        "http://127.0.0.1:"
            + context.getBeanFactory().resolveEmbeddedValue("${local.server.port}")
            + path;
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("user", user)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}

package org.maestro.engine.api.permit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.maestro.engine.TestEngine.Answer;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** A few routes of the engine over a test database, without what runs workflows. */
public final class TestRoutes implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = StrictJson.mapper();

  private final ServletWebServerApplicationContext context;

  public TestRoutes(TestDatabase database, Class<?> configuration) {
    context =
        (ServletWebServerApplicationContext)
            new SpringApplicationBuilder(configuration)
                .logStartupInfo(false)
                .run(
                    "--maestro.dev=true",
                    "--server.port=0",
                    "--spring.datasource.url=" + database.url(),
                    "--spring.datasource.username=",
                    "--spring.datasource.password=");
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Asks as the user "tester"; a null body sends none. */
  public Answer call(String method, String path, Object body) {
    var uri = "http://127.0.0.1:" + context.getWebServer().getPort() + "/api/v3" + path;
    var request =
        HttpRequest.newBuilder(URI.create(uri))
            .header("user", "tester")
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    try {
      var response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          "");
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
}

package org.maestro.signal;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.TopicAdmin;
import org.maestro.messaging.TopicConsumer;
import org.maestro.messaging.Topics;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.SignalRequest;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.TestKafka;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** Signal services over one database and one set of topics, and the engine's side of the topics. */
final class TestSignals implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final JsonMapper JSON = StrictJson.mapper();

  final TestDatabase database = TestDatabase.create();
  final String prefix = "t-" + database.name();
  final ServiceTopics topics = ServiceTopics.of(prefix);
  final List<EngineRequest> requests = new CopyOnWriteArrayList<>();
  final MessageSender sender;
  private final List<ConfigurableApplicationContext> replicas = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** With which requests come where the development mode is off. */
  String token = "none";

  private final TopicConsumer engine;

  TestSignals(String... properties) {
    replicas.add(start(properties));
    sender = new MessageSender(kafka("test"));
    engine =
        new TopicConsumer(
            kafka(prefix + ".engine"),
            topics.requests(),
            messages ->
                messages.forEach(
                    message -> requests.add(JSON.readValue(message.value(), EngineRequest.class))));
    engine.start();
  }

  /** A topic of another system. */
  static void makeTopic(String name, int partitions) {
    new TopicAdmin(kafka("test"), PATIENCE).ensure(new Topics(name, partitions, name + ".events"));
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KafkaSettings kafka(String group) {
    return KafkaSettings.plain(TestKafka.bootstrapServers(), group, "test");
  }

  ConfigurableApplicationContext start(String... properties) {
    var all = new ArrayList<String>();
    var port = freePort();
    ports.add(port);
    all.add("--spring.datasource.url=" + database.url());
    all.add("--spring.datasource.username=");
    all.add("--spring.datasource.password=");
    all.add("--maestro.kafka.bootstrap-servers=" + TestKafka.bootstrapServers());
    all.add("--maestro.kafka.topic-prefix=" + prefix);
    if (List.of(properties).stream().noneMatch(property -> property.contains(".security."))) {
      all.add("--maestro.dev=true");
    }
    all.add("--server.port=" + port);
    all.addAll(List.of(properties));
    return new SpringApplicationBuilder(SignalApplication.class).run(all.toArray(String[]::new));
  }

  ConfigurableApplicationContext addReplica() {
    var replica = start();
    replicas.add(replica);
    return replica;
  }

  /** An answer with its body as a tree. */
  record Answer(int status, Map<String, Object> body) {
    @SuppressWarnings("unchecked")
    <T> T get(String field) {
      return (T) body.get(field);
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, Object body) {
    return post(path, "application/json", JSON.writeValueAsString(body));
  }

  Answer post(String path, String type, String body, String... headers) {
    var request =
        request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.getFirst() + path))
        .header("user", "ann")
        .header("Authorization", "Bearer " + token)
        .timeout(PATIENCE);
  }

  @SuppressWarnings("unchecked")
  private Answer send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.body().isEmpty() ? Map.of() : JSON.readValue(answer.body(), Map.class));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Announces over REST. */
  Answer announce(String name, Map<String, Object> params) {
    return post("/api/v3/signals", Map.of("name", name, "params", params));
  }

  /** Sends as the engine does. */
  void tell(String topic, String key, Object message) {
    tell(topic, key, JSON.writeValueAsString(message));
  }

  void tell(String topic, String key, String body) {
    sender
        .send(
            List.of(
                new OutgoingMessage(
                    topic, null, key, body.getBytes(StandardCharsets.UTF_8), Map.of())))
        .join();
  }

  /** One after the other, without waiting for each. */
  void tellAll(String topic, List<? extends SignalRequest> messages) {
    sender
        .send(
            messages.stream()
                .map(message ->
                    new OutgoingMessage(
                        topic, null, message.name(), JSON.writeValueAsBytes(message), Map.of()))
                .toList())
        .join();
  }

  <T extends EngineRequest> List<T> requests(Class<T> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Looks again and again until it is so. */
  static void await(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("expected within " + PATIENCE + ": " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  @Override
  public void close() {
    engine.close();
    sender.close();
    replicas.forEach(ConfigurableApplicationContext::close);
    database.close();
  }
}

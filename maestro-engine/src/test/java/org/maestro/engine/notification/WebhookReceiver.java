package org.maestro.engine.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.maestro.service.json.StrictJson;
import tools.jackson.databind.json.JsonMapper;

/** A server that takes webhooks as somebody else would, and believes signed ones only. */
final class WebhookReceiver implements AutoCloseable {
  static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
  private static final JsonMapper JSON = StrictJson.mapper();

  /** What came to a path. */
  record Delivered(String path, String id, Map<String, Object> body, boolean isSigned) {
    @SuppressWarnings("unchecked")
    Map<String, Object> data() {
      return body.get("data") instanceof Map<?, ?> data ? (Map<String, Object>) data : Map.of();
    }
  }

  final List<Delivered> delivered = new CopyOnWriteArrayList<>();

  /** What the next request to a path is answered; 204 when there is nothing said. */
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();

  private final AtomicLong held = new AtomicLong();
  private volatile CountDownLatch gate = new CountDownLatch(0);
  private final HttpServer server;

  WebhookReceiver() {
    this(0);
  }

  WebhookReceiver(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  /** Answers nobody until {@link #release}. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  long held() {
    return held.get();
  }

  void release() {
    gate.countDown();
  }

  /** Once; 200 comes with a long page. */
  void answerNext(String path, int status) {
    answers.put(path, status);
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  @SuppressWarnings("unchecked")
  private void take(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readAllBytes();
    var headers = exchange.getRequestHeaders();
    delivered.add(
        new Delivered(
            exchange.getRequestURI().getPath(),
            String.valueOf(headers.getFirst("webhook-id")),
            JSON.readValue(body, Map.class),
            isSigned(
                headers.getFirst("webhook-id"),
                headers.getFirst("webhook-timestamp"),
                headers.getFirst("webhook-signature"),
                body)));
    held.incrementAndGet();
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      held.decrementAndGet();
    }
    var answer = answers.remove(exchange.getRequestURI().getPath());
    if (answer != null && answer == 302) {
      exchange.getResponseHeaders().add("Location", url("/elsewhere"));
    }
    if (answer != null && answer == 200) {
      exchange.sendResponseHeaders(answer, 0);
      try (var page = exchange.getResponseBody()) {
        page.write(new byte[1 << 20]);
      } catch (IOException _) {
        // nobody has to read it
      }
    } else {
      exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
    }
    exchange.close();
  }

  private static boolean isSigned(String id, String seconds, String signatures, byte[] body) {
    if (id == null || seconds == null || signatures == null) {
      return false;
    }
    if (Math.abs(Long.parseLong(seconds) - System.currentTimeMillis() / 1_000) > 300) {
      return false;
    }
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              Base64.getDecoder().decode(SECRET.substring("whsec_".length())), "HmacSHA256"));
      var signed = id + "." + seconds + "." + new String(body, StandardCharsets.UTF_8);
      var expected =
          "v1,"
              + Base64.getEncoder()
                  .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
      return List.of(signatures.split(" ")).stream()
          .anyMatch(one ->
              MessageDigest.isEqual(
                  one.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Delivered> about(String workflowId) {
    return delivered.stream()
        .filter(one -> workflowId.equals(one.data().get("workflow_id")))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package org.maestro.cli.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what a test wants, and remembers what it was asked. */
final class StubServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request as it came. */
  record Asked(String method, String path, Map<String, List<String>> headers, String body) {
    String line() {
      return method + " " + path;
    }
  }

  private sealed interface Answer {
    record Body(int status, String type, String text) implements Answer {}

    record Hangup() implements Answer {}
  }

  StubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The next answer to this request; the last one given goes for all further ones. */
  StubServer on(String line, int status, String json) {
    return add(line, new Answer.Body(status, "application/json", json));
  }

  StubServer problem(String line, int status, String code, String detail) {
    return add(
        line,
        new Answer.Body(
            status,
            "application/problem+json",
            "{\"status\":\"X\",\"code\":\"%s\",\"detail\":\"%s\",\"errors\":[\"%s\"]}"
                .formatted(code, detail, detail)));
  }

  StubServer text(String line, int status, String type, String text) {
    return add(line, new Answer.Body(status, type, text));
  }

  /** The connection is cut after the request was read. */
  StubServer hangup(String line) {
    return add(line, new Answer.Hangup());
  }

  private StubServer add(String line, Answer answer) {
    answers.computeIfAbsent(line, _ -> new ArrayDeque<>()).add(answer);
    return this;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var path = exchange.getRequestURI().toString().replace("/api/v3", "");
    var request =
        new Asked(
            exchange.getRequestMethod(), path, Map.copyOf(exchange.getRequestHeaders()), body);
    asked.add(request);
    var wanted = answers.getOrDefault(request.line(), new ArrayDeque<>());
    var answer = wanted.size() > 1 ? wanted.poll() : wanted.peek();
    switch (answer) {
      case Answer.Hangup _ -> exchange.close();
      case Answer.Body(int status, String type, String text) -> send(exchange, status, type, text);
      case null ->
          send(
              exchange,
              404,
              "application/problem+json",
              "{\"code\":\"not-found\",\"detail\":\"nothing at %s\"}".formatted(request.line()));
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  List<Asked> asked() {
    return asked;
  }

  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

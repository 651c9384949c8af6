package org.maestro.service.start;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers on a service's ports while it waits at its start: it is alive, it isn't healthy, and
 * everything else is to be asked later.
 */
final class StandInServer implements Startup.StandIn {
  private static final Logger log = LoggerFactory.getLogger(StandInServer.class);
  private static final String HEALTH = "/actuator/health";
  private static final long TRY_AGAIN_SECONDS = 5;

  private final List<HttpServer> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final JsonMapper json;
  private volatile String awaited;

  private StandInServer(JsonMapper json, String awaited) {
    this.json = json;
    this.awaited = awaited;
  }

  /** Opens the ports that can be opened; who can't be heard says nothing. */
  static StandInServer open(List<InetSocketAddress> addresses, JsonMapper json, String awaited) {
    var server = new StandInServer(json, awaited);
    addresses.forEach(server::listen);
    return server;
  }

  private void listen(InetSocketAddress address) {
    try {
      var server = HttpServer.create(address, 0);
      server.createContext("/", this::answer);
      server.setExecutor(threads);
      server.start();
      servers.add(server);
    } catch (IOException e) {
      log.warn("Nobody answers on {} until {} is there: {}", address, awaited, e.toString());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (path.equals(HEALTH + "/liveness")) {
        send(exchange, 200, "application/json", Map.of("status", "UP"));
      } else if (path.equals(HEALTH) || path.equals(HEALTH + "/readiness")) {
        send(exchange, 503, "application/json", Map.of("status", "DOWN", "awaited", awaited));
      } else {
        exchange.getResponseHeaders().set("Retry-After", Long.toString(TRY_AGAIN_SECONDS));
        send(exchange, 503, "application/problem+json", problem());
      }
    }
  }

  /** As all problems of services are. */
  private Map<String, Object> problem() {
    var detail = "this server starts when %s is there; try again".formatted(awaited);
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "urn:maestro:problem:starting");
    problem.put("title", "The server cannot answer now");
    problem.put("status", "SERVICE_UNAVAILABLE");
    problem.put("code", "starting");
    problem.put("detail", detail);
    problem.put("message", detail);
    problem.put("errors", List.of(detail));
    problem.put("retryable", true);
    return problem;
  }

  private void send(HttpExchange exchange, int status, String type, Object body)
      throws IOException {
    var bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    var isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
    if (!isHead) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Where a service listens; nowhere that anybody knows if the port is any. */
  static List<InetSocketAddress> addresses(@Nullable InetAddress address, @Nullable Integer port) {
    if (port == null || port <= 0) {
      return List.of();
    }
    return List.of(
        address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
  }

  @Override
  public void awaits(String what) {
    awaited = what;
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}

package org.maestro.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;

/** Clients that connect and never get to the end of their request. */
final class Crowd {
  private static final int SIZE = 500;
  private static final int CONNECT_MILLIS = 1_000;
  private static final long BETWEEN_BYTES = 500;

  private final List<URI> engines;

  Crowd(List<URI> engines) {
    this.engines = List.copyOf(engines);
  }

  /** Stands before every engine for so long. */
  void stand(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var engine : engines) {
        for (int i = 0; i < SIZE; i++) {
          clients.execute(() -> dawdle(engine, until));
        }
      }
    }
  }

  private static void dawdle(URI engine, long until) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(engine.getHost(), engine.getPort()), CONNECT_MILLIS);
      var out = socket.getOutputStream();
      out.write("GET /api/v3/workflows HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
      while (System.nanoTime() < until) {
        out.write('x');
        out.flush();
        Patience.rest(BETWEEN_BYTES);
      }
    } catch (IOException e) {
      // Sent away: what an engine may do with it.
    }
  }
}

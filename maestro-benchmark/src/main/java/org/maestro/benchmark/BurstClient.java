package org.maestro.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.maestro.zones.Zones;

/**
 * Starts a workflow very often at once, in a process of its own: plain sockets that stay open, so
 * that the client costs little of the machine that it shares with what it measures.
 */
final class BurstClient {
  private static final int CONNECTIONS = 64;

  private final InetSocketAddress server;
  private final String workflow;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final long[] nanos;

  private BurstClient(URI base, String workflow, int starts) {
    this.server = new InetSocketAddress(base.getHost(), base.getPort());
    this.workflow = workflow;
    this.nanos = new long[starts];
  }

  /** BASE WORKFLOW STARTS; prints seconds, refused, p50 and p99 in milliseconds. */
  public static void main(String[] arguments) {
    Zones.install();
    var client =
        new BurstClient(URI.create(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
    System.out.println(client.run());
  }

  private String run() {
    var began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CONNECTIONS; i++) {
        threads.execute(this::send);
      }
    }
    var seconds = (System.nanoTime() - began) / 1e9;
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "%.4f %d %.3f %.3f",
        seconds,
        refused.get(),
        nanos[nanos.length / 2] / 1e6,
        nanos[(int) (nanos.length * 0.99)] / 1e6);
  }

  private void send() {
    try (var socket = new Socket()) {
      socket.connect(server);
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      var out = socket.getOutputStream();
      for (int number = next.getAndIncrement();
          number < nanos.length;
          number = next.getAndIncrement()) {
        var began = System.nanoTime();
        out.write(request());
        if (status(in) / 100 != 2) {
          refused.incrementAndGet();
        }
        nanos[number] = System.nanoTime() - began;
      }
    } catch (IOException e) {
      refused.incrementAndGet();
    }
  }

  private byte[] request() {
    var body =
        "{\"initiator\":{\"type\":\"manual\"},\"request_id\":\"%s\"}".formatted(UUID.randomUUID());
    return """
    POST /api/v3/workflows/%s/versions/latest/actions/start HTTP/1.1\r
    Host: %s:%d\r
    user: tester\r
    Content-Type: application/json\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(workflow, server.getHostString(), server.getPort(), body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads a whole answer. */
  private static int status(InputStream in) throws IOException {
    var status = Integer.parseInt(line(in).split(" ", 3)[1]);
    var length = 0;
    var chunked = false;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      var lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      }
    }
    if (!chunked) {
      in.skipNBytes(length);
      return status;
    }
    for (var size = Integer.parseInt(line(in), 16); ; size = Integer.parseInt(line(in), 16)) {
      in.skipNBytes(size);
      line(in);
      if (size == 0) {
        return status;
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the server hung up");
      }
      if (c != '\r') {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}

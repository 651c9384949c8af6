package org.maestro.dev;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends whatever bytes it is given as a request, which no decent client would, and reads the
 * answer.
 */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 60_000;

  private RawHttp() {}

  /**
   * What came back.
   *
   * @param head the status line and the headers
   * @param body its bytes; empty for a stream of events, whose end isn't waited for
   */
  record Answer(int status, String head, byte[] body) {
    Optional<String> header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /**
   * The answer to a request on a connection of its own.
   *
   * @throws IOException if the connection ends before the answer does
   */
  static Answer send(int port, byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(request);
      var answer = read(socket.getInputStream(), isHead(request));
      // Whoever closes first remembers the connection for a minute, and there are only so many
      // ports.
      socket.setSoLinger(true, 0);
      return answer;
    }
  }

  private static boolean isHead(byte[] request) {
    return request.length > 5
        && new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
  }

  private static Answer read(InputStream in, boolean isHead) throws IOException {
    var head = head(in);
    var status = Integer.parseInt(head.split(" ")[1]);
    var answer = new Answer(status, head, new byte[0]);
    if (isHead || status == 204 || status == 304 || isEvents(answer)) {
      return answer;
    }
    var length = answer.header("Content-Length");
    if (length.isPresent()) {
      var body = in.readNBytes(Integer.parseInt(length.get()));
      if (body.length < Integer.parseInt(length.get())) {
        throw new EOFException("the answer ends within its body: " + head);
      }
      return new Answer(status, head, body);
    }
    return new Answer(
        status,
        head,
        answer.header("Transfer-Encoding").isPresent() ? chunks(in) : in.readAllBytes());
  }

  private static boolean isEvents(Answer answer) {
    return answer.header("Content-Type").orElse("").startsWith("text/event-stream");
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        throw new EOFException("the connection was closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static byte[] chunks(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      var size = Integer.parseInt(line(in), 16);
      body.writeBytes(in.readNBytes(size));
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed within a chunk");
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}

package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What the client was promised: every start that was acknowledged, on disk before the client counts
 * on it. Safe for use by several threads.
 */
final class AckLog implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  AckLog(Path file) {
    this.file = file;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A start as it was acknowledged; a repeated request may be acknowledged several times. */
  record Ack(String workflowId, String requestId, long instanceId) {}

  synchronized void append(Ack ack) {
    var line = "%s %s %d%n".formatted(ack.workflowId(), ack.requestId(), ack.instanceId());
    try {
      var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Ack> read() {
    try (var lines = Files.lines(file)) {
      return lines
          .map(line -> line.split(" ", -1))
          .map(fields -> new Ack(fields[0], fields[1], Long.parseLong(fields[2])))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

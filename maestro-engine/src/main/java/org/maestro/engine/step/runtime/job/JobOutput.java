package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.maestro.engine.step.runtime.job.OutputDocument.InvalidOutputException;

/**
 * Reads what a job that has ended left behind: its output parameters and its last words. The job
 * wrote all of it, so sizes are bounded and links aren't followed.
 */
public final class JobOutput {
  /** The attempt's token follows, and then the JSON: nobody else whose text is printed knows it. */
  public static final String MARKED_START = "MAESTRO_OUTPUT_START:";

  /** The end of every block. */
  public static final String END_MARK = "MAESTRO_OUTPUT_END";

  private static final byte[] START = "MAESTRO_OUTPUT_START".getBytes(UTF_8);
  private static final byte[] END = END_MARK.getBytes(UTF_8);
  private static final int LAST_WORDS_BYTES = 2_000;
  private static final int LAST_WORDS_LINES = 20;

  private JobOutput() {}

  /**
   * The output parameters: from the file at {@code $MAESTRO_OUTPUT} if it holds any, else from the
   * last block {@code MAESTRO_OUTPUT_START:TOKEN…MAESTRO_OUTPUT_END} in stdout, else from the last
   * one without a token. Blocks with another token are text like any other.
   *
   * @param token the attempt's; empty if blocks with it have been put aside
   * @throws InvalidOutputException if there are some that can't be understood
   */
  public static OutputDocument read(
      AttemptFolder folder, String token, int maxBytes, long nowMillis) throws IOException {
    var file = folder.params();
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return readPrinted(folder, token, maxBytes, nowMillis);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidOutputException("$MAESTRO_OUTPUT: expected a plain file");
    }
    try (var channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      if (channel.size() > maxBytes) {
        throw tooLong("$MAESTRO_OUTPUT", channel.size(), maxBytes);
      }
      var buffer = ByteBuffer.allocate((int) channel.size());
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // Until it is read whole.
      }
      var text = Arrays.copyOf(buffer.array(), buffer.position());
      if (new String(text, UTF_8).isBlank()) {
        return readPrinted(folder, token, maxBytes, nowMillis);
      }
      var written = OutputDocument.parse(text, "$MAESTRO_OUTPUT", nowMillis);
      return written.params().isEmpty() && !written.artifacts().isEmpty()
          ? written.withParams(readPrinted(folder, token, maxBytes, nowMillis))
          : written;
    }
  }

  private static OutputDocument readPrinted(
      AttemptFolder folder, String token, int maxBytes, long nowMillis) throws IOException {
    var marked = folder.marked();
    if (!Files.exists(marked)) {
      return readBlock(folder.stdout(), token, maxBytes, nowMillis);
    }
    if (Files.size(marked) > maxBytes) {
      throw tooLong("stdout, output block with the token", Files.size(marked), maxBytes);
    }
    return OutputDocument.parse(
        Files.readAllBytes(marked), "stdout, output block with the token", nowMillis);
  }

  private static OutputDocument readBlock(Path stdout, String token, int maxBytes, long nowMillis)
      throws IOException {
    // Mapped, not read: many jobs may end at once, and stdout may be long.
    try (var channel = FileChannel.open(stdout, StandardOpenOption.READ);
        var arena = Arena.ofConfined()) {
      var text = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena).asByteBuffer();
      var start = (MARKED_START + token).getBytes(UTF_8);
      if (token.isEmpty() || lastIndexOf(start, text, text.limit()) < 0) {
        start = START;
      }
      var begin = lastStart(start, text, text.limit());
      if (begin < 0) {
        return OutputDocument.EMPTY;
      }
      var end = indexOf(END, text, begin + start.length);
      if (end < 0) {
        throw new InvalidOutputException(
            "stdout: MAESTRO_OUTPUT_START at byte %d has no MAESTRO_OUTPUT_END".formatted(begin));
      }
      var from = begin + start.length;
      if (end - from > maxBytes) {
        throw tooLong("stdout, output block at byte " + begin, end - from, maxBytes);
      }
      var block = new byte[end - from];
      text.get(from, block);
      return OutputDocument.parse(block, "stdout, output block at byte " + begin, nowMillis);
    } catch (NoSuchFileException e) {
      return OutputDocument.EMPTY;
    }
  }

  /** Of a plain start, which is none with a token. */
  private static int lastStart(byte[] start, ByteBuffer text, int before) {
    var at = lastIndexOf(start, text, before);
    while (at >= 0 && start.length == START.length && hasToken(text, at + start.length)) {
      at = lastIndexOf(start, text, at);
    }
    return at;
  }

  private static boolean hasToken(ByteBuffer text, int at) {
    return at < text.limit() && text.get(at) == ':';
  }

  private static int indexOf(byte[] wanted, ByteBuffer text, int from) {
    for (var at = from; at <= text.limit() - wanted.length; at++) {
      if (text.get(at) == wanted[0]
          && text.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return at;
      }
    }
    return -1;
  }

  private static int lastIndexOf(byte[] wanted, ByteBuffer text, int before) {
    for (var at = before - wanted.length; at >= 0; at--) {
      if (text.get(at) == wanted[0]
          && text.slice(at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return at;
      }
    }
    return -1;
  }

  private static InvalidOutputException tooLong(String place, long bytes, int maxBytes) {
    return new InvalidOutputException(
        "%s: %,d bytes of output parameters, the limit is %,d".formatted(place, bytes, maxBytes));
  }

  /** The last lines of a stream, without characters that would garble a message. */
  public static String lastWords(Path stream) throws IOException {
    try (var channel = FileChannel.open(stream, StandardOpenOption.READ)) {
      var from = Math.max(0, channel.size() - LAST_WORDS_BYTES);
      var buffer = ByteBuffer.allocate((int) (channel.size() - from));
      channel.read(buffer, from);
      var text = new String(buffer.array(), 0, buffer.position(), UTF_8);
      var lines =
          text.replaceAll("\u001B\\[[0-9;]*[A-Za-z]", "")
              .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD")
              .strip()
              .split("\n");
      var first = Math.max(0, lines.length - LAST_WORDS_LINES);
      return String.join("\n", Arrays.asList(lines).subList(first, lines.length));
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}

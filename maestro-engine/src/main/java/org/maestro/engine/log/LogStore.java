package org.maestro.engine.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.engine.step.runtime.job.FolderWatch;
import org.maestro.model.document.Limit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streams of jobs that ran on this machine, as files in their attempts' folders. Reads are
 * bounded; following is driven by the file system's notifications. Files are read by the given
 * threads, never by the caller's: a virtual one would keep its carrier while a disk is slow.
 */
public final class LogStore {
  /** The most bytes that one read returns. */
  @Limit(value = "a page of a log", unit = "bytes")
  public static final int MAX_SLICE = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);
  private static final int LONGEST_CHARACTER = 4;

  /** So much of its end is looked at for the last lines. */
  private static final int END_BYTES = 8_192;

  private final AttemptFolders folders;
  private final FolderWatch watch;
  private final ExecutorService threads;

  public LogStore(AttemptFolders folders, FolderWatch watch, ExecutorService threads) {
    this.folders = folders;
    this.watch = watch;
    this.threads = threads;
  }

  /** The streams that have been written so far; none for an attempt without a local process. */
  public List<LogStream> streams(AttemptRef attempt) {
    return Arrays.stream(LogStream.values())
        .filter(stream -> Files.exists(file(attempt, stream)))
        .toList();
  }

  /** Whether the attempt was launched on this machine, so that it has streams or will have. */
  public boolean has(AttemptRef attempt) {
    return folder(attempt).exists();
  }

  /**
   * Reads from {@code offset} at most {@code limit} bytes.
   *
   * @param offset in bytes; behind the end gives an empty slice
   * @param limit from 4 to {@link #MAX_SLICE}; other values are moved into that range
   */
  public LogSlice read(AttemptRef attempt, LogStream stream, long offset, int limit)
      throws IOException, InterruptedException {
    try {
      return threads.submit(() -> readFile(attempt, stream, offset, limit)).get();
    } catch (ExecutionException e) {
      throw new IOException("the log of " + attempt.uuid() + " can't be read", e.getCause());
    }
  }

  private LogSlice readFile(AttemptRef attempt, LogStream stream, long offset, int limit)
      throws IOException {
    // Asked first: what is written between the two would otherwise be taken for the whole.
    var hasEnded = folder(attempt).hasEnded();
    var bytes = ByteBuffer.allocate(Math.clamp(limit, LONGEST_CHARACTER, MAX_SLICE));
    var size = 0L;
    try (var channel = FileChannel.open(file(attempt, stream), StandardOpenOption.READ)) {
      // Of places that no file can have, the system says that they are invalid.
      while (offset < channel.size()
          && bytes.hasRemaining()
          && channel.read(bytes, offset + bytes.position()) > 0) {
        // Until the slice is full or the file ends.
      }
      size = channel.size();
    } catch (NoSuchFileException e) {
      // The job has not begun to write.
    }
    var isLast = hasEnded && offset + bytes.position() >= size;
    var length = isLast ? bytes.position() : wholeCharacters(bytes.array(), bytes.position());
    return new LogSlice(
        stream, offset, offset + length, new String(bytes.array(), 0, length, UTF_8), isLast);
  }

  /**
   * The last lines of what an attempt wrote to stderr, or to stdout if that is empty; none if there
   * is nothing, or it can't be read now.
   */
  public List<String> lastLines(AttemptRef attempt, int lines) {
    for (var stream : List.of(LogStream.STDERR, LogStream.STDOUT)) {
      try {
        var found = threads.submit(() -> end(attempt, stream, lines)).get();
        if (!found.isEmpty()) {
          return found;
        }
      } catch (ExecutionException e) {
        LOG.warn("The log of {} can't be read", attempt.uuid(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return List.of();
      }
    }
    return List.of();
  }

  private List<String> end(AttemptRef attempt, LogStream stream, int lines) throws IOException {
    var file = file(attempt, stream);
    if (!Files.exists(file)) {
      return List.of();
    }
    var size = Files.size(file);
    var text = readFile(attempt, stream, Math.max(0, size - END_BYTES), END_BYTES).text();
    // Of a longer text the first line is cut off, maybe within a character.
    var all = text.lines().skip(size > END_BYTES ? 1 : 0).toList();
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }

  /** How many of the bytes remain without a character that is cut off at the end. */
  private static int wholeCharacters(byte[] bytes, int length) {
    for (var back = 1; back < LONGEST_CHARACTER && back <= length; back++) {
      var b = bytes[length - back] & 0xff;
      var needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : b >= 0xc0 ? 2 : 1;
      if (needed > back) {
        return length - back;
      }
      if (b < 0x80 || b >= 0xc0) {
        return length;
      }
    }
    return length;
  }

  /**
   * Follows a stream from {@code offset} until the attempt has ended.
   *
   * @throws IOException if the attempt was never launched on this machine
   */
  public LogTail follow(AttemptRef attempt, LogStream stream, long offset) throws IOException {
    return new LogTail(this, watch, folder(attempt).path(), attempt, stream, offset);
  }

  private AttemptFolder folder(AttemptRef attempt) {
    return folders.of(attempt.uuid());
  }

  private Path file(AttemptRef attempt, LogStream stream) {
    return switch (stream) {
      case STDOUT -> folder(attempt).stdout();
      case STDERR -> folder(attempt).stderr();
    };
  }
}

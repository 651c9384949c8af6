package org.maestro.engine.step.runtime.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.MaskedStream;
import org.maestro.engine.step.runtime.secret.Masks;

/**
 * Keeps what a container prints in its attempt's folder, stdout and stderr apart, each up to the
 * limit. It is always given from the container's first byte on: what is on disk already is passed
 * over, so that nothing is missing or twice after the engine was away.
 */
public final class ContainerLog implements AutoCloseable {
  private final AttemptFolder folder;
  private final Kept stdout;
  private final Kept stderr;
  private long pieces;

  /**
   * What isn't kept of it.
   *
   * @param token the attempt's, which also begins the blocks that are taken out
   * @param masks of the job's secrets
   */
  public record Hidden(String token, Masks masks) {}

  public ContainerLog(AttemptFolder folder, Hidden hidden, long limit, int longestBlock)
      throws IOException {
    this.folder = folder;
    var token = hidden.token();
    this.stdout =
        new Kept(
            folder.stdout(),
            limit,
            hidden.masks().stream(),
            new TokenFilter(token, longestBlock, this::keepMarked));
    this.stderr =
        new Kept(
            folder.stderr(), limit, hidden.masks().stream(), new TokenFilter(token, 0, _ -> {}));
  }

  public synchronized void printed(boolean isError, byte[] text) {
    try {
      pieces++;
      var kept = isError ? stderr : stdout;
      if (!kept.isFull) {
        kept.add(kept.filter.pass(kept.secrets.pass(text)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log of " + folder.path() + " can't be written", e);
    }
  }

  /** How much has come, to see whether more does. */
  public synchronized long pieces() {
    return pieces;
  }

  /** Whether nothing more is kept, whatever comes. */
  public synchronized boolean isFull() {
    return stdout.isFull && stderr.isFull;
  }

  /** Nothing more comes: what was held back is written. */
  public synchronized void end() throws IOException {
    stdout.end();
    stderr.end();
  }

  private void keepMarked(byte[] block) {
    try {
      var fresh = Files.createTempFile(folder.path(), "marked", ".new");
      Files.write(fresh, block);
      Files.move(fresh, folder.marked(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the output of " + folder.path() + " can't be written", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    stdout.close();
    stderr.close();
  }

  /** One stream. */
  private static final class Kept {
    private final long limit;
    private final MaskedStream secrets;
    private final TokenFilter filter;
    private final FileChannel file;
    private long toSkip;
    private long size;
    private boolean isFull;

    Kept(Path path, long limit, MaskedStream secrets, TokenFilter filter) throws IOException {
      this.limit = limit;
      this.secrets = secrets;
      this.filter = filter;
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      size = file.size();
      toSkip = size;
      isFull = size > limit;
    }

    void add(byte[] text) throws IOException {
      if (isFull) {
        return;
      }
      var skipped = (int) Math.min(toSkip, text.length);
      toSkip -= skipped;
      var length = (int) Math.min(text.length - skipped, limit - size);
      write(ByteBuffer.wrap(text, skipped, length));
      if (length < text.length - skipped) {
        isFull = true;
        write(
            ByteBuffer.wrap(
                "\n[maestro: cut off here, the limit is %d bytes]\n"
                    .formatted(limit)
                    .getBytes(UTF_8)));
      }
    }

    void end() throws IOException {
      add(filter.pass(secrets.end()));
      add(filter.end());
      if (toSkip > 0 && !isFull) { // its engine has dropped the oldest part while we were away
        write(ByteBuffer.wrap("\n[maestro: a part is missing here]\n".getBytes(UTF_8)));
      }
    }

    private void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        size += file.write(bytes);
      }
    }

    void close() throws IOException {
      file.close();
    }
  }
}

package org.maestro.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A data folder that belongs to this process until closed. The operating system gives the lock back
 * when the process ends, however it ends.
 */
final class OwnedFolder implements AutoCloseable {

  private final Path folder;
  private final FileChannel channel;

  private OwnedFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Creates the folder if it is missing, readable by its owner only, and takes it.
   *
   * @throws EmbeddedStartException if another process owns it
   */
  static OwnedFolder take(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      Path lockFile = absolute.resolve("owner.lock");
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new EmbeddedStartException(
            "The folder %s is in use by another Maestro; stop that one or choose another folder."
                .formatted(absolute));
      }
      return new OwnedFolder(absolute, channel);
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "The folder %s can't be used: %s.".formatted(absolute, e.getMessage()), e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) { // held by this very process
      return null;
    }
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** What was written under this name, without white space at the ends; empty if nothing was. */
  Optional<String> read(String name) {
    try {
      return Files.exists(path(name))
          ? Optional.of(Files.readString(path(name)).strip())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String name, String text) {
    try {
      Files.writeString(path(name), text + System.lineSeparator());
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

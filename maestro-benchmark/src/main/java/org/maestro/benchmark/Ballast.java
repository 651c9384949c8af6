package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file that takes all the room there is on a disk. */
final class Ballast {
  /** No larger a disk is filled: it would take long, and might be somebody's. */
  static final long LARGEST_DISK = 8L << 30;

  private static final int LARGE = 1 << 20;
  private static final int SMALL = 512;

  private final Path file;

  /**
   * @param folder on the disk to fill
   */
  Ballast(Path folder) {
    file = folder.resolve("ballast");
  }

  /**
   * Looks whether a folder, which need not be there yet, is on a disk that may be filled.
   *
   * @throws IllegalArgumentException if it isn't, with one sentence for a person
   */
  static void check(Path folder) {
    try {
      var disk = diskOf(folder);
      if (disk.equals(Files.getFileStore(folder.getRoot()))
          || disk.getUsableSpace() > LARGEST_DISK) {
        throw new IllegalArgumentException(
            "Expected --folder for the fault disk_full to be on a file system of its own with at most %d GB free, found %s with %d GB free; make one: mount -t tmpfs -o size=2g tmpfs FOLDER"
                .formatted(LARGEST_DISK >> 30, disk.name(), disk.getUsableSpace() >> 30));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileStore diskOf(Path folder) throws IOException {
    var there = folder;
    while (!Files.exists(there)) {
      there = Objects.requireNonNull(there.getParent(), "a root exists");
    }
    return Files.getFileStore(there);
  }

  /** Takes what is left; to be called again when others may have given room back. */
  void fill() {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      write(channel, LARGE);
      write(channel, SMALL);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until that is refused. */
  private static void write(FileChannel channel, int bytes) {
    var block = ByteBuffer.allocate(bytes);
    try {
      while (channel.write(block.clear()) == bytes) {
        // There is room for more.
      }
    } catch (IOException e) {
      // There is none.
    }
  }

  /** Gives it all back. */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

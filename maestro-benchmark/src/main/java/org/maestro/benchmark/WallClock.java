package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of one process, which can be set while it runs, by libfaketime. What only goes
 * forward, {@code System.nanoTime()} and whatever waits by it, is left as it is.
 */
final class WallClock {
  /** By then the process has noticed: the library looks every second. */
  static final Duration NOTICED = Duration.ofMillis(2_500);

  private static final String LIBRARY = "libfaketimeMT.so.1";
  private static final List<Path> LIBRARIES =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

  private final Path offset;

  /**
   * @param offset a file that says by how much it is off
   */
  WallClock(Path offset) {
    this.offset = offset;
    set(Duration.ZERO);
  }

  /**
   * Whether there is what it takes.
   *
   * @throws IllegalArgumentException with what to do if there isn't
   */
  static void check(String fault) {
    if (library().isEmpty()) {
      throw new IllegalArgumentException(
          "Expected libfaketime for the fault %s, which sets the clock of a process: apt-get install faketime."
              .formatted(fault));
    }
  }

  private static Optional<Path> library() {
    return LIBRARIES.stream().flatMap(WallClock::within).filter(Files::exists).findFirst();
  }

  private static Stream<Path> within(Path folder) {
    var here = folder.resolve("faketime").resolve(LIBRARY);
    try (var some = Files.list(folder)) {
      return Stream.concat(
          Stream.of(here),
          some.map(one -> one.resolve("faketime").resolve(LIBRARY)).toList().stream());
    } catch (IOException e) {
      return Stream.of(here);
    }
  }

  /** What a process has to be started with. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        library().orElseThrow().toString(),
        "FAKETIME_TIMESTAMP_FILE",
        offset.toString(),
        "FAKETIME_CACHE_DURATION",
        "1",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX", // else Object.wait returns at once
        "0",
        "NO_FAKE_STAT",
        "1");
  }

  /** From within {@link #NOTICED} on it is ahead by so much, or behind. */
  void set(Duration ahead) {
    try {
      var next = offset.resolveSibling(offset.getFileName() + ".next");
      Files.writeString(next, "%+d".formatted(ahead.toSeconds()));
      Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

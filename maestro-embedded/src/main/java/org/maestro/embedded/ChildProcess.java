package org.maestro.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Signals to processes and the wait for their end. */
final class ChildProcess {

  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration LATER = Duration.ofMillis(250);
  private static final Duration FOR_EVER = Duration.ofDays(10_000);

  private ChildProcess() {}

  /** Ends a process and all its descendants with SIGKILL, and waits until they are gone. */
  static void kill(ProcessHandle process) {
    List<ProcessHandle> family = Stream.concat(Stream.of(process), process.descendants()).toList();
    family.forEach(ProcessHandle::destroyForcibly);
    family.forEach(member -> ended(member, Duration.ofSeconds(10)));
  }

  /** Sends a signal by name, such as {@code INT}. A process that is gone already is no error. */
  static void signal(ProcessHandle process, String name) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid() + " 2>/dev/null")
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("sh can't be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether it runs no more. One that was orphaned stays a zombie for as long as the first process
   * of a container does not fetch its exit code, and {@link ProcessHandle} calls it alive.
   */
  static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException e) {
      return false; // gone, or a system without /proc
    }
  }

  /** Waits for the end; false if it has not come in time. */
  static boolean ended(ProcessHandle process, Duration patience) {
    return ended(process, patience, SOON);
  }

  private static boolean ended(ProcessHandle process, Duration patience, Duration pause) {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (!hasEnded(process)) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Completes a moment after it has ended. */
  static CompletableFuture<Void> end(ProcessHandle process) {
    var end = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .daemon()
        .name("maestro-end-of-" + process.pid())
        .start(() -> {
          if (ended(process, FOR_EVER, LATER)) {
            end.complete(null);
          }
        });
    return end;
  }
}

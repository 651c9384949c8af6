package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A process of this machine that has not ended, as {@code /proc} tells. */
public record LocalProcess(long pid, long parent, long session, long startTicks) {
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int SESSION = 3;
  private static final int START_TICKS = 19;
  private static final String REAL_TIME = "Max realtime timeout";

  /** The process of this number; empty if there is none, or a zombie. */
  public static Optional<LocalProcess> find(long pid) {
    try {
      var stat = Files.readString(file(pid, "stat"), ISO_8859_1);
      // The name in parentheses may hold anything, so count from behind it.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[STATE].equals("Z") || fields[STATE].equals("X")
          ? Optional.empty()
          : Optional.of(
              new LocalProcess(
                  pid,
                  Long.parseLong(fields[PARENT]),
                  Long.parseLong(fields[SESSION]),
                  Long.parseLong(fields[START_TICKS])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether the process that began at this time still runs; a zombie doesn't. */
  public static boolean isAlive(long pid, long startTicks) {
    return find(pid).filter(process -> process.startTicks == startTicks).isPresent();
  }

  private static Path file(long pid, String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }

  /** Its soft limit of real-time computing, which it has inherited; 0 if it can't be read. */
  public long realTimeLimit() {
    try {
      for (var line : Files.readAllLines(file(pid, "limits"), ISO_8859_1)) {
        if (line.startsWith(REAL_TIME)) {
          var soft = line.substring(REAL_TIME.length()).strip().split(" ", 2)[0];
          return soft.matches("[0-9]{1,19}") ? Long.parseUnsignedLong(soft) : 0;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0; // it is gone, or somebody else's
    }
  }

  /** A variable of the environment that it was started with; empty if it can't be read. */
  public Optional<String> variable(String name) {
    try {
      var environment = new String(Files.readAllBytes(file(pid, "environ")), ISO_8859_1);
      for (var entry : environment.split("\0", -1)) {
        if (entry.startsWith(name + "=")) {
          return Optional.of(entry.substring(name.length() + 1));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is gone, or somebody else's
    }
  }

  /** Names the time since the machine was started; empty where there is no such thing. */
  public static String bootId() {
    return Boot.ID;
  }

  /** Names where process numbers mean what they mean here: this boot, and this container. */
  public static String numberSpace() {
    try {
      var space = bootId() + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
      return Integer.toHexString(space.hashCode());
    } catch (IOException e) {
      return "0";
    }
  }

  /** Read once: it changes with nothing that a process survives. */
  private static final class Boot {
    private static final String ID = read();

    private static String read() {
      try {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      } catch (IOException e) {
        return "";
      }
    }
  }
}

package org.maestro.engine.step.runtime.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about processes of this machine, from {@code /proc}. */
public final class LocalProcess {
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  private LocalProcess() {}

  /** Whether the process that began at this time still runs; a zombie doesn't. */
  public static boolean isAlive(long pid, long startTicks) {
    try {
      var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The name in parentheses may hold anything, so count from behind it.
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[START_TICKS]) == startTicks
          && !fields[STATE].equals("Z")
          && !fields[STATE].equals("X");
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills every process that has this entry in its environment; reading it takes its rights. */
  public static void killMarked(String entry) {
    var wanted = "\0" + entry + "\0";
    try (var processes = ProcessHandle.allProcesses()) {
      for (var process : processes.toList()) {
        try {
          var environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
          if (("\0" + new String(environment, UTF_8)).contains(wanted)) {
            process.destroyForcibly();
          }
        } catch (IOException e) {
          // It is gone, or somebody else's.
        }
      }
    }
  }

  /** Names the time since the machine was started; empty where there is no such thing. */
  public static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}

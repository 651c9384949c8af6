package org.maestro.engine.step.runtime.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Facts about processes of this machine, from {@code /proc}. */
final class LocalProcess {
  private static final int STATE = 0;
  private static final int START_TICKS = 19;

  private LocalProcess() {}

  /** Whether the process that began at this time still runs; a zombie doesn't. */
  static boolean isAlive(long pid, long startTicks) {
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

  /** Names the time since the machine was started; empty where there is no such thing. */
  static String bootId() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }
}

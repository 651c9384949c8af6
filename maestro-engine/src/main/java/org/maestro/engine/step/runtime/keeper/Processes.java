package org.maestro.engine.step.runtime.keeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.maestro.engine.step.runtime.job.LocalProcess;

/** Looks for the children that a process has been given by the system. */
final class Processes {
  /** So many numbers are tried one by one; where more have been given, all there are are listed. */
  private static final int FEW = 2_000;

  private final Libc libc;

  Processes(Libc libc) {
    this.libc = libc;
  }

  /** The children of a process that may have been started since that one was. */
  List<LocalProcess> childrenSince(long first, long parent) {
    var found = new ArrayList<LocalProcess>();
    for (var pid : numbersSince(first)) {
      if (libc.exists(pid)) {
        LocalProcess.find(pid).filter(process -> process.parent() == parent).ifPresent(found::add);
      }
    }
    return found;
  }

  private static List<Long> numbersSince(long first) {
    var last = lastGiven();
    var numbers = new ArrayList<Long>();
    if (last >= first && last - first <= FEW) {
      for (var pid = first + 1; pid <= last; pid++) {
        numbers.add(pid);
      }
      return numbers;
    }
    try (var all = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      all.forEach(path -> numbers.add(Long.parseLong(path.getFileName().toString())));
    } catch (IOException e) {
      throw new IllegalStateException("there is no /proc", e);
    }
    return numbers;
  }

  private static long lastGiven() {
    try {
      var load = Files.readString(Path.of("/proc/loadavg")).strip();
      return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    } catch (IOException | NumberFormatException e) {
      return -1;
    }
  }
}

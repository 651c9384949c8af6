package org.maestro.benchmark;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What server, database and broker use: CPU as the kernel counts it, heap as the server's JVM does.
 */
final class Processes implements AutoCloseable {
  /** The kernel counts CPU in hundredths of a second on all machines that matter. */
  private static final double SECONDS_PER_TICK = 0.01;

  private final Set<Long> roots;
  private final JMXConnector server;
  private final List<MemoryPoolMXBean> heap;

  private Processes(Set<Long> roots, JMXConnector server, List<MemoryPoolMXBean> heap) {
    this.roots = roots;
    this.server = server;
    this.heap = heap;
  }

  /**
   * All that this process has started so far.
   *
   * @param database the database server, whoever its parent is
   * @param engine the server whose heap is measured
   */
  @SuppressWarnings("BanJNDI") // the address is that of a process which this one has started
  static Processes of(long database, long engine) {
    var roots = new LinkedHashSet<Long>();
    ProcessHandle.current().children().forEach(child -> roots.add(child.pid()));
    if (ProcessHandle.of(database).flatMap(ProcessHandle::parent).stream()
        .noneMatch(parent -> roots.contains(parent.pid()))) {
      roots.add(database);
    }
    try {
      var machine = VirtualMachine.attach(String.valueOf(engine));
      var address = machine.startLocalManagementAgent();
      machine.detach();
      var connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      var pools =
          ManagementFactory.getPlatformMXBeans(
                  connector.getMBeanServerConnection(), MemoryPoolMXBean.class)
              .stream()
              .filter(pool -> pool.getType() == MemoryType.HEAP)
              .toList();
      return new Processes(roots, connector, pools);
    } catch (IOException | AttachNotSupportedException e) {
      throw new IllegalStateException("expected to be able to watch the server", e);
    }
  }

  /** CPU seconds used so far; 0 where there is no {@code /proc}. */
  double cpuSeconds() {
    return roots.stream().mapToDouble(Processes::cpuSeconds).sum();
  }

  /** CPU seconds that a process, what it started and what of that has ended have used so far. */
  static double cpuSeconds(long pid) {
    var ticks = ticks(pid, true);
    for (var child : ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants).toList()) {
      ticks += ticks(child.pid(), false);
    }
    return ticks * SECONDS_PER_TICK;
  }

  /** CPU seconds that the compilers of a JVM have used so far; 0 where nobody says. */
  static double compileSeconds(long pid) {
    var ticks = 0L;
    try (var threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (var thread : threads.toList()) {
        var stat = Files.readString(thread.resolve("stat"));
        if (stat.contains("(C1 Compiler") || stat.contains("(C2 Compiler")) {
          ticks += ownTicks(stat);
        }
      }
    } catch (IOException e) {
      return 0; // it has ended, or one of its threads just now
    }
    return ticks * SECONDS_PER_TICK;
  }

  /** The most memory that a process itself ever had in use, in bytes; 0 where nobody says. */
  static long peakMemory(long pid) {
    try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0; // it has ended
    }
  }

  /** Fields 14 and 15 are a process's own, 16 and 17 those of its children that have ended. */
  private static long ticks(long pid, boolean withEnded) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = behindName(stat);
      var ended = withEnded ? Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : 0;
      return ownTicks(stat) + ended;
    } catch (IOException e) {
      return 0; // it has ended
    }
  }

  private static long ownTicks(String stat) {
    var fields = behindName(stat);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static String[] behindName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  /** The highest use of each part of the heap since {@link #forgetPeak}, together, in bytes. */
  long peakHeap() {
    return heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  void forgetPeak() {
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // The server may have ended before.
    }
  }
}

package org.maestro.engine.step.runtime.keeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.maestro.engine.step.runtime.job.AttemptFolder.Claim;
import org.maestro.engine.step.runtime.job.LocalProcess;

/**
 * The keeper's process. It says "ready" on its standard output once its socket, {@code
 * PID-TICKS.sock} in the keeper's folder, is open and named in the file {@code current-BUILD}. It
 * ends by itself when it has had no job for a while, sooner if there is no engine either; when it
 * is told to end, so do its jobs.
 */
public final class Keeper {
  private static final long GRACE_MILLIS = 5_000;

  /** So long it waits for an engine if it has no job. */
  private static final long ALONE_MILLIS = 10_000;

  private static final int FAILED = 70;

  private final Path folder;
  private final Path socket;
  private final Path current;
  private final KeeperMessage.Hello hello;
  private final long idleMillis;
  private final Jobs jobs;
  private final Set<Visitor> visitors = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
  private volatile long idleSince = System.nanoTime();

  private Keeper(Path folder, String build, long idleMillis) throws IOException {
    var libc = new Libc();
    libc.leadSessionAndAdoptOrphans();
    var pid = ProcessHandle.current().pid();
    var ticks = LocalProcess.find(pid).orElseThrow().startTicks();
    this.folder = folder;
    this.socket = folder.resolve(pid + "-" + ticks + ".sock");
    this.current = folder.resolve("current-" + build);
    this.hello = new KeeperMessage.Hello(KeeperMessage.VERSION, pid, ticks);
    this.idleMillis = idleMillis;
    this.jobs =
        new Jobs(libc, new Claim(pid, ticks, LocalProcess.bootId()), this::ended, this::idle);
  }

  /** {@code FOLDER BUILD IDLE_MILLIS}. */
  public static void main(String[] args) throws IOException {
    // Half of a keeper would let jobs hang; with none they count as lost.
    Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
      System.err.println(thread.getName() + " can't go on: " + problem);
      problem.printStackTrace();
      Runtime.getRuntime().halt(FAILED);
    });
    new Keeper(Path.of(args[0]), args[1], Long.parseLong(args[2])).serve();
  }

  private void serve() throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
      var fresh = Files.createTempFile(folder, "current", ".new");
      Files.writeString(fresh, socket.getFileName().toString());
      Files.move(fresh, current, StandardCopyOption.ATOMIC_MOVE);
      Runtime.getRuntime().addShutdownHook(new Thread(this::close));
      endWhenIdle(idleMillis);
      endWithItsFolder();
      System.out.write("ready\n".getBytes(UTF_8));
      System.out.close();
      while (true) {
        var visitor = new Visitor(server.accept(), jobs, this::left);
        visitors.add(visitor);
        visitor.start(hello);
      }
    }
  }

  private void ended(String uuid) {
    for (var visitor : visitors) {
      visitor.tell(new KeeperMessage.Ended(uuid));
    }
  }

  private void idle() {
    idleSince = System.nanoTime();
    endIfAlone();
  }

  private void left(Visitor visitor) {
    visitors.remove(visitor);
    endIfAlone();
  }

  /** An engine that was stopped leaves nothing behind; one that is replaced comes back soon. */
  private void endIfAlone() {
    if (visitors.isEmpty() && jobs.isEmpty()) {
      var _ =
          clock.schedule(
              () -> {
                if (visitors.isEmpty() && jobs.leave()) {
                  System.exit(0);
                }
              },
              Math.min(idleMillis, ALONE_MILLIS),
              TimeUnit.MILLISECONDS);
    }
  }

  private void endWhenIdle(long afterMillis) {
    var _ =
        clock.schedule(
            () -> {
              var idle = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - idleSince);
              if (jobs.isEmpty() && idle < idleMillis) {
                endWhenIdle(idleMillis - idle);
              } else if (jobs.leave()) {
                // Who asks for a job at this moment loses the connection, and starts another one.
                System.exit(0);
              } else {
                endWhenIdle(idleMillis);
              }
            },
            afterMillis,
            TimeUnit.MILLISECONDS);
  }

  /** Nobody finds it without its socket, and nobody needs a keeper whose data directory is gone. */
  private void endWithItsFolder() throws IOException {
    var watch = folder.getFileSystem().newWatchService();
    folder.register(watch, StandardWatchEventKinds.ENTRY_DELETE);
    Thread.ofPlatform()
        .daemon()
        .name("folder")
        .start(() -> {
          try {
            do {
              var key = watch.take();
              key.pollEvents();
              key.reset();
            } while (Files.exists(socket));
            System.exit(0);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void close() {
    try {
      Files.deleteIfExists(socket);
      if (Files.exists(current)
          && Files.readString(current).equals(socket.getFileName().toString())) {
        Files.deleteIfExists(current);
      }
      jobs.close(GRACE_MILLIS);
    } catch (IOException e) {
      System.err.println("can't clean up: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

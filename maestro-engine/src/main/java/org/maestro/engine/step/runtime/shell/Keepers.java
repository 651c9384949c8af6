package org.maestro.engine.step.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.ProcessBuilder.Redirect;
import java.net.SocketException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.job.AttemptFolder.Claim;
import org.maestro.engine.step.runtime.job.LocalProcess;
import org.maestro.engine.step.runtime.keeper.Keeper;
import org.maestro.engine.step.runtime.keeper.KeeperMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keepers of a data directory. Jobs are given to one of this build, which is started when there
 * is none. Those of other builds run until they have no job any more; they are followed as long as
 * they speak the same version.
 */
final class Keepers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keepers.class);

  private static final Pattern SOCKET =
      Pattern.compile("(?<pid>[0-9]{1,18})-(?<ticks>[0-9]{1,18})\\.sock");

  /** What an address of a socket may be long. */
  private static final int LONGEST_ADDRESS = 107;

  /** One start at a time on this machine: within a process by this, between processes by a file. */
  private static final Object STARTING = new Object();

  private final Path folder;
  private final Duration patience;
  private final Duration idle;
  private final Consumer<Optional<String>> changed;
  private final Map<String, KeeperConnection> connections = new HashMap<>();
  private final Set<String> strangers = new HashSet<>();
  private @Nullable KeeperArchive archive;
  private @Nullable KeeperConnection own;
  private volatile boolean isUnavailable;
  private boolean isClosed;

  /**
   * @param changed hears the attempts that have ended; nothing in particular when it must look for
   *     itself
   */
  Keepers(ShellSettings settings, Consumer<Optional<String>> changed) {
    this.folder = folder(settings.dataDir());
    this.patience = settings.startTimeout();
    this.idle = settings.keeperIdle();
    this.changed = changed;
    this.isUnavailable =
        idle.isZero() || !System.getProperty("os.name").equals("Linux") || isTooLong();
  }

  /**
   * Where the sockets of this machine's keepers are, and of this container's: whoever shares the
   * data directory and not the processes has another one.
   */
  static Path folder(Path dataDir) {
    return dataDir
        .toAbsolutePath()
        .normalize()
        .resolve("keeper")
        .resolve(LocalProcess.numberSpace());
  }

  private boolean isTooLong() {
    var longest = folder.resolve("0".repeat(10) + "-" + "0".repeat(19) + ".sock").toString();
    if (longest.getBytes(UTF_8).length > LONGEST_ADDRESS) {
      LOG.info(
          "The path of {} is too long for a socket in it: jobs are started by a script, which costs"
              + " more; a shorter maestro.step.shell.data-dir would do",
          folder);
      return true;
    }
    return false;
  }

  /** Whether there is no use in asking a keeper here. */
  boolean isUnavailable() {
    return isUnavailable;
  }

  /**
   * Has the job run unless its attempt is claimed.
   *
   * @return false if there can't be a keeper here
   * @throws IOException if the attempt could not be claimed, or nobody knows
   */
  boolean run(KeeperMessage.Run order) throws IOException, InterruptedException {
    for (var isLast = false; !isUnavailable; isLast = true) {
      var connection = own();
      if (connection == null) {
        return false;
      }
      try {
        connection.run(order);
        return true;
      } catch (KeeperConnection.RefusedException e) {
        throw e;
      } catch (IOException e) {
        // It ended before or after it claimed the attempt. Another one claims it only if it didn't.
        if (isLast) {
          throw e;
        }
      }
    }
    return false;
  }

  private synchronized @Nullable KeeperConnection own() throws IOException, InterruptedException {
    if (isClosed) {
      throw new IOException("the engine is stopping");
    }
    if (own == null || !own.isOpen()) {
      own = find();
    }
    return own;
  }

  private @Nullable KeeperConnection find() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    synchronized (STARTING) {
      try (var file = new RandomAccessFile(folder.resolve("start.lock").toFile(), "rw");
          var _ = lock(file)) {
        if (archive == null) {
          archive = KeeperArchive.install(folder);
        }
        var found = current(archive);
        if (found.isEmpty() && start(archive)) {
          found = current(archive);
        }
        if (found.isEmpty()) {
          isUnavailable = true;
        }
        return found.orElse(null);
      }
    }
  }

  private static FileLock lock(RandomAccessFile file) throws IOException {
    return file.getChannel().lock();
  }

  private Optional<KeeperConnection> current(KeeperArchive build)
      throws IOException, InterruptedException {
    try {
      return connect(Files.readString(folder.resolve("current-" + build.build())).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Starts one and waits until it is ready. */
  private boolean start(KeeperArchive build) throws IOException {
    var log = folder.resolve("log");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-Xmn8m",
            "-XX:+UseCompactObjectHeaders",
            "-Xss256k",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            build.file().toString(),
            Keeper.class.getName(),
            folder.toString(),
            build.build(),
            Long.toString(idle.toMillis()));
    builder.environment().clear();
    builder.directory(folder.toFile());
    builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectError(Redirect.to(log.toFile()));
    var process = builder.start();
    try (var said = process.inputReader(UTF_8)) {
      if ("ready".equals(said.readLine())) {
        return true;
      }
    }
    process.destroyForcibly();
    LOG.warn(
        "Jobs are started by a script, which costs more, because the keeper of jobs doesn't start: {}",
        Files.readString(log, UTF_8).strip());
    return false;
  }

  /**
   * Follows the keeper that has claimed an attempt, if it is one.
   *
   * @return whether it is a keeper's
   */
  boolean follow(Claim claim) throws InterruptedException {
    return ofClaim(claim).isPresent();
  }

  /**
   * Tells the keeper that has claimed the attempt to end its job.
   *
   * @return false if it is no keeper's, or one that can't be talked to
   */
  boolean stop(Claim claim, String uuid, Duration grace) throws IOException, InterruptedException {
    var keeper = ofClaim(claim);
    if (keeper.isPresent()) {
      keeper.get().stop(uuid, grace);
    }
    return keeper.isPresent();
  }

  /** Whether a keeper has claimed it, and not a process that is the attempt's alone. */
  boolean isKeepers(Claim claim) {
    return Files.exists(folder.resolve(socketOf(claim)));
  }

  private static String socketOf(Claim claim) {
    return claim.pid() + "-" + claim.startTicks() + ".sock";
  }

  private synchronized Optional<KeeperConnection> ofClaim(Claim claim) throws InterruptedException {
    try {
      var name = socketOf(claim);
      return isClosed || strangers.contains(name) ? Optional.empty() : connect(name);
    } catch (IOException e) {
      LOG.warn("the keeper {} can't be asked: {}", claim.pid(), e.toString());
      return Optional.empty();
    }
  }

  private Optional<KeeperConnection> connect(String name) throws IOException, InterruptedException {
    var known = connections.get(name);
    if (known != null && known.isOpen()) {
      return Optional.of(known);
    }
    connections.remove(name);
    var socket = folder.resolve(name);
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try {
      var connection = KeeperConnection.open(socket, patience, changed);
      if (!connection.isOfThisVersion()) {
        strangers.add(name);
        connection.close();
        return Optional.empty();
      }
      connections.put(name, connection);
      return Optional.of(connection);
    } catch (SocketException e) {
      if (isOfLiving(name)) {
        throw e;
      }
      Files.deleteIfExists(socket); // it had no time to
      return Optional.empty();
    }
  }

  private static boolean isOfLiving(String socket) {
    var found = SOCKET.matcher(socket);
    return !found.matches()
        || LocalProcess.isAlive(
            Long.parseLong(found.group("pid")), Long.parseLong(found.group("ticks")));
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    connections.values().forEach(KeeperConnection::close);
    connections.clear();
  }
}

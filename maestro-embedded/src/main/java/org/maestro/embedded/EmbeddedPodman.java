package org.maestro.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Podman behind a socket, for tests of what runs in containers: with folders of its own and one
 * image made of busybox, without a registry. One per JVM; it ends with it, with all its containers.
 * Root only; needs {@code podman}, {@code runc} and {@code busybox}, the static one.
 */
public final class EmbeddedPodman {
  /** An image with busybox, of which every container can be made. */
  public static final String IMAGE = "localhost/maestro-test:1";

  /** The same by the name under which examples would pull it. */
  public static final String BUSYBOX = "docker.io/library/busybox:1.37";

  private static final List<String> APPLETS =
      List.of(
          "sh", "cat", "dd", "echo", "env", "false", "grep", "head", "id", "kill", "ls", "mkdir",
          "printf", "ps", "sleep", "test", "touch", "true", "tr", "wget", "yes");
  private static @Nullable EmbeddedPodman only;
  private static @Nullable String missing;

  private final Path folder;
  private final Path socket;
  private @Nullable Process service;

  private EmbeddedPodman(Path folder) {
    this.folder = folder;
    this.socket = folder.resolve("podman.sock");
  }

  /**
   * The one of this JVM, started if it isn't; empty, with the reason printed, where none can be
   * had.
   *
   * @throws EmbeddedStartException instead, if {@code MAESTRO_CONTAINER_TESTS} is {@code required}
   */
  public static synchronized Optional<EmbeddedPodman> find() {
    if (only == null && missing == null) {
      try {
        only = start();
      } catch (IOException | InterruptedException | IllegalStateException e) {
        missing = String.valueOf(e.getMessage());
      }
    }
    if (only == null) {
      var reason = "No container can be run here: " + missing;
      if ("required".equals(System.getenv("MAESTRO_CONTAINER_TESTS"))) {
        throw new EmbeddedStartException(reason);
      }
      System.err.println(reason);
    }
    return Optional.ofNullable(only);
  }

  private static EmbeddedPodman start() throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new IllegalStateException("Podman is started by root only");
    }
    for (var tool : List.of("podman", "runc", "busybox")) {
      if (!run(List.of("sh", "-c", "command -v " + tool)).isEmpty()) {
        continue;
      }
      throw new IllegalStateException(
          tool + " is missing; on Debian: apt-get install podman runc busybox-static");
    }
    // A short path: sockets can't have a long one.
    var podman = new EmbeddedPodman(Files.createTempDirectory("mp"));
    Files.writeString(
        podman.configuration(),
        """
        [containers]
        default_ulimits = ["nofile=1024:1024", "nproc=2048:2048"]
        """);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(podman::stop));
    podman.importImage();
    podman.startService();
    podman.podman("run", "--rm", "--network", "none", IMAGE, "true");
    return podman;
  }

  private void importImage() throws IOException, InterruptedException {
    var bin = Files.createDirectories(folder.resolve("image").resolve("bin"));
    var busybox = Path.of(run(List.of("sh", "-c", "command -v busybox")));
    Files.copy(busybox.toRealPath(), bin.resolve("busybox"));
    for (var applet : APPLETS) {
      Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
    }
    run(
        List.of(
            "tar",
            "-cf",
            folder.resolve("image.tar").toString(),
            "-C",
            folder.resolve("image").toString(),
            "."));
    podman("import", "--change", "ENV PATH=/bin", folder.resolve("image.tar").toString(), IMAGE);
    podman("tag", IMAGE, BUSYBOX);
  }

  /** As {@code maestro.runtimes.docker.socket} wants it. */
  public String socket() {
    return "unix://" + socket;
  }

  /** Runs a command of Podman itself and returns what it prints. */
  public String podman(String... arguments) {
    var command = new ArrayList<>(command());
    command.addAll(List.of(arguments));
    try {
      return run(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Podman raises the limits of containers to its own maximum otherwise, which not every root may.
   */
  private Path configuration() {
    return folder.resolve("containers.conf");
  }

  /** Podman with all that it needs to be told here. */
  public List<String> command() {
    return List.of(
        "env",
        "CONTAINERS_CONF=" + configuration(),
        "podman",
        "--root=" + folder.resolve("root"),
        "--runroot=" + folder.resolve("run"),
        "--tmpdir=" + folder.resolve("tmp"),
        "--runtime=runc",
        "--cgroup-manager=cgroupfs",
        "--storage-driver=vfs",
        "--events-backend=file");
  }

  /** Starts to answer; containers may be running from before. */
  public void startService() throws IOException, InterruptedException {
    Files.deleteIfExists(socket);
    var command = new ArrayList<>(command());
    command.addAll(List.of("system", "service", "--time=0", socket()));
    service =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!answers()) {
      if (!service.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "podman system service: " + Files.readString(folder.resolve("log")));
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false;
    }
  }

  /** Stops to answer, as if it had been killed; containers go on. */
  public void stopService() throws InterruptedException {
    if (service != null) {
      service.destroyForcibly().waitFor();
    }
  }

  private void stop() {
    try {
      if (service != null) {
        service.destroyForcibly().waitFor();
      }
      podman("rm", "--all", "--force", "--time=0");
      run(List.of("rm", "-rf", folder.toString()));
    } catch (IOException | IllegalStateException e) {
      System.err.println("Left behind: " + folder + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    var out = Files.createTempFile("podman", ".out");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      var status = process.waitFor();
      var text = Files.readString(out, UTF_8).strip();
      if (status != 0 && !command.getFirst().equals("sh")) {
        throw new IllegalStateException(
            "%s exited with status %d: %s".formatted(String.join(" ", command), status, text));
      }
      return text;
    } finally {
      Files.delete(out);
    }
  }
}

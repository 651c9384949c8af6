package org.maestro.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks for an engine of containers that answers on this machine: Docker's or Podman's. */
final class ContainerSocket {
  private static final long PATIENCE_MILLIS = 1_000;

  private ContainerSocket() {}

  static Optional<String> ofThisMachine() {
    return first(candidates(System.getenv()));
  }

  /** Where one may be, what the user has chosen first. */
  static List<Path> candidates(Map<String, String> environment) {
    var paths = new ArrayList<Path>();
    var chosen = environment.getOrDefault("DOCKER_HOST", "");
    if (chosen.startsWith("unix://")) {
      paths.add(Path.of(chosen.substring("unix://".length())));
    }
    var own = environment.get("XDG_RUNTIME_DIR");
    if (own != null) {
      paths.add(Path.of(own, "podman", "podman.sock"));
      paths.add(Path.of(own, "docker.sock"));
    }
    paths.add(Path.of("/run/podman/podman.sock"));
    paths.add(Path.of("/var/run/docker.sock"));
    return paths;
  }

  /** The first that answers, as a setting. */
  static Optional<String> first(List<Path> candidates) {
    return candidates.stream()
        .filter(Files::exists)
        .filter(ContainerSocket::answers)
        .findFirst()
        .map(path -> "unix://" + path);
  }

  private static boolean answers(Path path) {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      var request = "GET /_ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      channel.write(ByteBuffer.wrap(request.getBytes(US_ASCII)));
      // Whoever accepts and says nothing must not keep the server from starting.
      var answer = new CompletableFuture<String>();
      Thread.ofPlatform()
          .daemon()
          .name("maestro-container-socket")
          .start(() -> answer.completeAsync(() -> firstLine(channel), Runnable::run));
      return answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).contains(" 200 ");
    } catch (IOException | ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String firstLine(SocketChannel channel) {
    try {
      return new String(
          Channels.newInputStream(channel).readNBytes("HTTP/1.1 200 OK".length()), US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }
}

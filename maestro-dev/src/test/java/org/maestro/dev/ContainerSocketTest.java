package org.maestro.dev;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSocketTest {
  @TempDir Path folder;

  @Test
  void whatTheUserHasChosenIsLookedAtFirst() {
    assertThat(
            ContainerSocket.candidates(
                Map.of("DOCKER_HOST", "unix:///x/y.sock", "XDG_RUNTIME_DIR", "/run/user/7")))
        .containsExactly(
            Path.of("/x/y.sock"),
            Path.of("/run/user/7/podman/podman.sock"),
            Path.of("/run/user/7/docker.sock"),
            Path.of("/run/podman/podman.sock"),
            Path.of("/var/run/docker.sock"));
    assertThat(ContainerSocket.candidates(Map.of("DOCKER_HOST", "tcp://10.0.0.1:2375"))).hasSize(2);
  }

  @Test
  void onlyOneThatAnswersIsTaken() throws Exception {
    var nobody = folder.resolve("nobody.sock");
    Files.createFile(nobody);
    try (var silent = open("silent.sock");
        var good = open("good.sock")) {
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            try (var client = good.accept()) {
              client.write(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\nOK".getBytes(US_ASCII)));
              Thread.currentThread().join();
            } catch (Exception e) {
              // The test is over.
            }
          });

      assertThat(
              ContainerSocket.first(
                  List.of(nobody, folder.resolve("silent.sock"), folder.resolve("good.sock"))))
          .contains("unix://" + folder.resolve("good.sock"));
      assertThat(silent.isOpen()).isTrue();
    }
  }

  private ServerSocketChannel open(String name) throws Exception {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return channel.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
  }
}

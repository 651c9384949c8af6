package org.maestro.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  @TempDir Path folder;

  @Test
  void topicsSurviveAKillAndAStop() throws Exception {
    try (var kafka = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
      try (var admin = admin(kafka)) {
        admin
            .createTopics(List.of(new NewTopic("kept", Optional.of(3), Optional.empty())))
            .all()
            .get(60, TimeUnit.SECONDS);
      }
      kafka.kill();
      kafka.restart();
      assertThat(topics(kafka)).contains("kept");
    }
    try (var again = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
      assertThat(topics(again)).contains("kept");
      assertThatThrownBy(() -> EmbeddedKafka.start(folder.resolve("broker"), 0))
          .isInstanceOf(EmbeddedStartException.class)
          .hasMessageContaining("is in use by another Maestro");
    }
  }

  @Test
  void whoComesInThroughASideDoorIsToldToComeBackThere() throws Exception {
    try (var proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      proxy.setSoTimeout(60_000);
      var door = new EmbeddedKafka.SideDoor(LoopbackPort.preferring(0), proxy.getLocalPort());
      try (var kafka =
          EmbeddedKafka.launch(folder.resolve("broker"), 0, List.of(), List.of(door))) {
        kafka.awaitReady();
        var admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + door.port()));
        try {
          var _ = admin.describeCluster();
          try (var comesBack = proxy.accept()) {
            assertThat(comesBack.isConnected()).isTrue();
          }
        } finally {
          admin.close(Duration.ZERO);
        }
        assertThat(topics(kafka)).isNotNull();
      }
    }
  }

  @Test
  void aBrokerThatRunsHoldsNoCarrierOfVirtualThreads() throws Exception {
    var carriers = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    try (var _ = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
      var patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (carriers.getMountedVirtualThreadCount() > 0 && System.nanoTime() < patience) {
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      assertThat(carriers.getMountedVirtualThreadCount()).isZero();
    }
  }

  @Test
  void theBrokerEndsWithTheProcessThatStartedIt() throws Exception {
    Process owner = EmbeddedPostgresIT.Owner.start("kafka", folder.resolve("broker"));
    EmbeddedPostgresIT.Owner.awaitStarted(owner);
    long pid = Long.parseLong(Files.readString(folder.resolve("broker/process")).split(" ", 2)[0]);
    ProcessHandle broker = ProcessHandle.of(pid).orElseThrow();
    owner.destroyForcibly().waitFor();
    assertThat(ChildProcess.ended(broker, Duration.ofSeconds(15))).isTrue();
  }

  @Test
  void aBrokerThatWasLeftOverIsReplaced() throws Exception {
    Process owner = EmbeddedPostgresIT.Owner.start("kafka", folder.resolve("broker"));
    EmbeddedPostgresIT.Owner.awaitStarted(owner);
    long pid = Long.parseLong(Files.readString(folder.resolve("broker/process")).split(" ", 2)[0]);
    ProcessHandle broker = ProcessHandle.of(pid).orElseThrow();
    ChildProcess.signal(broker, "STOP"); // so that it can't notice
    owner.destroyForcibly().waitFor();
    try (var next = EmbeddedKafka.start(folder.resolve("broker"), 0)) {
      assertThat(broker.isAlive()).isFalse();
      assertThat(topics(next)).isNotNull();
    }
  }

  private static Set<String> topics(EmbeddedKafka kafka) throws Exception {
    try (var admin = admin(kafka)) {
      return admin.listTopics().names().get(60, TimeUnit.SECONDS);
    }
  }

  private static Admin admin(EmbeddedKafka kafka) {
    return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }
}

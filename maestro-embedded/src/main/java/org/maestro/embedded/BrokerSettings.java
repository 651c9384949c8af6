package org.maestro.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The configuration of a broker that serves one machine and is its own controller. */
final class BrokerSettings {

  private BrokerSettings() {}

  static Properties properties(
      Path logs, int port, int controllerPort, List<EmbeddedKafka.SideDoor> sideDoors) {
    var p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.setProperty(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
    p.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("inter.broker.listener.name", "PLAINTEXT");
    p.setProperty("log.dirs", logs.toString());
    for (int i = 0; i < sideDoors.size(); i++) {
      open("SIDE" + i, sideDoors.get(i), p);
    }

    // One broker: nothing to replicate, and no other broker to hand leadership to at the end.
    p.setProperty("default.replication.factor", "1");
    p.setProperty("min.insync.replicas", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "4");
    p.setProperty("controlled.shutdown.enable", "true");
    p.setProperty("auto.create.topics.enable", "false");

    // A killed broker's registration and a killed member's shards are free within seconds.
    p.setProperty("broker.session.timeout.ms", "1500");
    p.setProperty("broker.heartbeat.interval.ms", "300");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("group.consumer.min.heartbeat.interval.ms", "250");
    p.setProperty("group.consumer.heartbeat.interval.ms", "500");
    p.setProperty("group.consumer.min.session.timeout.ms", "1500");
    p.setProperty("group.consumer.session.timeout.ms", "3000");

    // Small: a few threads, small files, no index preallocated larger than it can get.
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "2");
    p.setProperty("background.threads", "2");
    p.setProperty("num.recovery.threads.per.data.dir", "2");
    p.setProperty("log.segment.bytes", Integer.toString(16 << 20));
    p.setProperty("log.index.size.max.bytes", Integer.toString(256 << 10));
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    p.setProperty("message.max.bytes", Integer.toString(8 << 20));
    p.setProperty("socket.request.max.bytes", Integer.toString(32 << 20));
    return p;
  }

  private static void open(String name, EmbeddedKafka.SideDoor door, Properties p) {
    append(p, "listeners", "%s://127.0.0.1:%d".formatted(name, door.port()));
    append(p, "advertised.listeners", "%s://127.0.0.1:%d".formatted(name, door.advertisedPort()));
    append(p, "listener.security.protocol.map", name + ":PLAINTEXT");
  }

  private static void append(Properties p, String key, String more) {
    p.setProperty(key, p.getProperty(key) + "," + more);
  }
}

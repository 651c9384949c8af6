package org.maestro.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The child process: a broker that formats its folder if need be, says {@value #READY} on its
 * standard output once it serves, and ends when its standard input does. Its argument is the file
 * with its settings.
 */
final class BrokerProcess {

  static final String READY = "ready";

  private BrokerProcess() {}

  public static void main(String[] args) throws Exception {
    var settings = new Properties();
    try (var reader = Files.newBufferedReader(Path.of(args[0]))) {
      settings.load(reader);
    }
    format(settings.getProperty("log.dirs"));
    var server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    server.startup();
    announce();
    awaitParent();
    // A fresh thread: should the shutdown hang, this one still ends the process.
    Thread shutdown = Thread.ofPlatform().daemon(true).start(server::shutdown);
    shutdown.join(10_000);
    Runtime.getRuntime().halt(0);
  }

  private static void format(String logs) throws Exception {
    if (Files.exists(Path.of(logs, "meta.properties"))) {
      return;
    }
    new Formatter()
        .setPrintStream(
            new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(logs)
        .setDirectories(List.of(logs))
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
  }

  private static void announce() {
    System.out.println(READY);
    System.out.flush();
  }

  private static void awaitParent() throws IOException {
    while (System.in.read() >= 0) {
      // Only the end of the stream means something.
    }
  }
}

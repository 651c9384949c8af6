package org.maestro.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maestro.embedded.EmbeddedKafka;
import org.maestro.embedded.EmbeddedPostgres;

/**
 * A database, a message broker and services, each in processes of their own on this machine. The
 * engines share the folder of their Shell steps, as engines of one machine may.
 */
final class Installation implements AutoCloseable {
  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final List<Cables> cables;
  private final Map<ServiceKind, List<ServiceProcess>> services = new EnumMap<>(ServiceKind.class);

  private Installation(EmbeddedPostgres postgres, EmbeddedKafka kafka, List<Cables> cables) {
    this.postgres = postgres;
    this.kafka = kafka;
    this.cables = List.copyOf(cables);
  }

  /**
   * Where an installation lives.
   *
   * @param servers the folder of database and broker
   * @param services the folder of the services' logs and jobs
   * @param hasCables whether each engine reaches database and broker through cables of its own
   * @param hasClocks whether each service has a wall clock of its own
   */
  record Ground(Path servers, Path services, boolean hasCables, boolean hasClocks) {
    /** All in one folder, and nothing in between. */
    static Ground of(Path folder) {
      return new Ground(folder, folder, false, false);
    }

    Ground withClocks(boolean clocks) {
      return new Ground(servers, services, hasCables, clocks);
    }
  }

  /** What connects one engine. */
  record Cables(Cable database, Cable broker) {
    private void close() {
      database.close();
      broker.close();
    }
  }

  /** Many processes on few cores: engines that start fast. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

  /** Starts everything and returns when all engines serve. */
  static Installation start(Ground ground, int engines) {
    return start(ground, Map.of(ServiceKind.ENGINE, engines), SMALL, Map.of());
  }

  /** As above in a folder, with options for the JVMs of the engines. */
  static Installation start(Path folder, int engines, List<String> javaOptions) {
    return start(folder, Map.of(ServiceKind.ENGINE, engines), javaOptions);
  }

  /** So many processes of each kind, with options for their JVMs. */
  static Installation start(Path folder, Map<ServiceKind, Integer> counts, List<String> options) {
    return start(folder, counts, options, Map.of());
  }

  /** As above, with settings beside the usual ones or in place of them. */
  static Installation start(
      Path folder,
      Map<ServiceKind, Integer> counts,
      List<String> options,
      Map<String, String> settings) {
    return start(Ground.of(folder), counts, options, settings);
  }

  /** As above, on some ground. */
  static Installation start(
      Ground ground,
      Map<ServiceKind, Integer> counts,
      List<String> options,
      Map<String, String> settings) {
    var doors = new ArrayList<EmbeddedKafka.SideDoor>();
    var brokerCables = new ArrayList<Cable>();
    var cabled = ground.hasCables() ? counts.getOrDefault(ServiceKind.ENGINE, 0) : 0;
    for (int i = 0; i < cabled; i++) {
      var port = ServiceProcess.freePort();
      var cable = new Cable(port);
      brokerCables.add(cable);
      doors.add(new EmbeddedKafka.SideDoor(port, cable.port()));
    }
    var kafka = EmbeddedKafka.launch(ground.servers().resolve("kafka"), 0, List.of(), doors);
    EmbeddedPostgres postgres;
    try {
      postgres = EmbeddedPostgres.start(ground.servers().resolve("postgres"), 0);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
    var cables =
        brokerCables.stream()
            .map(broker -> new Cables(new Cable(postgres.port()), broker))
            .toList();
    var installation = new Installation(postgres, kafka, cables);
    try {
      kafka.awaitReady();
      installation.startServices(ground, counts, options, settings);
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private void startServices(
      Ground ground,
      Map<ServiceKind, Integer> counts,
      List<String> javaOptions,
      Map<String, String> more) {
    var folder = ground.services();
    var settings =
        new HashMap<String, String>(
            Map.ofEntries(
                Map.entry("spring.datasource.url", postgres.jdbcUrl()),
                Map.entry("spring.datasource.username", postgres.username()),
                Map.entry("spring.datasource.password", postgres.password()),
                Map.entry("maestro.kafka.bootstrap-servers", kafka.bootstrapServers()),
                Map.entry("maestro.dev", "true"),
                Map.entry("maestro.step.http.allow-list", ""),
                Map.entry("maestro.step.shell.data-dir", directory(folder.resolve("steps")))));
    settings.putAll(more);
    for (var kind : ServiceKind.values()) {
      var processes = new ArrayList<ServiceProcess>();
      for (int i = 1; i <= counts.getOrDefault(kind, 0); i++) {
        var own = new HashMap<>(settings);
        if (kind == ServiceKind.ENGINE && !cables.isEmpty()) {
          own.putAll(throughCables(cables.get(i - 1)));
        }
        processes.add(
            new ServiceProcess(
                kind,
                i,
                folder,
                own,
                javaOptions,
                ground.hasClocks()
                    ? new WallClock(folder.resolve(kind.process(i) + ".clock"))
                    : null));
      }
      services.put(kind, processes);
    }
    // One after the other: the first one makes the tables.
    for (var service : all()) {
      service.launch();
      service.awaitServing();
    }
  }

  private Map<String, String> throughCables(Cables own) {
    return Map.of(
        "spring.datasource.url",
        postgres.jdbcUrl().replace(":" + postgres.port() + "/", ":" + own.database().port() + "/"),
        "maestro.kafka.bootstrap-servers",
        "127.0.0.1:" + own.broker().port());
  }

  private static String directory(Path path) {
    try {
      return Files.createDirectories(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EmbeddedPostgres postgres() {
    return postgres;
  }

  EmbeddedKafka kafka() {
    return kafka;
  }

  List<ServiceProcess> engines() {
    return of(ServiceKind.ENGINE);
  }

  /** What connects an engine, from 0. */
  Cables cables(int engine) {
    return cables.get(engine);
  }

  /** The processes of a kind. */
  List<ServiceProcess> of(ServiceKind kind) {
    return List.copyOf(services.getOrDefault(kind, List.of()));
  }

  private List<ServiceProcess> all() {
    return services.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public void close() {
    all().forEach(ServiceProcess::close);
    cables.forEach(Cables::close);
    kafka.close();
    postgres.close();
  }
}

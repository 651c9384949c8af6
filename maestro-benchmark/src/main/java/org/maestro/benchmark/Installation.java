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
  private final Map<ServiceKind, List<ServiceProcess>> services = new EnumMap<>(ServiceKind.class);

  private Installation(EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.postgres = postgres;
    this.kafka = kafka;
  }

  /** Many processes on few cores: engines that start fast. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m");

  /** Starts everything in a folder and returns when all engines serve. */
  static Installation start(Path folder, int engines) {
    return start(folder, engines, SMALL);
  }

  /** As {@link #start(Path, int)}, with options for the JVMs of the engines. */
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
    var kafka = EmbeddedKafka.launch(folder.resolve("kafka"), 0, List.of());
    EmbeddedPostgres postgres;
    try {
      postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
    } catch (RuntimeException e) {
      kafka.close();
      throw e;
    }
    var installation = new Installation(postgres, kafka);
    try {
      kafka.awaitReady();
      installation.startServices(folder, counts, options, settings);
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private void startServices(
      Path folder,
      Map<ServiceKind, Integer> counts,
      List<String> javaOptions,
      Map<String, String> more) {
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
        processes.add(new ServiceProcess(kind, i, folder, settings, javaOptions));
      }
      services.put(kind, processes);
    }
    // One after the other: the first one makes the tables.
    for (var service : all()) {
      service.launch();
      service.awaitServing();
    }
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
    kafka.close();
    postgres.close();
  }
}

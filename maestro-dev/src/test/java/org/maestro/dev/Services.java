package org.maestro.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.maestro.embedded.EmbeddedKafka;
import org.maestro.embedded.EmbeddedPostgres;
import org.maestro.engine.EngineApplication;
import org.maestro.scheduler.SchedulerApplication;
import org.maestro.signal.SignalApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * The three services as they run in production, each an application with its ports, over one
 * database and one broker. Ada owns, bob has nothing to do with her, and root is an administrator.
 */
final class Services implements AutoCloseable {
  static final List<String> PEOPLE = List.of("ada", "bob", "root");

  private final EmbeddedPostgres postgres;
  private final EmbeddedKafka kafka;
  private final Map<Name, Running> running = new EnumMap<>(Name.class);

  /** Which services there are. */
  enum Name {
    ENGINE(EngineApplication.class),
    SIGNAL(SignalApplication.class),
    SCHEDULER(SchedulerApplication.class);

    private final Class<?> application;

    Name(Class<?> application) {
      this.application = application;
    }

    /** Which class it is as a process. */
    Class<?> application() {
      return application;
    }
  }

  private record Running(ConfigurableApplicationContext context, List<Port> ports) {}

  /** One of a service's ports, and the context of what answers there. */
  private record Port(int number, ApplicationContext context, boolean isManagement) {}

  /**
   * A way in.
   *
   * @param method of the request; GET if the route takes any
   */
  record Route(
      Name service,
      int port,
      boolean isManagement,
      String method,
      String pattern,
      HandlerMethod handler) {
    /** What the route is called: the same however often it is started. */
    String name() {
      return method + " " + pattern;
    }
  }

  private Services(EmbeddedPostgres postgres, EmbeddedKafka kafka) {
    this.postgres = postgres;
    this.kafka = kafka;
  }

  static Services start(Path folder) throws IOException {
    // Jobs run as somebody else, who has to get to their folders.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0);
    var services = new Services(postgres, EmbeddedKafka.start(folder.resolve("kafka"), 0));
    for (var name : Name.values()) {
      services.run(name, folder);
    }
    return services;
  }

  private void run(Name name, Path folder) {
    var settings = new ArrayList<String>();
    settings.add("--server.port=0");
    settings.add("--maestro.management.port=0");
    settings.add("--server.tomcat.connection-timeout=2s");
    settings.add("--spring.datasource.url=" + postgres.jdbcUrl());
    settings.add("--spring.datasource.username=" + postgres.username());
    settings.add("--spring.datasource.password=" + postgres.password());
    settings.add("--maestro.kafka.bootstrap-servers=" + kafka.bootstrapServers());
    settings.add("--maestro.shards=8");
    settings.add("--maestro.step.shell.data-dir=" + folder.resolve("steps"));
    settings.add("--maestro.step.shell.users[*]=nobody");
    for (var i = 0; i < PEOPLE.size(); i++) {
      var token = "--maestro.security.tokens[" + i + "].";
      settings.add(token + "sha256=" + digest(token(PEOPLE.get(i))));
      settings.add(token + "principal=" + PEOPLE.get(i));
      settings.add(token + "roles=" + (PEOPLE.get(i).equals("root") ? "USER,ADMIN" : "USER"));
    }
    var ports = new CopyOnWriteArrayList<Port>();
    ApplicationListener<WebServerInitializedEvent> listener =
        event ->
            ports.add(
                new Port(
                    event.getWebServer().getPort(),
                    event.getApplicationContext(),
                    "management".equals(event.getApplicationContext().getServerNamespace())));
    var context =
        new SpringApplicationBuilder(name.application)
            .listeners(listener)
            .logStartupInfo(false)
            .run(settings.toArray(String[]::new));
    running.put(name, new Running(context, ports));
  }

  /** What lets somebody in. */
  static String token(String person) {
    return person + "-token";
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  int port(Name service) {
    return Objects.requireNonNull(running.get(service)).ports().stream()
        .filter(port -> !port.isManagement())
        .findFirst()
        .orElseThrow()
        .number();
  }

  /** All ports of all services. */
  List<Integer> ports() {
    return running.values().stream()
        .flatMap(service -> service.ports().stream())
        .map(Port::number)
        .toList();
  }

  /** All routes of all services, those of their management ports included. */
  List<Route> routes() {
    var routes = new ArrayList<Route>();
    running.forEach((name, service) ->
        service
            .ports()
            .forEach(port -> {
              for (var mapping :
                  port.context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values()) {
                mapping
                    .getHandlerMethods()
                    .forEach((info, handler) -> {
                      var methods = info.getMethodsCondition().getMethods();
                      for (var pattern : info.getPatternValues()) {
                        for (var method : methods.isEmpty() ? List.of("GET") : methods) {
                          routes.add(
                              new Route(
                                  name,
                                  port.number(),
                                  port.isManagement(),
                                  method.toString(),
                                  pattern,
                                  handler));
                        }
                      }
                    });
              }
            }));
    return routes;
  }

  @Override
  public void close() {
    running.values().forEach(service -> service.context().close());
    kafka.close();
    postgres.close();
  }
}

package org.maestro.service.start;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.maestro.service.json.StrictJson;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wiring of what waits for database and brokers at the start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StartSettings.class)
public class StartConfiguration {

  private static final int USUAL_PORT = 8080;

  @Bean
  Startup startup(StartSettings settings, ServerProperties server, Environment environment) {
    var json = StrictJson.mapper();
    return new Startup(
        settings,
        awaited -> StandInServer.open(addresses(server, environment), json, awaited),
        StartConfiguration::sleep,
        System::nanoTime);
  }

  /** Those of the service, and of its management if that has a port of its own. */
  private static List<InetSocketAddress> addresses(
      ServerProperties server, Environment environment) {
    var port = server.getPort();
    var management = environment.getProperty("management.server.port", "");
    var managementAddress = environment.getProperty("management.server.address", InetAddress.class);
    var addresses = new ArrayList<InetSocketAddress>();
    addresses.addAll(
        StandInServer.addresses(server.getAddress(), port == null ? USUAL_PORT : port));
    addresses.addAll(
        StandInServer.addresses(
            managementAddress == null ? server.getAddress() : managementAddress,
            management.isEmpty() ? 0 : Integer.parseInt(management)));
    return addresses;
  }

  /** Until the time is over or the process is told to end, whose hooks wait for this thread. */
  private static boolean sleep(Duration pause) {
    var end = new CountDownLatch(1);
    var hook = Thread.ofPlatform().name("maestro-start-ends").unstarted(end::countDown);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      var isEnd = end.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      return !isEnd && Runtime.getRuntime().removeShutdownHook(hook);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IllegalStateException _) {
      return false; // the process ends already
    }
  }
}

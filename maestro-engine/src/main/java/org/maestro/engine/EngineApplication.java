package org.maestro.engine;

import java.util.Map;
import org.maestro.zones.Zones;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The engine as a process. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
@Import(EngineConfiguration.class)
public class EngineApplication {
  public static void main(String[] args) {
    Zones.install();
    var application = new SpringApplication(EngineApplication.class);
    application.setDefaultProperties(
        Map.of("spring.application.name", "maestro-engine", "server.port", "${MAESTRO_PORT:8080}"));
    application.run(args);
  }
}

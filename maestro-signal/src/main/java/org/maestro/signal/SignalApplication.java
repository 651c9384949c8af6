package org.maestro.signal;

import java.time.InstantSource;
import java.util.Map;
import org.maestro.service.database.DatabaseConfiguration;
import org.maestro.service.database.DatabasePulse;
import org.maestro.service.messaging.MessagingConfiguration;
import org.maestro.service.security.SecurityConfiguration;
import org.maestro.service.setting.SettingsConfiguration;
import org.maestro.service.web.WebConfiguration;
import org.maestro.signal.wiring.SignalConfiguration;
import org.maestro.zones.Zones;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The signal service as a process. Everything it consists of is imported here by name. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
@Import({
  DatabaseConfiguration.class,
  MessagingConfiguration.class,
  WebConfiguration.class,
  SecurityConfiguration.class,
  SettingsConfiguration.class,
  SignalConfiguration.class
})
public class SignalApplication {
  public static void main(String[] args) {
    Zones.install();
    var application = new SpringApplication(SignalApplication.class);
    application.setDefaultProperties(
        Map.of("spring.application.name", "maestro-signal", "server.port", "${MAESTRO_PORT:8082}"));
    application.run(args);
  }

  @Bean
  static InstantSource clock(DatabasePulse database) {
    return database.clock();
  }
}

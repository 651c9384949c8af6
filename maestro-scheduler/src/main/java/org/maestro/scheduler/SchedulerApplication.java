package org.maestro.scheduler;

import java.time.InstantSource;
import java.util.Map;
import org.maestro.service.database.DatabaseConfiguration;
import org.maestro.service.database.DatabasePulse;
import org.maestro.service.messaging.MessagingConfiguration;
import org.maestro.service.security.SecurityConfiguration;
import org.maestro.service.setting.SettingsConfiguration;
import org.maestro.service.web.WebConfiguration;
import org.maestro.zones.Zones;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The scheduler as a process. Everything it consists of is imported here by name. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
@Import({
  DatabaseConfiguration.class,
  MessagingConfiguration.class,
  WebConfiguration.class,
  SecurityConfiguration.class,
  SettingsConfiguration.class,
  SchedulerConfiguration.class
})
public class SchedulerApplication {
  public static void main(String[] args) {
    Zones.install();
    var application = new SpringApplication(SchedulerApplication.class);
    application.setDefaultProperties(
        Map.of(
            "spring.application.name",
            "maestro-scheduler",
            "server.port",
            "${MAESTRO_PORT:8081}",
            "management.endpoint.health.group.readiness.include",
            "readinessState,timeTriggers"));
    application.run(args);
  }

  @Bean
  static InstantSource clock(DatabasePulse database) {
    return database.clock();
  }
}

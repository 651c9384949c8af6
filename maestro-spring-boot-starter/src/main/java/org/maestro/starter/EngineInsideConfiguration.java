package org.maestro.starter;

import org.maestro.engine.EngineConfiguration;
import org.maestro.scheduler.SchedulerConfiguration;
import org.maestro.service.database.Migrations;
import org.maestro.signal.wiring.SignalConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** All services in the context that they have to themselves. */
@SpringBootConfiguration(proxyBeanMethods = false)
@Import({
  OwnAutoConfigurations.class,
  EngineConfiguration.class,
  SchedulerConfiguration.class,
  SignalConfiguration.class
})
class EngineInsideConfiguration {

  @Bean
  static Migrations startOrders() {
    return new Migrations("db/embedding", "embedding_schema_history");
  }
}

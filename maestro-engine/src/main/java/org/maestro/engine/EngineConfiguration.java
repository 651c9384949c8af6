package org.maestro.engine;

import java.time.InstantSource;
import org.maestro.engine.answer.AnswerConfiguration;
import org.maestro.engine.api.backfill.BackfillApiConfiguration;
import org.maestro.engine.api.breakpoint.BreakpointApiConfiguration;
import org.maestro.engine.api.deadletter.DeadLetterApiConfiguration;
import org.maestro.engine.api.definition.DefinitionApiConfiguration;
import org.maestro.engine.api.instance.InstanceApiConfiguration;
import org.maestro.engine.api.notification.NotificationApiConfiguration;
import org.maestro.engine.api.permit.PermitApiConfiguration;
import org.maestro.engine.api.run.RunApiConfiguration;
import org.maestro.engine.breakpoint.BreakpointConfiguration;
import org.maestro.engine.definition.DefinitionConfiguration;
import org.maestro.engine.instance.InstanceConfiguration;
import org.maestro.engine.instance.loop.LoopViewConfiguration;
import org.maestro.engine.instance.purge.PurgeConfiguration;
import org.maestro.engine.instance.why.WhyConfiguration;
import org.maestro.engine.live.LiveConfiguration;
import org.maestro.engine.log.LogConfiguration;
import org.maestro.engine.notification.send.NotificationConfiguration;
import org.maestro.engine.permit.PermitConfiguration;
import org.maestro.engine.step.runtime.wiring.RuntimeConfiguration;
import org.maestro.engine.ui.UiConfiguration;
import org.maestro.engine.wiring.BackfillConfiguration;
import org.maestro.engine.wiring.RunConfiguration;
import org.maestro.service.database.DatabaseConfiguration;
import org.maestro.service.database.DatabasePulse;
import org.maestro.service.database.Migrations;
import org.maestro.service.messaging.MessagingConfiguration;
import org.maestro.service.security.SecurityConfiguration;
import org.maestro.service.setting.SettingsConfiguration;
import org.maestro.service.web.WebConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Everything the engine consists of, by name; for whoever it is a part of. */
@Configuration(proxyBeanMethods = false)
@Import({
  DatabaseConfiguration.class,
  MessagingConfiguration.class,
  WebConfiguration.class,
  SecurityConfiguration.class,
  DefinitionConfiguration.class,
  DefinitionApiConfiguration.class,
  RunConfiguration.class,
  RunApiConfiguration.class,
  DeadLetterApiConfiguration.class,
  PermitConfiguration.class,
  PermitApiConfiguration.class,
  BreakpointConfiguration.class,
  BreakpointApiConfiguration.class,
  BackfillConfiguration.class,
  BackfillApiConfiguration.class,
  RuntimeConfiguration.class,
  LogConfiguration.class,
  InstanceConfiguration.class,
  LoopViewConfiguration.class,
  WhyConfiguration.class,
  PurgeConfiguration.class,
  NotificationConfiguration.class,
  SettingsConfiguration.class,
  NotificationApiConfiguration.class,
  InstanceApiConfiguration.class,
  AnswerConfiguration.class,
  LiveConfiguration.class,
  UiConfiguration.class
})
public class EngineConfiguration {

  @Bean
  static Migrations engineTables() {
    return new Migrations("db/migration", "flyway_schema_history");
  }

  @Bean
  static InstantSource clock(DatabasePulse database) {
    return database.clock();
  }
}

package org.maestro.service.messaging;

import java.util.UUID;
import java.util.concurrent.Executors;
import org.maestro.messaging.MessageSender;
import org.maestro.service.database.DatabasePulse;
import org.maestro.service.database.Migrations;
import org.maestro.service.database.Transactions;
import org.maestro.service.start.Startup;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of the one sender of a process, and of the check whose topics it sends to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrokerSettings.class)
public class MessagingConfiguration {

  @Bean
  MessageSender messageSender(BrokerSettings settings) {
    return new MessageSender(settings.settings("", "maestro-" + ProcessHandle.current().pid()));
  }

  @Bean
  Attendance attendance(DatabasePulse database) {
    var attendance =
        new Attendance(
            database,
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("maestro-attendance").daemon(true).factory()));
    attendance.begin();
    return attendance;
  }

  @Bean
  static Migrations serviceTables() {
    return new Migrations("db/service", "service_schema_history");
  }

  @Bean
  Installation installation(
      BrokerSettings settings, JdbcClient jdbc, Transactions transactions, Startup startup) {
    return new Installation(
        settings,
        new InstallationStore(jdbc, transactions),
        () -> UUID.randomUUID().toString(),
        startup);
  }
}

package org.maestro.service.database;

import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.maestro.service.start.StartConfiguration;
import org.maestro.service.start.Startup;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Wiring of the database access. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
@Import(StartConfiguration.class)
public class DatabaseConfiguration {

  private static final String DATABASE = "the database";

  @Bean
  static Migrations databaseTables() {
    return new Migrations("db/database", "database_schema_history");
  }

  @Bean
  Pause pause() {
    return DatabaseConfiguration::sleep;
  }

  @Bean
  Transactions transactions(
      DataSource dataSource,
      JdbcConnectionDetails database,
      DatabaseSettings settings,
      Pause pause,
      List<Migrations> migrations,
      Startup startup) {
    startup.await(
        e -> DatabaseTrouble.of(e).map(_ -> DATABASE),
        () -> Migrations.apply(patient(database), migrations));
    return new Transactions(dataSource, settings, RandomGenerator.getDefault(), pause);
  }

  @Bean
  StorageWatch storageHealthIndicator(JdbcClient jdbc, Transactions transactions) {
    return new StorageWatch(
        transactions,
        new StorageProbeStore(jdbc, transactions, RandomGenerator.getDefault()),
        System::nanoTime);
  }

  /** Asked once before anybody wants to know the time, which is after the tables are there. */
  @Bean
  @DependsOn("transactions")
  DatabasePulse databasePulse(JdbcConnectionDetails database) {
    var seconds = Long.toString(DatabasePulse.PATIENCE.toSeconds());
    var settings = new Properties();
    if (database.getUsername() != null) {
      settings.setProperty("user", database.getUsername());
    }
    if (database.getPassword() != null) {
      settings.setProperty("password", database.getPassword());
    }
    settings.setProperty("connectTimeout", seconds);
    settings.setProperty("socketTimeout", seconds);
    var pulse =
        new DatabasePulse(
            () -> DriverManager.getConnection(database.getJdbcUrl(), settings),
            InstantSource.system(),
            System::nanoTime);
    pulse.ask();
    return pulse;
  }

  /** A migration takes as long as it takes: connections without the time limits of the pool. */
  private static DataSource patient(JdbcConnectionDetails database) {
    var dataSource = new DriverManagerDataSource(database.getJdbcUrl());
    dataSource.setUsername(database.getUsername());
    dataSource.setPassword(database.getPassword());
    return dataSource;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

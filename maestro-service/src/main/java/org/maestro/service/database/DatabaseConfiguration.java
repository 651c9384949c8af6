package org.maestro.service.database;

import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the database access. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseConfiguration {

  @Bean
  Transactions transactions(
      DataSource dataSource, DatabaseSettings settings, List<Migrations> migrations) {
    Migrations.apply(dataSource, migrations);
    return new Transactions(
        dataSource, settings, RandomGenerator.getDefault(), DatabaseConfiguration::sleep);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

package org.maestro.starter;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Brings {@link Maestro} into a Spring Boot program that has a data source. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnProperty(name = "maestro.embedding.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EmbeddingSettings.class)
public class MaestroAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  EngineInside engineInside(
      EmbeddingSettings settings,
      DataSource dataSource,
      ObjectProvider<JdbcConnectionDetails> details,
      ConfigurableEnvironment environment) {
    return EngineInside.start(
        settings,
        // Not the very object: whoever asks Spring for its connection would get the program's.
        new DelegatingDataSource(dataSource),
        details.getIfAvailable(() -> EngineInside.detailsOf(dataSource)),
        environment);
  }

  @Bean
  @ConditionalOnMissingBean
  Maestro maestro(EngineInside engine, EmbeddingSettings settings, DataSource dataSource) {
    return new Maestro(
        engine,
        settings.user(),
        new StartOrderStore(dataSource),
        () -> UUID.randomUUID().toString(),
        Thread.ofPlatform().name("maestro-start-orders").daemon(true).factory());
  }
}

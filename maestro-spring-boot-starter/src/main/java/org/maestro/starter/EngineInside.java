package org.maestro.starter;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The services, running in this process in a context of their own. They have connections of the
 * program's data source, and never one that a transaction of the program is using.
 */
final class EngineInside implements AutoCloseable {
  private static final String OURS = "maestro.";

  private final ConfigurableApplicationContext services;

  private EngineInside(ConfigurableApplicationContext services) {
    this.services = services;
  }

  /** Starts them, and returns when they serve requests. */
  static EngineInside start(
      EmbeddingSettings settings,
      DataSource dataSource,
      JdbcConnectionDetails details,
      ConfigurableEnvironment program) {
    var environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("of the program", properties(settings, program)));
    var application = new SpringApplication(EngineInsideConfiguration.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setEnvironment(environment);
    application.setRegisterShutdownHook(false); // it ends with the program's context
    application.setLogStartupInfo(false);
    // How this process logs is for the program to say.
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof LoggingApplicationListener))
            .toList());
    application.addInitializers(context -> {
      var beans = (GenericApplicationContext) context;
      beans.registerBean("dataSource", DataSource.class, () -> dataSource);
      beans.registerBean("jdbcConnectionDetails", JdbcConnectionDetails.class, () -> details);
    });
    return new EngineInside(application.run());
  }

  private static Map<String, Object> properties(
      EmbeddingSettings settings, ConfigurableEnvironment program) {
    var all = new LinkedHashMap<String, Object>();
    for (var source : program.getPropertySources()) {
      if (source instanceof EnumerablePropertySource<?> known) {
        for (var name : known.getPropertyNames()) {
          var value = name.startsWith(OURS) ? program.getProperty(name) : null;
          if (value != null) {
            all.putIfAbsent(name, value);
          }
        }
      }
    }
    all.put("server.address", settings.address());
    all.put("server.port", settings.port());
    all.put("spring.application.name", "maestro");
    all.put("spring.config.name", "maestro-embedding");
    all.put("spring.main.banner-mode", "off");
    all.put("spring.jmx.enabled", "false");
    return all;
  }

  /** How to reach the database, where nobody but the pool knows. */
  static JdbcConnectionDetails detailsOf(DataSource dataSource) {
    try {
      var pool = dataSource.unwrap(HikariDataSource.class);
      return new JdbcConnectionDetails() {
        @Override
        public String getJdbcUrl() {
          return pool.getJdbcUrl();
        }

        @Override
        public String getUsername() {
          return pool.getUsername();
        }

        @Override
        public String getPassword() {
          return pool.getPassword();
        }
      };
    } catch (SQLException e) {
      throw new IllegalStateException(
          "expected the database to be configured as spring.datasource.url, or by a"
              + " HikariDataSource or a JdbcConnectionDetails bean, found "
              + dataSource,
          e);
    }
  }

  <T> T bean(Class<T> type) {
    return services.getBean(type);
  }

  /** Where the API is served. */
  int port() {
    return services instanceof ServletWebServerApplicationContext web && web.getWebServer() != null
        ? web.getWebServer().getPort()
        : -1;
  }

  @Override
  public void close() {
    services.close();
  }
}

package org.maestro.service.limit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.maestro.service.problem.ProblemWriter;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wiring of the limits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
public class LimitConfiguration {

  @Bean
  static Connections connections(LimitSettings settings) {
    return new Connections(
        settings.waitingConnections(), settings.patience(), settings.idle(), System::nanoTime);
  }

  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedConnections(
      Connections connections) {
    return factory -> {
      factory.setProtocol(GuardedProtocol.class.getName());
      factory.addConnectorCustomizers(
          connector -> ((GuardedProtocol) connector.getProtocolHandler()).tell(connections));
    };
  }

  @Bean
  static FilterRegistrationBean<RequestLimits> requestLimits(
      Connections connections, LimitSettings settings, ProblemWriter problems) {
    var registration =
        new FilterRegistrationBean<>(new RequestLimits(connections, settings, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 15);
    registration.setAsyncSupported(true);
    return registration;
  }

  @Bean
  static Streams streams(LimitSettings settings) {
    return new Streams(settings.streams(), settings.streamsPerCaller());
  }

  /** Of their own, so that pages that are open leave room for logs. */
  @Bean(defaultCandidate = false)
  static Streams pageStreams(LimitSettings settings) {
    return new Streams(settings.pages(), settings.pagesPerCaller());
  }

  @Bean
  static MeterBinder limitMetrics(
      Connections connections, Streams streams, @Qualifier("pageStreams") Streams pages) {
    return registry -> {
      Gauge.builder("maestro.connections", connections, Connections::open)
          .description("connections that are open")
          .register(registry);
      Gauge.builder("maestro.streams", streams, Streams::count)
          .description("logs that are followed")
          .register(registry);
      Gauge.builder("maestro.pages", pages, Streams::count)
          .description("browsers that hear of what changes")
          .register(registry);
    };
  }
}

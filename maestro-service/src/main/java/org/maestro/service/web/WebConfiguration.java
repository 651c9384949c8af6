package org.maestro.service.web;

import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.maestro.model.document.Limit;
import org.maestro.service.json.StrictJson;
import org.maestro.service.limit.LimitConfiguration;
import org.maestro.service.problem.ProblemHandler;
import org.maestro.service.problem.ProblemWriter;
import org.maestro.service.security.CallerArgument;
import org.maestro.zones.Zones;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of what all REST routes share. */
@Configuration(proxyBeanMethods = false)
@Import(LimitConfiguration.class)
public class WebConfiguration implements WebMvcConfigurer {
  private static final Logger log = LoggerFactory.getLogger(WebConfiguration.class);

  /** Above the 750,000 characters that parameters may have, with room for escapes. */
  @Limit(value = "the body of a request", unit = "bytes")
  private static final long MAX_BODY_BYTES = 4L * 1024 * 1024;

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerArgument());
  }

  @Bean
  static JsonMapper jsonMapper() {
    return StrictJson.mapper();
  }

  @Bean
  static ProblemWriter problemWriter(JsonMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  static ProblemHandler problemHandler() {
    return new ProblemHandler();
  }

  @Bean
  static StorableBodies storableBodies() {
    return new StorableBodies();
  }

  @Bean
  static InfoController infoController() {
    log.info("Time-zone rules {}", Zones.install());
    return new InfoController();
  }

  @Bean
  static ApiDocumentController apiDocumentController() {
    return new ApiDocumentController();
  }

  /** Slashes within a name reach the gate, which decides where they may be. */
  @Bean
  static WebServerFactoryCustomizer<TomcatServletWebServerFactory> encodedSlashes() {
    return factory ->
        factory.addConnectorCustomizers(connector -> {
          var asItIs = EncodedSolidusHandling.PASS_THROUGH.getValue();
          connector.setEncodedSolidusHandling(asItIs);
          connector.setEncodedReverseSolidusHandling(asItIs);
        });
  }

  @Bean
  static ProblemsOfTomcat problemsOfTomcat(ProblemWriter problems) {
    return new ProblemsOfTomcat(problems);
  }

  @Bean
  static FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter problems) {
    var registration = new FilterRegistrationBean<>(new BodyLimit(MAX_BODY_BYTES, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    return registration;
  }
}

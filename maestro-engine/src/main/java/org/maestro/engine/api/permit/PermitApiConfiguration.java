package org.maestro.engine.api.permit;

import org.maestro.engine.permit.TagPermits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over permits. */
@Configuration(proxyBeanMethods = false)
public class PermitApiConfiguration {

  @Bean
  TagPermitController tagPermitController(TagPermits permits) {
    return new TagPermitController(permits);
  }
}

package org.maestro.engine.api.request;

import org.maestro.engine.request.ParkedRequests;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over parked requests. */
@Configuration(proxyBeanMethods = false)
public class RequestApiConfiguration {

  @Bean
  ParkedRequestController parkedRequestController(ParkedRequests requests) {
    return new ParkedRequestController(requests);
  }
}

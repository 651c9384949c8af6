package org.maestro.engine.api.deadletter;

import org.maestro.engine.deadletter.DeadLetters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over dead letters. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterApiConfiguration {

  @Bean
  EngineDeadLetterController engineDeadLetterController(DeadLetters letters) {
    return new EngineDeadLetterController(letters);
  }
}

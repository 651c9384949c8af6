package org.maestro.engine.api.backfill;

import org.maestro.engine.backfill.BackfillService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over back-fills. */
@Configuration(proxyBeanMethods = false)
public class BackfillApiConfiguration {

  @Bean
  BackfillController backfillController(BackfillService backfills) {
    return new BackfillController(backfills);
  }
}

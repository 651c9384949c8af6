package org.maestro.engine.wiring;

import java.time.InstantSource;
import org.maestro.engine.backfill.BackfillDriver;
import org.maestro.engine.backfill.BackfillRuns;
import org.maestro.engine.backfill.BackfillService;
import org.maestro.engine.backfill.BackfillStore;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.shard.Shards;
import org.maestro.engine.start.RestartService;
import org.maestro.engine.start.StartService;
import org.maestro.engine.wiring.RunConfiguration.EngineThreads;
import org.maestro.engine.wiring.RunConfiguration.NodeIdentity;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of back-fills. */
@Configuration(proxyBeanMethods = false)
public class BackfillConfiguration {

  @Bean
  BackfillStore backfillStore(Transactions transactions, RunJson json) {
    return new BackfillStore(transactions, json);
  }

  @Bean
  BackfillRuns backfillRuns(
      BackfillStore store,
      StartService starts,
      RestartService restarts,
      Shards shards,
      CompiledVersions versions) {
    return new BackfillRuns(store, starts, restarts, shards, versions);
  }

  @Bean
  BackfillDriver backfillDriver(
      BackfillStore store, BackfillRuns runs, InstantSource clock, EngineThreads threads) {
    return new BackfillDriver(store, runs, clock, threads.executor(), RunConfiguration::pause);
  }

  @Bean
  BackfillService backfillService(
      BackfillStore store,
      BackfillRuns runs,
      BackfillDriver driver,
      NodeChannel wakes,
      CompiledVersions versions,
      AccessPolicy access,
      NodeIdentity node,
      InstantSource clock) {
    return new BackfillService(
        store, runs, driver, wakes, versions, access, node::orderedId, clock);
  }
}

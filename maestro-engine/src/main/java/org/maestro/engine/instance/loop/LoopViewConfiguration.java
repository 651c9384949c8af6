package org.maestro.engine.instance.loop;

import java.time.InstantSource;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of reading foreach steps and of acting on their iterations. */
@Configuration(proxyBeanMethods = false)
public class LoopViewConfiguration {

  @Bean
  LoopSnapshots loopSnapshots(LoopStore chunks) {
    return new LoopSnapshots(chunks);
  }

  @Bean
  LoopReader loopReader(
      InstanceStore store,
      LoopSnapshots snapshots,
      LoopSource loops,
      RunPlans plans,
      AccessPolicy access) {
    return new LoopReader(store, snapshots, loops, plans, access);
  }

  @Bean
  LoopQueries loopQueries(
      Transactions transactions,
      LoopReader reader,
      LoopStore chunks,
      LoopSource loops,
      InstantSource clock) {
    return new LoopQueries(transactions, reader, chunks, loops, clock);
  }

  @Bean
  LoopActions loopActions(Transactions transactions, LoopReader reader, RunCommands commands) {
    return new LoopActions(transactions, reader, commands);
  }
}

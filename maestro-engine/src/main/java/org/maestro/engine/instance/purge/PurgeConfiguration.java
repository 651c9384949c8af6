package org.maestro.engine.instance.purge;

import org.maestro.engine.backfill.BackfillStore;
import org.maestro.engine.breakpoint.KnownBreakpoints;
import org.maestro.engine.definition.InstancePurge;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.step.runtime.job.AttemptFolders;
import org.maestro.service.database.Transactions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of deleting runs. */
@Configuration(proxyBeanMethods = false)
public class PurgeConfiguration {

  @Bean
  PurgeStore purgeStore(JdbcClient jdbc) {
    return new PurgeStore(jdbc);
  }

  @Bean
  InstancePurge instancePurge(
      Transactions transactions,
      PurgeStore store,
      RunCommands commands,
      KnownBreakpoints breakpoints,
      BackfillStore backfills,
      NotificationStore notifications,
      ObjectProvider<AttemptFolders> folders) {
    return new StoredPurge(
        transactions,
        store,
        commands,
        id -> breakpoints.deleteAll(id) + backfills.deleteAll(id) + notifications.deleteAll(id),
        uuid -> folders.ifAvailable(found -> found.forget(uuid)));
  }
}

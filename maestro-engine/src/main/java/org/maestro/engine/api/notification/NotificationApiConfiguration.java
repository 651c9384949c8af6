package org.maestro.engine.api.notification;

import java.time.InstantSource;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.notification.Notifications;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of the REST routes over notifications. */
@Configuration(proxyBeanMethods = false)
public class NotificationApiConfiguration {

  @Bean
  Notifications notifications(
      Transactions transactions,
      NotificationStore store,
      InstanceStore runs,
      AccessPolicy access,
      InstantSource clock) {
    return new Notifications(transactions, store, runs, access, clock);
  }

  @Bean
  NotificationController notificationController(Notifications notifications) {
    return new NotificationController(notifications);
  }
}

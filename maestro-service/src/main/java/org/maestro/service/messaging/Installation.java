package org.maestro.service.messaging;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.maestro.messaging.BrokersAwayException;
import org.maestro.messaging.TopicAdmin;
import org.maestro.service.database.DatabaseTrouble;
import org.maestro.service.messaging.InstallationStore.Known;
import org.maestro.service.start.Startup;

/**
 * Makes sure that database and topics belong together: two installations that share topics would
 * divide each other's messages among themselves. The id is made at the first start of all, and kept
 * on both sides.
 */
public final class Installation {
  private final BrokerSettings broker;
  private final InstallationStore store;
  private final Supplier<String> ids;
  private final Startup startup;
  private boolean checked;

  Installation(
      BrokerSettings broker, InstallationStore store, Supplier<String> ids, Startup startup) {
    this.broker = broker;
    this.store = store;
    this.ids = ids;
    this.startup = startup;
  }

  /**
   * To be called before the first message is sent or read. Waits while the brokers or the database
   * are away.
   *
   * @param topics makes those that the service needs; called again if they go away meanwhile
   * @throws IllegalStateException if the topics or the database are those of another installation
   */
  public void prepare(Consumer<TopicAdmin> topics) {
    startup.await(
        Installation::whatIsAway,
        () -> {
          check();
          topics.accept(admin());
          return true;
        });
  }

  private TopicAdmin admin() {
    return new TopicAdmin(
        broker.settings("", "maestro-installation"), startup.attempt(), broker.replication());
  }

  private static Optional<String> whatIsAway(RuntimeException e) {
    return e instanceof BrokersAwayException
        ? Optional.of("Kafka")
        : DatabaseTrouble.of(e).map(_ -> "the database");
  }

  synchronized void check() {
    if (checked) {
      return;
    }
    var known = store.find();
    known.ifPresent(this::requireSamePrefix);
    var found =
        admin().claim(broker.installationTopic(), known.map(Known::installationId).orElseGet(ids));
    if (known.isEmpty()) {
      store.insert(new Known(found, broker.topicPrefix()));
    }
    var agreed = store.find().orElseThrow();
    requireSamePrefix(agreed);
    if (!agreed.installationId().equals(found)) {
      throw new IllegalStateException(
          "expected the topics \"%s.…\" at %s to be those of installation %s, whose database this is, found those of installation %s; give each installation a maestro.kafka.topic-prefix of its own"
              .formatted(
                  broker.topicPrefix(), broker.bootstrapServers(), agreed.installationId(), found));
    }
    checked = true;
  }

  private void requireSamePrefix(Known known) {
    if (!known.topicPrefix().equals(broker.topicPrefix())) {
      throw new IllegalStateException(
          "expected maestro.kafka.topic-prefix to be \"%s\", with which this database has been used, found \"%s\"; set it so, or use another database"
              .formatted(known.topicPrefix(), broker.topicPrefix()));
    }
  }
}

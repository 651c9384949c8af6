package org.maestro.signal.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.ShardConsumer;
import org.maestro.messaging.TopicAdmin;
import org.maestro.messaging.TopicConsumer;
import org.maestro.service.messaging.BrokerSettings;
import org.maestro.signal.offer.ArrivalMessages;
import org.maestro.signal.outbox.OutboxRelay;
import org.maestro.signal.shard.OwnedTopic;
import org.maestro.signal.trigger.EngineNews;
import org.springframework.context.SmartLifecycle;

/** Starts the signal service before the first request is served, and stops it after the last. */
final class SignalStartup implements SmartLifecycle {
  private static final Duration BROKER_TIMEOUT = Duration.ofSeconds(60);

  /** After so long a message in the outbox is nobody's any more. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(15);

  private final BrokerSettings broker;
  private final String node;
  private final OwnedTopic signals;
  private final EngineNews news;
  private final OutboxRelay relay;
  private final ArrivalMessages arrivals;
  private final InstantSource clock;
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile boolean running;

  SignalStartup(
      BrokerSettings broker,
      String node,
      OwnedTopic signals,
      EngineNews news,
      OutboxRelay relay,
      ArrivalMessages arrivals,
      InstantSource clock) {
    this.broker = broker;
    this.node = node;
    this.signals = signals;
    this.news = news;
    this.relay = relay;
    this.arrivals = arrivals;
    this.clock = clock;
  }

  @Override
  public void start() {
    var topics = broker.topics();
    new TopicAdmin(kafka("admin"), BROKER_TIMEOUT).ensure(topics);
    var threads = new SignalThreads();
    open.add(threads);
    threads.start("maestro-signal-relay", relay);
    consume(topics);
    var owned = new ShardConsumer(kafka("shards"), topics.signals(), signals);
    open.addFirst(owned);
    owned.start();
    threads.every(Duration.ofSeconds(5), arrivals::ofAllBehind);
    threads.every(
        Duration.ofSeconds(5), () -> relay.sendForgotten(clock.millis() - FORGOTTEN.toMillis()));
    threads.every(
        Duration.ofSeconds(10), () -> owned.assignAgain(signals.deserted(owned.assigned())));
    running = true;
  }

  private void consume(ServiceTopics topics) {
    var triggers = new TopicConsumer(kafka("triggers"), topics.triggers(), news::triggers);
    var answers = new TopicConsumer(kafka("answers"), topics.answers(), news::answers);
    open.addFirst(triggers);
    open.addFirst(answers);
    triggers.start();
    answers.start();
  }

  /** A group of its own for every topic, under the installation's prefix. */
  private KafkaSettings kafka(String role) {
    return broker.settings(broker.topicPrefix() + ".signal." + role, node);
  }

  @Override
  public void stop() {
    running = false;
    for (var one : open) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    open.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return 0; // before the web server, which starts near the end
  }
}

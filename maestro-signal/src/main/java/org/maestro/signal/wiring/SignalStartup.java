package org.maestro.signal.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.ServiceTopics;
import org.maestro.messaging.ShardConsumer;
import org.maestro.messaging.TopicConsumer;
import org.maestro.service.messaging.Attendance;
import org.maestro.service.messaging.BrokerSettings;
import org.maestro.service.messaging.Installation;
import org.maestro.service.outbox.OutboxRelay;
import org.maestro.signal.offer.OfferLoop;
import org.maestro.signal.shard.OwnedTopic;
import org.maestro.signal.trigger.Decisions;
import org.maestro.signal.trigger.EngineNews;
import org.springframework.context.SmartLifecycle;

/** Starts the signal service before the first request is served, and stops it after the last. */
final class SignalStartup implements SmartLifecycle {
  /** How many triggers are asked at a time; long evaluations wait for each other in any case. */
  private static final int DECIDING = 32;

  private final Installation installation;
  private final BrokerSettings broker;
  private final String node;
  private final List<OwnedTopic> owned;
  private final EngineNews news;
  private final OutboxRelay relay;
  private final OfferLoop offers;
  private final Decisions decisions;
  private final List<Recurring> recurring;
  private final Attendance attendance;
  private final List<AutoCloseable> open = new ArrayList<>();
  private volatile boolean running;

  SignalStartup(
      Installation installation,
      BrokerSettings broker,
      String node,
      List<OwnedTopic> owned,
      EngineNews news,
      OutboxRelay relay,
      OfferLoop offers,
      Decisions decisions,
      List<Recurring> recurring,
      Attendance attendance) {
    this.installation = installation;
    this.broker = broker;
    this.node = node;
    this.owned = List.copyOf(owned);
    this.news = news;
    this.relay = relay;
    this.offers = offers;
    this.decisions = decisions;
    this.recurring = List.copyOf(recurring);
    this.attendance = attendance;
  }

  /** Something that is done again and again, with so much time between. */
  record Recurring(Duration pause, Runnable task) {}

  @Override
  public void start() {
    var topics = broker.topics();
    installation.prepare(admin -> admin.ensure(topics));
    var threads = new SignalThreads();
    open.add(threads);
    threads.start("maestro-signal-relay", relay);
    threads.start("maestro-signal-offers", offers);
    for (var i = 0; i < DECIDING; i++) {
      threads.start("maestro-signal-decisions-" + i, decisions);
    }
    consume(topics);
    owned.forEach(topic -> take(topic, threads));
    recurring.forEach(one -> threads.every(one.pause(), one.task()));
    running = true;
  }

  private void take(OwnedTopic topic, SignalThreads threads) {
    var group = new ShardConsumer(kafka(topic.name()), topic.name(), topic);
    open.addFirst(group);
    group.start();
    attendance.of(List.of(group));
    threads.every(Duration.ofSeconds(2), () -> group.joinAgain(topic.deserted(group.assigned())));
  }

  private void consume(ServiceTopics topics) {
    var triggers = new TopicConsumer(kafka("triggers"), topics.triggers(), news::triggers);
    var answers = new TopicConsumer(kafka("answers"), topics.answers(), news::answers);
    open.addFirst(triggers);
    open.addFirst(answers);
    triggers.start();
    answers.start();
    attendance.of(List.of(triggers, answers));
  }

  /** A group of its own for every topic, under the installation's prefix. */
  private KafkaSettings kafka(String role) {
    return broker.settings(broker.topicPrefix() + ".signal." + role, node + "-" + role);
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

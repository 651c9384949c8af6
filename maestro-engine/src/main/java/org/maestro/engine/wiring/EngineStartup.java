package org.maestro.engine.wiring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.permit.PermitRecovery;
import org.maestro.engine.request.RequestReceiver;
import org.maestro.engine.run.WayOut;
import org.maestro.engine.run.shard.BatchCommitter;
import org.maestro.engine.run.shard.Shards;
import org.maestro.engine.run.shard.Timers;
import org.maestro.engine.start.Admission;
import org.maestro.engine.start.StartBatcher;
import org.maestro.engine.wiring.RunConfiguration.EngineThreads;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.ShardConsumer;
import org.maestro.messaging.TopicConsumer;
import org.maestro.messaging.Topics;
import org.maestro.service.messaging.Attendance;
import org.maestro.service.messaging.BrokerSettings;
import org.maestro.service.messaging.Installation;
import org.maestro.service.outbox.OutboxRelay;
import org.maestro.service.outbox.OutboxWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the run engine when everything else stands, before the first request is served, and stops
 * it after the last one; its shards are let go before.
 */
final class EngineStartup implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(EngineStartup.class);

  private final KafkaSettings kafka;
  private final Topics topics;
  private final BrokerSettings broker;
  private final Shards shards;
  private final WayOut wayOut;
  private final OutboxRelay relay;
  private final OutboxWatch watch;
  private final BatchCommitter committer;
  private final StartBatcher starts;
  private final Admission admission;
  private final Timers timers;
  private final EngineThreads threads;
  private final PermitRecovery permits;
  private final Runnable registerRuntimes;
  private final Runnable cleaner;
  private final Runnable backfills;
  private final RequestReceiver requests;
  private final Installation installation;
  private final Attendance attendance;
  private final List<Thread> loops = new ArrayList<>();
  private volatile @Nullable ShardConsumer consumer;
  private @Nullable TopicConsumer requestConsumer;
  private volatile boolean running;

  EngineStartup(
      KafkaSettings kafka,
      Topics topics,
      BrokerSettings broker,
      Shards shards,
      WayOut wayOut,
      OutboxRelay relay,
      OutboxWatch watch,
      BatchCommitter committer,
      StartBatcher starts,
      Admission admission,
      Timers timers,
      EngineThreads threads,
      PermitRecovery permits,
      Runnable registerRuntimes,
      Runnable cleaner,
      Runnable backfills,
      RequestReceiver requests,
      Installation installation,
      Attendance attendance) {
    this.kafka = kafka;
    this.topics = topics;
    this.broker = broker;
    this.shards = shards;
    this.wayOut = wayOut;
    this.relay = relay;
    this.watch = watch;
    this.committer = committer;
    this.starts = starts;
    this.admission = admission;
    this.timers = timers;
    this.threads = threads;
    this.permits = permits;
    this.registerRuntimes = registerRuntimes;
    this.cleaner = cleaner;
    this.backfills = backfills;
    this.requests = requests;
    this.installation = installation;
    this.attendance = attendance;
  }

  @Override
  public void start() {
    installation.prepare(admin -> {
      admin.ensure(topics);
      admin.ensure(broker.topics());
    });
    registerRuntimes.run();
    shards.connect(wayOut);
    loops.add(threads.start("maestro-commit", committer));
    loops.add(threads.start("maestro-starts", starts));
    loops.add(threads.start("maestro-admission", admission));
    loops.add(threads.start("maestro-relay", relay));
    var group = new ShardConsumer(kafka, topics.commands(), shards);
    consumer = group;
    group.start();
    var asked =
        new TopicConsumer(
            broker.settings(kafka.groupId() + "-requests", kafka.clientId()),
            broker.topics().requests(),
            requests);
    requestConsumer = asked;
    asked.start();
    attendance.of(List.of(group, asked));
    every(Duration.ofMillis(500), committer::flush);
    every(Duration.ofSeconds(10), shards::lookForForgotten);
    every(Duration.ofSeconds(10), watch::look);
    every(Duration.ofSeconds(10), () -> group.joinAgain(shards.deserted(group.assigned())));
    every(Timers.HORIZON.dividedBy(2), () -> shards.fetchTimers(timers));
    every(Duration.ofMinutes(1), admission::checkAll);
    every(Duration.ofMinutes(1), backfills);
    every(Duration.ofMinutes(5), permits::check);
    every(Duration.ofMinutes(30), cleaner);
    running = true;
  }

  private void every(Duration period, Runnable task) {
    var _ =
        threads
            .scheduler()
            .scheduleWithFixedDelay(
                () -> threads.executor().execute(() -> quietly(task)),
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private static void quietly(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.warn("A periodic task failed and will be run again: {}", e.toString());
    }
  }

  /** How this node stands to the group that shares the shards. */
  ShardConsumer.Membership membership() {
    var group = consumer;
    return group == null ? new ShardConsumer.Membership.None() : group.membership();
  }

  /**
   * Leaves the shards to others, and takes no more requests from the topic. What comes over HTTP is
   * still answered, and what it decides sent to whoever owns the shards now.
   */
  void letGo() {
    var asked = requestConsumer;
    requestConsumer = null;
    if (asked != null) {
      asked.close();
    }
    var group = consumer;
    consumer = null;
    if (group != null) {
      group.close();
    }
    shards.close();
  }

  @Override
  public void stop() {
    running = false;
    letGo();
    loops.forEach(Thread::interrupt);
    threads.close();
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

package org.maestro.scheduler;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.maestro.messaging.KafkaSettings;
import org.maestro.messaging.MessageSender;
import org.maestro.messaging.TopicConsumer;
import org.maestro.scheduler.api.TimeTriggerController;
import org.maestro.scheduler.bucket.BucketLeases;
import org.maestro.scheduler.bucket.BucketStore;
import org.maestro.scheduler.bucket.Waker;
import org.maestro.scheduler.fire.FireLoop;
import org.maestro.scheduler.metric.SchedulerMetrics;
import org.maestro.scheduler.trigger.NewsOnItsWay;
import org.maestro.scheduler.trigger.StartAnswers;
import org.maestro.scheduler.trigger.Subscriptions;
import org.maestro.scheduler.trigger.TimeTriggerStore;
import org.maestro.scheduler.trigger.TimeTriggers;
import org.maestro.scheduler.trigger.TriggerTexts;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Migrations;
import org.maestro.service.database.Transactions;
import org.maestro.service.messaging.Attendance;
import org.maestro.service.messaging.BrokerSettings;
import org.maestro.service.messaging.Installation;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.web.FirstToStop;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the scheduler. All beans are of types of its own, so that it can live with others. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SchedulerSettings.class)
public class SchedulerConfiguration {
  private static final Duration PATIENCE_WITH_NEWS = Duration.ofSeconds(2);

  @Bean
  static Migrations schedulerTables() {
    return new Migrations("db/scheduler", "scheduler_schema_history");
  }

  @Bean
  SchedulerMetrics schedulerMetrics(ObjectProvider<MeterRegistry> registry) {
    return new SchedulerMetrics(registry.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  Waker timeTriggerWaker() {
    return new Waker();
  }

  @Bean
  NewsOnItsWay timeTriggerNews() {
    return new NewsOnItsWay(PATIENCE_WITH_NEWS);
  }

  @Bean
  BucketStore schedulerBucketStore(JdbcClient jdbc, Transactions transactions) {
    return new BucketStore(jdbc, new ColumnStatements(transactions));
  }

  @Bean
  BucketLeases schedulerBucketLeases(
      Transactions transactions,
      BucketStore store,
      SchedulerSettings settings,
      Waker waker,
      SchedulerMetrics metrics) {
    var node = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    var leases =
        new BucketLeases(
            transactions,
            store,
            node,
            Duration.ofMillis(settings.leaseMillis()),
            System::nanoTime,
            waker);
    metrics.watchBuckets(() -> leases.owned().size());
    return leases;
  }

  @Bean
  TimeTriggerStore timeTriggerStore(JdbcClient jdbc, Transactions transactions, JsonMapper json) {
    return new TimeTriggerStore(jdbc, new ColumnStatements(transactions), json);
  }

  @Bean
  TriggerTexts timeTriggerTexts(JsonMapper json) {
    return new TriggerTexts(json);
  }

  @Bean
  Subscriptions timeTriggerSubscriptions(
      Transactions transactions,
      TimeTriggerStore store,
      BucketStore buckets,
      TriggerTexts texts,
      JsonMapper json,
      Waker waker,
      NewsOnItsWay awaited,
      SchedulerMetrics metrics) {
    return new Subscriptions(transactions, store, buckets, texts, json, waker, awaited, metrics);
  }

  @Bean
  StartAnswers timeTriggerAnswers(
      Transactions transactions,
      TimeTriggerStore store,
      TriggerTexts texts,
      SchedulerSettings settings,
      JsonMapper json,
      SchedulerMetrics metrics) {
    return new StartAnswers(transactions, store, texts, settings.catchUpBatch(), json, metrics);
  }

  @Bean
  FireLoop timeTriggerLoop(
      Transactions transactions,
      TimeTriggerStore store,
      TriggerTexts texts,
      BucketLeases leases,
      Waker waker,
      MessageSender sender,
      BrokerSettings broker,
      SchedulerSettings settings,
      InstantSource clock,
      JsonMapper json,
      SchedulerMetrics metrics) {
    return new FireLoop(
        transactions,
        store,
        texts,
        leases,
        waker,
        new FireLoop.Requests(sender::send, broker.topics().requests(), json),
        new FireLoop.FireSettings(settings.pageSize(), settings.catchUpBatch()),
        clock,
        metrics);
  }

  @Bean
  TimeTriggers timeTriggers(
      Transactions transactions,
      TimeTriggerStore store,
      BucketStore buckets,
      TriggerTexts texts,
      JsonMapper json,
      Waker waker,
      NewsOnItsWay news,
      AccessPolicy access,
      InstantSource clock) {
    return new TimeTriggers(transactions, store, buckets, texts, json, waker, news, access, clock);
  }

  @Bean
  TimeTriggerController timeTriggerController(TimeTriggers triggers) {
    return new TimeTriggerController(triggers);
  }

  /** Says in health and readiness whether this scheduler's leases are in order. */
  @Bean
  HealthIndicator timeTriggersHealthIndicator(BucketLeases leases) {
    return () ->
        (leases.isCurrent() ? Health.up() : Health.down())
            .withDetail("buckets", leases.owned().size())
            .build();
  }

  @Bean
  SchedulerStartup schedulerStartup(
      BrokerSettings broker,
      SchedulerSettings settings,
      BucketLeases leases,
      FireLoop loop,
      Subscriptions subscriptions,
      StartAnswers answers,
      Installation installation,
      Attendance attendance) {
    var topics = broker.topics();
    var kafka = kafka(broker, settings);
    return new SchedulerStartup(
        installation,
        topics,
        leases,
        () -> Thread.ofPlatform().name("maestro-time-triggers").daemon(true).start(loop),
        () -> {
          var consumers =
              List.of(
                  new TopicConsumer(kafka, topics.triggers(), subscriptions),
                  new TopicConsumer(kafka, topics.answers(), answers));
          attendance.of(consumers);
          return consumers;
        },
        () ->
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("maestro-scheduler-leases").daemon(true).factory()),
        settings.heartbeatMillis());
  }

  @Bean
  FirstToStop bucketsGoFirst(SchedulerStartup startup) {
    return new FirstToStop(startup::stop);
  }

  private static KafkaSettings kafka(BrokerSettings broker, SchedulerSettings settings) {
    var group =
        settings.groupId() == null ? broker.topicPrefix() + "-scheduler" : settings.groupId();
    return broker.settings(group, "maestro-scheduler-" + ProcessHandle.current().pid());
  }
}

package org.maestro.signal.wiring;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.maestro.messaging.MessageSender;
import org.maestro.model.deadletter.DeadLetterKind;
import org.maestro.param.FairLane;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamSettings;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.database.BackOff;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.Migrations;
import org.maestro.service.database.Pause;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.maestro.service.messaging.Attendance;
import org.maestro.service.messaging.BrokerSettings;
import org.maestro.service.messaging.Installation;
import org.maestro.service.outbox.OutboxRelay;
import org.maestro.service.outbox.OutboxWatch;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.web.FirstToStop;
import org.maestro.signal.announce.Announcer;
import org.maestro.signal.announce.FlowStore;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalLog;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.api.CloudEventController;
import org.maestro.signal.api.DeadLetterController;
import org.maestro.signal.api.LineageController;
import org.maestro.signal.api.SignalController;
import org.maestro.signal.api.SignalQueries;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.deadletter.DeadLetters;
import org.maestro.signal.gate.GateStore;
import org.maestro.signal.gate.Gates;
import org.maestro.signal.lineage.LineageQueries;
import org.maestro.signal.offer.NewSignals;
import org.maestro.signal.offer.OfferLoop;
import org.maestro.signal.offer.SignalWork;
import org.maestro.signal.outbox.OutboxStore;
import org.maestro.signal.outbox.RowSender;
import org.maestro.signal.retention.Retention;
import org.maestro.signal.shard.OwnedTopic;
import org.maestro.signal.shard.ShardStore;
import org.maestro.signal.source.SourceWork;
import org.maestro.signal.trigger.Decisions;
import org.maestro.signal.trigger.EngineNews;
import org.maestro.signal.trigger.MatchStore;
import org.maestro.signal.trigger.Matcher;
import org.maestro.signal.trigger.QueueStore;
import org.maestro.signal.trigger.StartRequests;
import org.maestro.signal.trigger.Subscriptions;
import org.maestro.signal.trigger.TriggerExpressions;
import org.maestro.signal.trigger.TriggerStore;
import org.maestro.signal.trigger.UndecidedStore;
import org.maestro.signal.trigger.Verdicts;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wiring of the signal service; the only place where its clocks, ids and threads come from. Can
 * stand in one context with the other services: all beans are of its own types.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignalSettings.class)
public class SignalConfiguration {
  /**
   * Less than a run's parameters get: a trigger may be asked for every signal. The time is what a
   * machine needs that is busy with others.
   */
  private static final SelLimits LIMITS =
      new SelLimits(
          10_000, 128, 10_000, 10_000, 2_000_000, 20_000_000, 100_000, Duration.ofSeconds(10));

  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofMillis(50), Duration.ofMillis(500));

  /** After so long a message in the outbox is nobody's any more. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(15);

  @Bean
  static Migrations signalTables() {
    return new Migrations("db/signal", "signal_schema_history");
  }

  @Bean
  SignalJson signalJson() {
    return new SignalJson(StrictJson.mapper());
  }

  @Bean
  SignalStore signalStore(Transactions transactions, JdbcClient jdbc, SignalJson json) {
    return new SignalStore(transactions, jdbc, new ColumnStatements(transactions), json);
  }

  @Bean
  FlowStore signalFlowStore(Transactions transactions, JdbcClient jdbc) {
    return new FlowStore(jdbc, new ColumnStatements(transactions));
  }

  @Bean
  SignalLog signalLog(SignalStore store, FlowStore flows, InstantSource clock) {
    return new SignalLog(store, flows, clock, SignalConfiguration::id);
  }

  @Bean
  Announcer signalAnnouncer(
      Transactions transactions,
      SignalLog log,
      AccessPolicy policy,
      SignalJson json,
      OfferLoop offers) {
    return new Announcer(transactions, log, policy, json, offers);
  }

  @Bean
  DeadLetterStore signalDeadLetterStore(JdbcClient jdbc) {
    return new DeadLetterStore(jdbc, StrictJson.mapper());
  }

  @Bean
  OutboxStore signalOutboxStore(Transactions transactions) {
    return new OutboxStore(new ColumnStatements(transactions));
  }

  @Bean
  SignalOutbox signalOutbox(
      OutboxStore store,
      Transactions transactions,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    return new SignalOutbox(store, transactions, deadLetters, SignalConfiguration::id, clock);
  }

  @Bean
  OutboxRelay signalOutboxRelay(SignalOutbox outbox, MessageSender sender, Pause pause) {
    return new OutboxRelay(
        "signal service's outbox",
        outbox,
        sender,
        failures -> pause.millis(BACK_OFF.millis(failures)));
  }

  @Bean
  RowSender signalRowSender(
      @Qualifier("signalOutboxRelay") OutboxRelay relay,
      OutboxStore store,
      Transactions transactions) {
    return new RowSender(relay, store, transactions);
  }

  @Bean
  OutboxWatch signalOutboxHealthIndicator(
      SignalOutbox outbox, @Qualifier("signalOutboxRelay") OutboxRelay relay) {
    return new OutboxWatch("signal", outbox, relay);
  }

  // ------------------------------------------------------------------ triggers and gates

  @Bean
  TriggerStore signalTriggerStore(Transactions transactions, JdbcClient jdbc, SignalJson json) {
    return new TriggerStore(jdbc, new ColumnStatements(transactions), json);
  }

  @Bean
  MatchStore signalMatchStore(Transactions transactions, JdbcClient jdbc, SignalJson json) {
    return new MatchStore(jdbc, new ColumnStatements(transactions), json);
  }

  @Bean
  StartRequests signalStartRequests(OutboxStore outbox, SignalJson json, BrokerSettings broker) {
    return new StartRequests(outbox, json, SignalConfiguration::id, broker.topics().requests());
  }

  @Bean
  TriggerExpressions signalTriggerExpressions(InstantSource clock) {
    return new TriggerExpressions(
        new ParamEvaluator(
            new ExpressionCache(),
            new SelRuntime(
                clock,
                SignalConfiguration::id,
                () -> ThreadLocalRandom.current().nextDouble(),
                LIMITS,
                FairLane.ofThisProcess()),
            new ParamSettings(
                "signal", Map.of(), Set.of(), () -> ThreadLocalRandom.current().nextLong())));
  }

  @Bean
  Matcher signalMatcher(
      Transactions transactions,
      TriggerStore triggers,
      MatchStore matches,
      SignalStore signals,
      TriggerExpressions expressions,
      Verdicts verdicts,
      Decisions decisions,
      FlowStore flows) {
    return new Matcher(
        triggers,
        new QueueStore(new ColumnStatements(transactions)),
        matches,
        signals,
        expressions,
        verdicts,
        decisions,
        flows);
  }

  @Bean
  Verdicts signalVerdicts(MatchStore matches, StartRequests starts, DeadLetterStore deadLetters) {
    return new Verdicts(matches, starts, deadLetters);
  }

  @Bean
  Decisions signalDecisions(
      Transactions transactions,
      TriggerStore triggers,
      SignalStore signals,
      TriggerExpressions expressions,
      Verdicts verdicts,
      SignalJson json,
      RowSender relay,
      InstantSource clock,
      Pause pause) {
    return new Decisions(
        new UndecidedStore(new ColumnStatements(transactions), json),
        triggers,
        signals,
        expressions,
        verdicts,
        transactions,
        relay,
        clock,
        () -> pause.millis(BACK_OFF.longest().toMillis()));
  }

  @Bean
  Subscriptions signalSubscriptions(
      Transactions transactions,
      TriggerStore triggers,
      SignalStore signals,
      MatchStore matches,
      StartRequests starts,
      SignalJson json,
      InstantSource clock) {
    return new Subscriptions(transactions, triggers, signals, matches, starts, json, clock);
  }

  @Bean
  EngineNews signalEngineNews(
      Subscriptions subscriptions,
      Transactions transactions,
      RowSender relay,
      DeadLetterStore deadLetters,
      SignalJson json,
      InstantSource clock,
      BrokerSettings broker) {
    return new EngineNews(
        subscriptions, transactions, relay, deadLetters, json, clock, broker.topics());
  }

  @Bean
  GateStore signalGateStore(Transactions transactions, JdbcClient jdbc, SignalJson json) {
    return new GateStore(jdbc, new ColumnStatements(transactions), json);
  }

  @Bean
  Gates signalGates(
      GateStore gates,
      SignalStore signals,
      FlowStore flows,
      OutboxStore outbox,
      SignalJson json,
      BrokerSettings broker) {
    return new Gates(
        gates, signals, flows, outbox, json, SignalConfiguration::id, broker.topics().requests());
  }

  // ------------------------------------------------------------------ the topic of signals

  @Bean
  NewSignals newSignals(
      SignalStore signals,
      Matcher matcher,
      Gates gates,
      Transactions transactions,
      RowSender relay,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    return new NewSignals(signals, matcher, gates, transactions, relay, deadLetters, clock);
  }

  @Bean
  OfferLoop signalOfferLoop(NewSignals offers, SignalStore signals) {
    return new OfferLoop(offers, signals);
  }

  @Bean
  SignalWork signalWork(
      SignalLog log,
      SignalStore signals,
      Gates gates,
      NewSignals offers,
      DeadLetterStore deadLetters,
      AccessPolicy access,
      SignalJson json,
      InstantSource clock,
      BrokerSettings broker) {
    return new SignalWork(
        broker.topics().signals(), log, signals, gates, offers, deadLetters, access, json, clock);
  }

  /** The topics that this node shares with others: that of signals first, then the sources. */
  record OwnedTopics(String node, List<OwnedTopic> all) {}

  @Bean
  OwnedTopics signalOwnedTopics(
      BrokerSettings broker,
      SignalSettings settings,
      JdbcClient jdbc,
      Transactions transactions,
      SignalWork work,
      SignalLog log,
      SignalStore signals,
      OfferLoop offers,
      SignalJson json,
      RowSender relay,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    var node = "signal-" + ProcessHandle.current().pid() + "-" + id().substring(0, 8);
    var shards = new ShardStore(jdbc);
    var topics = new ArrayList<OwnedTopic>();
    topics.add(
        new OwnedTopic(
            broker.topics().signals(),
            node,
            shards,
            transactions,
            work,
            relay,
            deadLetters,
            clock));
    for (var source : settings.sources()) {
      topics.add(
          new OwnedTopic(
              source.topic(),
              node,
              shards,
              transactions,
              new SourceWork(source.mapping(), log, signals, deadLetters, offers, json, clock),
              relay,
              deadLetters,
              clock));
    }
    return new OwnedTopics(node, topics);
  }

  @Bean
  SignalStartup signalStartup(
      Installation installation,
      BrokerSettings broker,
      OwnedTopics topics,
      EngineNews news,
      @Qualifier("signalOutboxRelay") OutboxRelay relay,
      RowSender rows,
      @Qualifier("signalOutboxHealthIndicator") OutboxWatch watch,
      OfferLoop offers,
      Decisions decisions,
      Retention retention,
      DeadLetterGauge deadLetters,
      InstantSource clock,
      Attendance attendance) {
    return new SignalStartup(
        installation,
        broker,
        topics.node(),
        topics.all(),
        news,
        relay,
        offers,
        decisions,
        List.of(
            new SignalStartup.Recurring(Duration.ofSeconds(5), offers::ofAllBehind),
            new SignalStartup.Recurring(Duration.ofSeconds(5), decisions::ofAllWaiting),
            new SignalStartup.Recurring(Duration.ofSeconds(5), decisions::renewClaims),
            new SignalStartup.Recurring(
                Duration.ofSeconds(5),
                () -> rows.sendForgotten(clock.millis() - FORGOTTEN.toMillis())),
            new SignalStartup.Recurring(Duration.ofSeconds(10), watch::look),
            new SignalStartup.Recurring(Duration.ofSeconds(15), deadLetters::look),
            new SignalStartup.Recurring(Duration.ofHours(1), retention::forgetOld)),
        attendance);
  }

  @Bean
  FirstToStop topicsGoFirst(SignalStartup startup) {
    return new FirstToStop(startup::stop);
  }

  @Bean
  Retention signalRetention(
      SignalSettings settings,
      Transactions transactions,
      SignalStore signals,
      MatchStore matches,
      GateStore gates,
      DeadLetterStore deadLetters,
      InstantSource clock) {
    return new Retention(
        Duration.ofDays(settings.retentionDays()),
        transactions,
        signals,
        new QueueStore(new ColumnStatements(transactions)),
        matches,
        gates,
        deadLetters,
        clock);
  }

  @Bean
  DeadLetterGauge signalDeadLetterGauge(DeadLetterStore store, Transactions transactions) {
    return new DeadLetterGauge(store, transactions);
  }

  @Bean
  SignalMetrics signalMetrics(
      OwnedTopics topics,
      @Qualifier("signalOutboxRelay") OutboxRelay relay,
      OfferLoop offers,
      Decisions decisions,
      DeadLetterGauge deadLetters) {
    return new SignalMetrics(topics.all(), relay, offers, decisions, deadLetters);
  }

  @Bean
  SignalHealth signalsHealthIndicator(
      OwnedTopics topics, @Qualifier("signalOutboxRelay") OutboxRelay relay) {
    return new SignalHealth(topics.all(), relay);
  }

  @Bean
  DeadLetters signalDeadLetters(
      DeadLetterStore store,
      Transactions transactions,
      AccessPolicy policy,
      MessageSender sender,
      RowSender relay,
      Matcher matcher,
      NewSignals offers,
      InstantSource clock) {
    return new DeadLetters(
        store,
        transactions,
        policy,
        sender,
        relay,
        Map.of(
            DeadLetterKind.MATCH,
            (letter, _) ->
                matcher.decideAgain(letter.key()) ? Optional.of(List.of()) : Optional.empty(),
            DeadLetterKind.SIGNAL,
            (letter, _) ->
                offers.offerAgain(
                    letter.headers().getOrDefault("name", ""), Long.parseLong(letter.key()))),
        clock);
  }

  // ------------------------------------------------------------------ REST

  @Bean
  DeadLetterController signalDeadLetterController(DeadLetters letters) {
    return new DeadLetterController(letters);
  }

  @Bean
  SignalQueries signalQueries(
      Transactions transactions,
      SignalStore signals,
      MatchStore matches,
      GateStore gates,
      AccessPolicy policy) {
    return new SignalQueries(transactions, signals, matches, gates, policy);
  }

  @Bean
  LineageQueries signalLineageQueries(
      Transactions transactions,
      SignalStore signals,
      MatchStore matches,
      GateStore gates,
      FlowStore flows,
      TriggerStore triggers,
      AccessPolicy policy) {
    return new LineageQueries(transactions, signals, matches, gates, flows, triggers, policy);
  }

  @Bean
  LineageController signalLineageController(LineageQueries queries) {
    return new LineageController(queries);
  }

  @Bean
  CloudEventController signalCloudEventController(
      Announcer announcer, SignalJson json, SignalSettings settings, InstantSource clock) {
    return new CloudEventController(announcer, json, settings.cloudEventTypes(), clock);
  }

  @Bean
  SignalController signalController(
      Announcer announcer, SignalQueries queries, InstantSource clock) {
    return new SignalController(announcer, queries, clock);
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}

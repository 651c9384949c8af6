package org.maestro.scheduler;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerNews;
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
import org.maestro.service.database.TestDatabase;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.maestro.service.security.OwnerPolicy;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A scheduler without threads and broker: what it asks of the engine is remembered, and it does its
 * work when told to.
 */
public final class TestNode {
  public static final JsonMapper JSON = StrictJson.mapper();
  private static final AtomicInteger COUNTER = new AtomicInteger();

  public final Subscriptions subscriptions;
  public final StartAnswers answers;
  public final BucketLeases leases;
  public final FireLoop loop;
  public final TimeTriggers triggers;
  public final TimeTriggerStore store;
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  /** What the broker has taken, in order. */
  public final List<EngineRequest.Start> sent = Collections.synchronizedList(new ArrayList<>());

  /** How many batches are still acknowledged; the rest arrives, but nobody hears of it. */
  public volatile int acknowledged = Integer.MAX_VALUE;

  public TestNode(TestDatabase database, InstantSource clock, Duration lease, int page) {
    this(database.transactions(), database.jdbc(), clock, lease, page);
  }

  public TestNode(
      Transactions transactions, JdbcClient jdbc, InstantSource clock, Duration lease, int page) {
    var columns = new ColumnStatements(transactions);
    var metrics = new SchedulerMetrics(meters);
    var waker = new Waker();
    var news = new NewsOnItsWay(Duration.ofMillis(200));
    var buckets = new BucketStore(jdbc, columns);
    var texts = new TriggerTexts(JSON);
    store = new TimeTriggerStore(jdbc, columns, JSON);
    leases =
        new BucketLeases(
            transactions,
            buckets,
            "node-" + COUNTER.incrementAndGet(),
            lease,
            System::nanoTime,
            waker);
    subscriptions =
        new Subscriptions(transactions, store, buckets, texts, JSON, waker, news, metrics);
    answers = new StartAnswers(transactions, store, texts, 100, JSON, metrics);
    loop =
        new FireLoop(
            transactions,
            store,
            texts,
            leases,
            waker,
            new FireLoop.Requests(this::send, "requests", JSON),
            new FireLoop.FireSettings(page, 100),
            clock,
            metrics);
    triggers =
        new TimeTriggers(
            transactions,
            store,
            buckets,
            texts,
            JSON,
            waker,
            news,
            new OwnerPolicy(_ -> Set.of()),
            clock);
    leases.prepare();
  }

  /** A node that has all buckets. */
  public static TestNode alone(TestDatabase database, InstantSource clock) {
    var node = new TestNode(database, clock, Duration.ofMinutes(5), 500);
    node.leases.renew();
    return node;
  }

  private CompletableFuture<Void> send(List<OutgoingMessage> messages) {
    for (var message : messages) {
      sent.add((EngineRequest.Start) JSON.readValue(message.value(), EngineRequest.class));
    }
    return acknowledged-- > 0
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
  }

  public void hear(TriggerNews... news) {
    subscriptions.handle(
        Arrays.stream(news)
            .map(one -> message(one.workflowId(), JSON.writeValueAsBytes(one)))
            .toList());
  }

  public void hear(StartAnswer... said) {
    answers.handle(
        Arrays.stream(said)
            .map(one -> message(one.workflowId(), JSON.writeValueAsBytes(one)))
            .toList());
  }

  public void hear(String key, String body) {
    subscriptions.handle(List.of(message(key, body.getBytes(StandardCharsets.UTF_8))));
  }

  private static ReceivedMessage message(String key, byte[] value) {
    return new ReceivedMessage(0, key, value, Map.of());
  }

  public Long fire() {
    try {
      return loop.fireDue();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fires, and gives the logical times that were asked for, with their workflows. */
  public List<String> fired() {
    sent.clear();
    fire();
    return sent.stream().map(TestNode::text).toList();
  }

  public static String text(EngineRequest.Start start) {
    var time = (org.maestro.model.start.Initiator.Time) start.initiator();
    return start.workflowId() + " " + Instant.ofEpochMilli(time.triggerTime());
  }

  /** News of an active version with these triggers. */
  public static TriggerNews news(
      String workflowId, long revision, Long version, String time, Map<?, ?>... triggers) {
    return new TriggerNews(
        workflowId,
        1,
        revision,
        version,
        "owner",
        List.of((Object[]) triggers),
        List.of(),
        Instant.parse(time).toEpochMilli());
  }

  public static Map<String, Object> cron(String cron) {
    return Map.of("type", "CRON", "cron", cron);
  }

  public static Map<String, Object> cron(String cron, String catchUp) {
    var trigger = new TreeMap<String, Object>(cron(cron));
    trigger.put("catch_up", catchUp);
    return trigger;
  }
}

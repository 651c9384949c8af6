package org.maestro.scheduler.trigger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.TriggerId;
import org.maestro.model.message.TriggerNews;
import org.maestro.scheduler.bucket.BucketStore;
import org.maestro.scheduler.bucket.Buckets;
import org.maestro.scheduler.bucket.Waker;
import org.maestro.scheduler.metric.SchedulerMetrics;
import org.maestro.scheduler.trigger.TriggerTexts.Meaning;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows what the engine says of workflows' triggers.
 *
 * <p>News that is not newer than what is known, by internal id and then revision, changes nothing.
 * A trigger that newer news still has, in the same version and word for word, stays as it is, with
 * all that it has yet to do. Any other is new: it fires what is due from the time of the news on;
 * what was due before belongs to the triggers of before, which are gone. A message that can't be
 * read or kept is logged, counted and left aside.
 */
public final class Subscriptions implements TopicConsumer.Handler {
  private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

  private final Transactions transactions;
  private final TimeTriggerStore store;
  private final BucketStore buckets;
  private final TriggerTexts texts;
  private final ObjectReader reader;
  private final Waker waker;
  private final NewsOnItsWay awaited;
  private final SchedulerMetrics metrics;

  public Subscriptions(
      Transactions transactions,
      TimeTriggerStore store,
      BucketStore buckets,
      TriggerTexts texts,
      JsonMapper json,
      Waker waker,
      NewsOnItsWay awaited,
      SchedulerMetrics metrics) {
    this.transactions = transactions;
    this.store = store;
    this.buckets = buckets;
    this.texts = texts;
    // An engine that is newer may say more.
    this.reader =
        json.readerFor(TriggerNews.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.waker = waker;
    this.awaited = awaited;
    this.metrics = metrics;
  }

  @Override
  public void handle(List<ReceivedMessage> messages) {
    var newest = new LinkedHashMap<String, TriggerNews>();
    for (var message : messages) {
      var news = read(message);
      if (news != null) {
        newest.merge(
            news.workflowId(), news, (known, other) -> isNewer(other, known) ? other : known);
      }
    }
    if (!newest.isEmpty()) {
      hear(List.copyOf(newest.values()));
    }
  }

  private @Nullable TriggerNews read(ReceivedMessage message) {
    try {
      TriggerNews news = reader.readValue(message.value());
      Objects.requireNonNull(news.workflowId(), "workflow_id");
      Objects.requireNonNull(news.owner(), "owner");
      return news;
    } catch (JacksonException | NullPointerException e) {
      leaveAside(message.key(), e);
      return null;
    }
  }

  private void leaveAside(String workflowId, RuntimeException e) {
    metrics.unreadable();
    log.warn("News of the triggers of \"{}\" is left aside: {}", workflowId, e.toString());
  }

  private static boolean isNewer(TriggerNews news, TriggerNews other) {
    return news.internalId() != other.internalId()
        ? news.internalId() > other.internalId()
        : news.revision() > other.revision();
  }

  /** Takes news of different workflows; if something in it can't be kept, one by one. */
  private void hear(List<TriggerNews> news) {
    try {
      if (transactions.runIdempotent(() -> follow(news))) {
        waker.wake();
      }
      awaited.heard();
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e;
      }
      if (news.size() == 1) {
        leaveAside(news.getFirst().workflowId(), e);
      } else {
        news.forEach(one -> hear(List.of(one)));
      }
    }
  }

  private boolean follow(List<TriggerNews> news) {
    var accepted = store.accept(news);
    if (accepted.isEmpty()) {
      return false;
    }
    var known = new HashMap<>(store.definitions(accepted.keySet()));
    var added = new ArrayList<NewTrigger>();
    for (var one : news) {
      var paused = accepted.get(one.workflowId());
      if (paused != null && one.versionId() != null) {
        added.addAll(missing(one, one.versionId(), paused, known));
      }
    }
    // What is left of the known ones was neither kept nor is it wanted any more.
    store.delete(known.keySet());
    store.insert(added);
    var changed = new TreeSet<Long>();
    added.forEach(row -> changed.add(row.bucket()));
    buckets.changed(changed);
    return !added.isEmpty();
  }

  /** The triggers that aren't known yet; takes those that are out of {@code known}. */
  private List<NewTrigger> missing(
      TriggerNews news, long versionId, boolean paused, Map<TriggerKey, String> known) {
    var uuid = TriggerId.ofTimeTriggers(news.internalId(), versionId).value();
    var missing = new ArrayList<NewTrigger>();
    for (var no = 0; no < news.timeTriggers().size(); no++) {
      var key = new TriggerKey(news.workflowId(), no, uuid);
      var text = texts.text(news.timeTriggers().get(no));
      if (text.equals(known.get(key))) {
        known.remove(key);
      } else {
        missing.add(newTrigger(news, versionId, paused, key, text));
      }
    }
    return missing;
  }

  private NewTrigger newTrigger(
      TriggerNews news, long versionId, boolean paused, TriggerKey key, String text) {
    Long nextTick = null;
    Long offset = null;
    var delay = 0L;
    String problem = null;
    switch (texts.meaning(text)) {
      case Meaning.Ticking ticking -> {
        delay = ticking.ticks().delayMillis(news.workflowId());
        var next = ticking.ticks().next(Instant.ofEpochMilli(news.time() - delay - 1));
        nextTick = next == null ? null : next.toEpochMilli();
        offset = next == null ? null : (Long) ticking.ticks().offset(next);
      }
      case Meaning.Unclear unclear -> {
        problem = unclear.problem();
        log.warn(
            "Workflow \"{}\", time trigger {}: {}", key.workflowId(), key.triggerNo(), problem);
      }
    }
    return new NewTrigger(
        key,
        Buckets.of(news.workflowId()),
        news.internalId(),
        versionId,
        text,
        problem,
        delay,
        nextTick,
        nextTick == null || paused ? null : (Long) (nextTick + delay),
        offset);
  }
}

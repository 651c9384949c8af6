package org.maestro.scheduler.trigger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.TopicConsumer;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.trigger.TickAnswer;
import org.maestro.scheduler.metric.SchedulerMetrics;
import org.maestro.service.database.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what the engine answered to the newest tick of every trigger. Nothing is asked again
 * because of an answer: a refused tick would be refused again, and a replaced trigger goes with the
 * news.
 *
 * <p>An answer names its request, not its tick; the tick is found by working out the ids of those
 * that were last requested. It may come before it is written down that the request was made.
 */
public final class StartAnswers implements TopicConsumer.Handler {
  private static final Logger log = LoggerFactory.getLogger(StartAnswers.class);

  private final Transactions transactions;
  private final TimeTriggerStore store;
  private final TriggerTexts texts;
  private final int mostAtOnce;
  private final ObjectReader reader;
  private final SchedulerMetrics metrics;

  /**
   * @param mostAtOnce how many ticks of a trigger are requested at once at most
   */
  public StartAnswers(
      Transactions transactions,
      TimeTriggerStore store,
      TriggerTexts texts,
      int mostAtOnce,
      JsonMapper json,
      SchedulerMetrics metrics) {
    this.transactions = transactions;
    this.store = store;
    this.texts = texts;
    this.mostAtOnce = mostAtOnce;
    this.reader =
        json.readerFor(StartAnswer.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    this.metrics = metrics;
  }

  @Override
  public void handle(List<ReceivedMessage> messages) {
    var answers = new ArrayList<StartAnswer>();
    for (var message : messages) {
      var answer = read(message);
      if (answer != null) {
        answers.add(answer);
      }
    }
    if (!answers.isEmpty()) {
      hear(answers);
    }
  }

  /** Keeps answers; if something in them can't be kept, one by one. */
  private void hear(List<StartAnswer> answers) {
    try {
      transactions.runIdempotent(() -> keep(answers));
    } catch (RuntimeException e) {
      if (!Transactions.isFaultOfTheWork(e)) {
        throw e;
      }
      if (answers.size() == 1) {
        leaveAside(answers.getFirst().workflowId(), e);
      } else {
        answers.forEach(one -> hear(List.of(one)));
      }
    }
  }

  private void leaveAside(String workflowId, RuntimeException e) {
    metrics.unreadable();
    log.warn("An answer to \"{}\" is left aside: {}", workflowId, e.toString());
  }

  private @Nullable StartAnswer read(ReceivedMessage message) {
    try {
      StartAnswer answer = reader.readValue(message.value());
      Objects.requireNonNull(answer.workflowId(), "workflow_id");
      Objects.requireNonNull(answer.triggerUuid(), "trigger_uuid");
      Objects.requireNonNull(answer.requestId(), "request_id");
      Objects.requireNonNull(answer.outcome(), "outcome");
      return answer;
    } catch (JacksonException | NullPointerException e) {
      leaveAside(message.key(), e);
      return null;
    }
  }

  private void keep(List<StartAnswer> answers) {
    var workflowIds = new HashSet<String>();
    answers.forEach(answer -> workflowIds.add(answer.workflowId()));
    var rows =
        store.rows(workflowIds).stream()
            .collect(Collectors.groupingBy(row -> row.key().workflowId()));
    var newest = new HashMap<TriggerKey, TickAnswer>();
    var refused = new HashMap<TriggerKey, TickAnswer>();
    for (var answer : answers) {
      for (var row : rows.getOrDefault(answer.workflowId(), List.of())) {
        var tick = row.key().triggerUuid().equals(answer.triggerUuid()) ? tick(answer, row) : null;
        if (tick != null) {
          metrics.answered(answer.outcome().name());
          put(newest, row.key(), of(answer, tick));
          if (answer.outcome() != StartAnswer.Outcome.STARTED) {
            put(refused, row.key(), of(answer, tick));
          }
        }
      }
    }
    if (!newest.isEmpty()) {
      store.answers(newest);
    }
    if (!refused.isEmpty()) {
      store.refusals(refused);
    }
  }

  private static void put(Map<TriggerKey, TickAnswer> answers, TriggerKey key, TickAnswer answer) {
    answers.merge(key, answer, (one, other) -> other.tick() >= one.tick() ? other : one);
  }

  private static TickAnswer of(StartAnswer answer, Instant tick) {
    return new TickAnswer(
        tick.toEpochMilli(), answer.outcome(), answer.instanceId(), answer.reason(), answer.time());
  }

  /** Which of the trigger's ticks was answered; null if it is none of the last ones. */
  private @Nullable Instant tick(StartAnswer answer, TriggerRow row) {
    var ticks = texts.ticks(row.definition());
    var from = row.firedFromAt() == null ? row.nextTickAt() : row.firedFromAt();
    if (ticks == null || from == null) {
      return null;
    }
    // Most answers are to the last request, or to the next, whose move is not yet seen.
    for (var likely : new Long[] {row.firedTickAt(), row.nextTickAt()}) {
      if (likely != null && isOf(Instant.ofEpochMilli(likely), answer, row)) {
        return Instant.ofEpochMilli(likely);
      }
    }
    var tick = ticks.next(Instant.ofEpochMilli(from - 1));
    for (var count = 0; tick != null && count < 2 * mostAtOnce; count++) {
      if (isOf(tick, answer, row)) {
        return tick;
      }
      tick = ticks.next(tick);
    }
    return null;
  }

  private boolean isOf(Instant tick, StartAnswer answer, TriggerRow row) {
    var ticks = texts.ticks(row.definition());
    return ticks != null
        && ticks.requestId(answer.workflowId(), row.internalId(), tick).equals(answer.requestId());
  }
}

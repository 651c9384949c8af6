package org.maestro.signal.trigger;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.model.message.StartAnswer;
import org.maestro.model.message.TriggerNews;
import org.maestro.service.database.Transactions;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.RowSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** Listens to what the engine tells: which triggers there are, and what became of starts. */
public final class EngineNews {
  private static final Logger log = LoggerFactory.getLogger(EngineNews.class);

  private final Subscriptions subscriptions;
  private final Transactions transactions;
  private final RowSender relay;
  private final DeadLetterStore deadLetters;
  private final SignalJson json;
  private final InstantSource clock;
  private final ServiceTopics topics;

  public EngineNews(
      Subscriptions subscriptions,
      Transactions transactions,
      RowSender relay,
      DeadLetterStore deadLetters,
      SignalJson json,
      InstantSource clock,
      ServiceTopics topics) {
    this.subscriptions = subscriptions;
    this.transactions = transactions;
    this.relay = relay;
    this.deadLetters = deadLetters;
    this.json = json;
    this.clock = clock;
    this.topics = topics;
  }

  /** Messages of the topic of triggers. */
  public void triggers(List<ReceivedMessage> messages) {
    handle(
        topics.triggers(),
        messages,
        body -> subscriptions.learn(json.message(body, TriggerNews.class)));
  }

  /** Messages of the topic of answers. */
  public void answers(List<ReceivedMessage> messages) {
    handle(
        topics.answers(),
        messages,
        body -> subscriptions.answered(json.message(body, StartAnswer.class)));
  }

  private void handle(
      String topic, List<ReceivedMessage> messages, Function<byte[], List<OutboxRow>> handling) {
    for (var message : messages) {
      try {
        relay.send(handling.apply(message.value()));
      } catch (RuntimeException e) {
        if (!(e instanceof JacksonException) && !Transactions.isFaultOfTheWork(e)) {
          throw e;
        }
        log.error("A message of {} can't be handled and is parked", topic, e);
        transactions.runIdempotent(() ->
            deadLetters.insert(
                DeadLetter.message(topic, -1, message, e.toString(), clock.millis())));
      }
    }
  }
}

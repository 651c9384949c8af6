package org.maestro.engine.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.StatusChange;
import org.maestro.engine.run.TurnNews;
import org.maestro.engine.run.store.OutboxStore.OutboxRow;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.TriggerNews;
import org.maestro.service.outbox.UnknownMessageException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What leaves the engine: events for whoever listens, and news and requests for the scheduler and
 * the signal service. It waits in the outbox in a short form and is put into words when it is sent.
 */
public final class Publications {
  private final CloudEvents events;
  private final String commands;
  private final ServiceTopics topics;
  private final RunJson rows;
  private final JsonMapper messages;

  /**
   * @param commands the topic of commands to runs, a partition per shard
   * @param rows reads the short form
   * @param messages writes what other services read
   */
  public Publications(
      CloudEvents events,
      String commands,
      ServiceTopics topics,
      RunJson rows,
      JsonMapper messages) {
    this.events = events;
    this.commands = commands;
    this.topics = topics;
    this.rows = rows;
    this.messages = messages;
  }

  /** The body of an outbox row. */
  record Body(
      List<StatusChange> events,
      @Nullable DefinitionNews definition,
      @Nullable TriggerNews triggers,
      List<SignalRequest> signals) {}

  /** What a row holds, put into words one by one. */
  public Stream<OutgoingMessage> messages(OutboxRow row) {
    var text = Objects.requireNonNull(row.body());
    if (row.shard() != null) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      return Stream.of(new OutgoingMessage(commands, row.shard(), row.id(), body, Map.of()));
    }
    return Stream.of(row).flatMap(_ -> messages(row.id(), body(text)));
  }

  private Body body(String text) {
    try {
      return rows.read(text, Body.class);
    } catch (JacksonException e) {
      throw new UnknownMessageException(e);
    }
  }

  /** As {@link #messages(OutboxRow)}, of what has just been written. */
  public Stream<OutgoingMessage> messages(String outboxId, TurnNews news) {
    return messages(outboxId, new Body(news.events(), null, null, news.signals()));
  }

  private Stream<OutgoingMessage> messages(String outboxId, Body body) {
    var triggers = body.triggers();
    return Stream.of(
            events.messages(outboxId, body.events(), body.definition()),
            triggers == null
                ? Stream.<OutgoingMessage>empty()
                : Stream.of(triggers)
                    .map(news -> message(topics.triggers(), news.workflowId(), news)),
            body.signals().stream().map(signal -> message(topics.signals(), signal.name(), signal)))
        .flatMap(messages -> messages);
  }

  private OutgoingMessage message(String topic, String key, Object body) {
    return new OutgoingMessage(topic, null, key, messages.writeValueAsBytes(body), Map.of());
  }
}

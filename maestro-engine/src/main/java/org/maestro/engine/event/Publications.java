package org.maestro.engine.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.OutboxRelay;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunStore.OutboxRow;
import org.maestro.engine.run.StatusChange;
import org.maestro.engine.run.TurnNews;
import org.maestro.messaging.OutgoingMessage;
import org.maestro.messaging.ServiceTopics;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.TriggerNews;
import tools.jackson.databind.json.JsonMapper;

/**
 * What leaves the engine: events for whoever listens, and news and requests for the scheduler and
 * the signal service. It waits in the outbox in a short form and is put into words when it is sent.
 */
public final class Publications implements OutboxRelay.Encoding {
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

  @Override
  public List<OutgoingMessage> messages(OutboxRow row) {
    if (row.shard() != null) {
      var body = row.body().getBytes(StandardCharsets.UTF_8);
      return List.of(new OutgoingMessage(commands, row.shard(), row.id(), body, Map.of()));
    }
    return messages(row.id(), rows.read(row.body(), Body.class));
  }

  @Override
  public List<OutgoingMessage> messages(String outboxId, TurnNews news) {
    return messages(outboxId, new Body(news.events(), null, null, news.signals()));
  }

  private List<OutgoingMessage> messages(String outboxId, Body body) {
    var outgoing = new ArrayList<>(events.messages(outboxId, body.events(), body.definition()));
    if (body.triggers() != null) {
      outgoing.add(message(topics.triggers(), body.triggers().workflowId(), body.triggers()));
    }
    for (var signal : body.signals()) {
      outgoing.add(message(topics.signals(), signal.name(), signal));
    }
    return outgoing;
  }

  private OutgoingMessage message(String topic, String key, Object body) {
    return new OutgoingMessage(topic, null, key, messages.writeValueAsBytes(body), Map.of());
  }
}

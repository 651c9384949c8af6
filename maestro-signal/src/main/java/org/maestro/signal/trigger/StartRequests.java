package org.maestro.signal.trigger;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.maestro.model.message.EngineRequest;
import org.maestro.model.signal.MatchState;
import org.maestro.model.start.Initiator;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.outbox.OutboxRow;
import org.maestro.signal.outbox.OutboxStore;

/** Asks the engine for the starts that matches come to. */
public final class StartRequests {
  private final OutboxStore outbox;
  private final SignalJson json;
  private final Supplier<String> ids;
  private final String topic;

  /**
   * @param ids unique ones
   * @param topic where the engine listens
   */
  public StartRequests(OutboxStore outbox, SignalJson json, Supplier<String> ids, String topic) {
    this.outbox = outbox;
    this.json = json;
    this.ids = ids;
    this.topic = topic;
  }

  /**
   * Writes the requests of those that are to be started, in the transaction that is running.
   *
   * @return what is to be sent after the commit
   */
  List<OutboxRow> request(List<Match> matches, long now) {
    var rows =
        matches.stream()
            .filter(match -> match.state() == MatchState.REQUESTED)
            .map(match ->
                new OutboxRow(ids.get(), topic, match.workflowId(), json.write(start(match))))
            .toList();
    outbox.insert(rows, now);
    return rows;
  }

  private static EngineRequest start(Match match) {
    return new EngineRequest.Start(
        match.workflowId(),
        match.triggerUuid(),
        Objects.requireNonNull(match.requestId()),
        new Initiator.Signal(
            match.triggerUuid(),
            match.signals(),
            Objects.requireNonNullElse(match.params(), Map.of())),
        match.matchTime());
  }
}

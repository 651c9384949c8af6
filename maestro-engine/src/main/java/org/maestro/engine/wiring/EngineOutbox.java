package org.maestro.engine.wiring;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.maestro.engine.deadletter.DeadLetters;
import org.maestro.engine.event.Publications;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.TurnNews;
import org.maestro.engine.run.WayOut;
import org.maestro.engine.run.shard.BatchCommitter;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.engine.run.store.OutboxStore.OutboxRow;
import org.maestro.messaging.RefusedMessagesException.Refused;
import org.maestro.service.outbox.Outbox;
import org.maestro.service.outbox.OutboxRelay;

/** Connects the run engine's outbox with the relay. */
final class EngineOutbox implements Outbox {
  private static final long EVENT_BYTES = 512;

  /** A signal may bring a payload; how long it is isn't worth finding out. */
  private static final long SIGNAL_BYTES = 64 << 10;

  private final OutboxStore store;
  private final Publications publications;
  private final BatchCommitter committer;
  private final DeadLetters parked;

  EngineOutbox(
      OutboxStore store, Publications publications, BatchCommitter committer, DeadLetters parked) {
    this.store = store;
    this.publications = publications;
    this.committer = committer;
    this.parked = parked;
  }

  @Override
  public List<Row> read(Collection<String> ids, long bytes) {
    return store.byId(ids, bytes).stream()
        .map(row ->
            new Row(row.id(), row.body() == null ? null : publications.messages(row).iterator()))
        .toList();
  }

  @Override
  public void delete(Collection<String> ids) {
    committer.delete(ids);
  }

  @Override
  public void park(Collection<Refused> refused) {
    refused.forEach(one -> parked.park(one.message(), one.reason()));
  }

  @Override
  public OptionalLong oldestMillis() {
    return store.oldestMillis();
  }

  /** The way out over a relay of this outbox. */
  WayOut over(OutboxRelay relay, RunJson json) {
    return new WayOut() {
      @Override
      public void send(String outboxId) {
        relay.send(outboxId);
      }

      @Override
      public void send(String outboxId, TurnNews news) {
        var bytes = news.events().size() * EVENT_BYTES + news.signals().size() * SIGNAL_BYTES;
        relay.send(outboxId, bytes, () -> publications.messages(outboxId, news).iterator());
      }

      @Override
      public void send(String outboxId, int shard, RunCommand command) {
        var body = json.write(command);
        var row = new OutboxRow(outboxId, shard, shard, body);
        relay.send(outboxId, body.length(), () -> publications.messages(row).iterator());
      }

      @Override
      public boolean isWaiting(String outboxId) {
        return relay.isWaiting(outboxId);
      }

      @Override
      public boolean isIdle() {
        return relay.isIdle();
      }
    };
  }
}

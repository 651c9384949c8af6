package org.maestro.signal.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maestro.model.deadletter.DeadLetterKind;
import org.maestro.model.definition.MatchOperator;
import org.maestro.model.message.SignalGate;
import org.maestro.model.message.SignalRequest;
import org.maestro.model.message.SignalRequest.Condition;
import org.maestro.service.database.ColumnStatements;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.json.StrictJson;
import org.maestro.signal.announce.Announcement;
import org.maestro.signal.announce.Announcers;
import org.maestro.signal.announce.FlowStore;
import org.maestro.signal.announce.Origin;
import org.maestro.signal.announce.SignalJson;
import org.maestro.signal.announce.SignalLog;
import org.maestro.signal.announce.SignalStore;
import org.maestro.signal.deadletter.DeadLetter;
import org.maestro.signal.deadletter.DeadLetterStore;
import org.maestro.signal.gate.GateStore;
import org.maestro.signal.gate.Gates;
import org.maestro.signal.outbox.OutboxStore;
import org.maestro.signal.trigger.MatchStore;
import org.maestro.signal.trigger.QueueStore;

class RetentionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String NAME = "old/signal";

  private final TestDatabase database = TestDatabase.create();
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final SignalJson json = new SignalJson(StrictJson.mapper());
  private final ColumnStatements columns = new ColumnStatements(database.transactions());
  private final SignalStore signals =
      new SignalStore(database.transactions(), database.jdbc(), columns, json);
  private final FlowStore flows = new FlowStore(database.jdbc(), columns);
  private final GateStore gateStore = new GateStore(database.jdbc(), columns, json);
  private final DeadLetterStore deadLetters =
      new DeadLetterStore(database.jdbc(), StrictJson.mapper());
  private final Gates gates =
      new Gates(
          gateStore, signals, flows, new OutboxStore(columns), json, new Ids()::next, "requests");
  private final SignalLog log = new SignalLog(signals, flows, now::get, new Ids()::next);

  private static final class Ids {
    private int last;

    String next() {
      return "id-" + ++last;
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsOlderThanItIsKeptIsForgottenWithAllThatCameOfIt() {
    announce("a");
    openGate(1);
    park();
    var jdbc = database.jdbc();
    jdbc.sql(
            "INSERT INTO signal_match (match_id, trigger_id, workflow_id, trigger_uuid, state,"
                + " match_time) VALUES ('m', 't', 'w', 'u', 'REQUESTED', 0)")
        .update();
    jdbc.sql("INSERT INTO signal_match_part (name, seq, match_id) VALUES (?, 1, 'm'), (?, 2, 'm')")
        .params(NAME, NAME)
        .update();
    jdbc.sql("INSERT INTO signal_queue (trigger_id, join_key, name, seq) VALUES ('t', '', ?, 1)")
        .param(NAME)
        .update();
    now.set(START.plus(Duration.ofDays(9)));
    announce("b");
    openGate(2);

    now.set(START.plus(Duration.ofDays(12)));
    retention(Duration.ofDays(10)).forgetOld();

    assertThat(count("signal_instance")).isEqualTo(1);
    assertThat(count("signal_param")).isEqualTo(1);
    assertThat(count("signal_gate")).isEqualTo(1);
    assertThat(count("signal_queue")).isZero();
    assertThat(count("signal_match_part")).isEqualTo(1);
    assertThat(count("signal_match")).isEqualTo(1);
    assertThat(count("signal_dead_letter")).isZero();
    assertThat(find("a")).isZero();
    assertThat(find("b")).isEqualTo(2);

    now.set(START.plus(Duration.ofDays(30)));
    retention(Duration.ofDays(10)).forgetOld();
    assertThat(count("signal_match")).isZero();
    announce("c");
    assertThat(find("c")).isEqualTo(3); // numbers go on
  }

  @Test
  void nothingIsForgottenWithoutAnEnd() {
    announce("a");
    park();
    now.set(START.plus(Duration.ofDays(10_000)));
    retention(Duration.ZERO).forgetOld();
    assertThat(count("signal_instance")).isEqualTo(1);
    assertThat(database.transactions().read(() -> deadLetters.count(10))).isEqualTo(1);
  }

  private Retention retention(Duration kept) {
    return new Retention(
        kept,
        database.transactions(),
        signals,
        new QueueStore(columns),
        new MatchStore(database.jdbc(), columns, json),
        gateStore,
        deadLetters,
        now::get);
  }

  private void announce(String value) {
    database
        .transactions()
        .run(() -> {
          var _ =
              log.append(
                  new Announcement(
                      NAME, null, Map.of("p", value), null, 0, new Origin.Client("ann")));
        });
  }

  private void openGate(long instance) {
    database
        .transactions()
        .run(() -> {
          var _ =
              gates.await(
                  new SignalRequest.Await(
                      NAME, new SignalGate("w", instance, 1, "s", 1, 0), List.of(), 0),
                  now.get().toEpochMilli());
        });
  }

  private void park() {
    database
        .transactions()
        .run(() ->
            deadLetters.insert(
                new DeadLetter(
                    "d",
                    DeadLetterKind.MESSAGE,
                    "topic",
                    "key",
                    Map.of(),
                    new byte[] {(byte) 0xFF},
                    "a reason",
                    now.get().toEpochMilli())));
  }

  /** The number of the newest signal with this parameter; 0 if there is none. */
  private long find(String value) {
    var conditions = List.of(new Condition("p", MatchOperator.EQUALS, value));
    return database
        .transactions()
        .read(() ->
            signals.newest(NAME, conditions, Announcers.EVERYBODY).map(s -> s.seqId()).orElse(0L));
  }

  private long count(String table) {
    return database.jdbc().sql("SELECT count(*) FROM " + table).query(Long.class).single();
  }
}

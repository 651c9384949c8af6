package org.maestro.engine.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.alert.RunAlerts;
import org.maestro.engine.notification.store.NewNotification;
import org.maestro.engine.notification.store.NotificationBell;
import org.maestro.engine.notification.store.NotificationStatus;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.notification.store.NotificationStore.Notification;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.StoredRuns;
import org.maestro.model.instance.RunStatus;
import org.maestro.service.database.TestDatabase;

/** The rows of notifications: once per key, claimed by one, and only the last claim counts. */
class NotificationStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final long NOON = 1_000_000;

  private final List<Set<String>> rung = new CopyOnWriteArrayList<>();
  private final NotificationBell bell = new NotificationBell();
  private final NotificationStore store = new NotificationStore(DATABASE.transactions(), bell);

  @BeforeEach
  void empty() {
    DATABASE.jdbc().sql("DELETE FROM notification").update();
    bell.listen(rung::add);
  }

  @AfterAll
  static void stop() {
    DATABASE.close();
  }

  private static List<NewNotification> told(long instance, String... receivers) {
    return NewNotification.of(
        new RunKey("w", instance, 1),
        7,
        new RunAlerts(Map.of(AlertEvent.FAILURE, List.of(receivers)), null, List.of()),
        AlertEvent.FAILURE,
        NOON);
  }

  private void write(List<NewNotification> told) {
    DATABASE.transactions().run(() -> store.writeWithin(told, NOON));
  }

  @Test
  void whatIsWrittenTwiceIsThereOnceAndSomebodyHearsOfItAfterTheCommit() {
    write(told(1, "webhook:ops", "email:a@b.org"));
    write(told(1, "webhook:ops", "email:a@b.org"));
    assertThat(store.ofRun(StoredRuns.row(new RunKey("w", 1, 1), RunStatus.FAILED)))
        .extracting(one -> one.receiver().text())
        .containsExactly("email:a@b.org", "webhook:ops");
    assertThat(rung).contains(Set.of("webhook:ops", "email"));
    assertThat(store.due()).isEqualTo(Map.of("webhook:ops", NOON, "email", NOON));

    rung.clear();
    try {
      DATABASE
          .transactions()
          .run(() -> {
            store.writeWithin(told(2, "webhook:ops"), NOON);
            throw new IllegalStateException("rolls back");
          });
    } catch (IllegalStateException _) {
      // as it was told to
    }
    assertThat(store.ofRun(StoredRuns.row(new RunKey("w", 2, 1), RunStatus.FAILED))).isEmpty();
    assertThat(rung).isEmpty();
  }

  @Test
  void ofNodesThatClaimAtTheSameTimeEachGetsOthers() throws Exception {
    for (var i = 1; i <= 60; i++) {
      write(told(i, "webhook:ops"));
    }
    var claimed = new CopyOnWriteArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var running = new ArrayList<java.util.concurrent.Future<?>>();
      for (var t = 0; t < 6; t++) {
        var node = "node" + t;
        running.add(
            threads.submit(() -> {
              for (var round = 0; round < 40; round++) {
                store.claim("webhook:ops", node + "-" + round, NOON, NOON + 100, 4).stream()
                    .map(Notification::messageId)
                    .forEach(claimed::add);
              }
            }));
      }
      for (var one : running) {
        one.get();
      }
    }
    assertThat(claimed).hasSize(60);
    assertThat(new HashSet<>(claimed)).hasSize(60);
    assertThat(store.claim("webhook:ops", "later", NOON + 99, NOON + 200, 100)).isEmpty();
    assertThat(store.claim("webhook:ops", "later", NOON + 100, NOON + 200, 100))
        .as("the lease is over")
        .hasSize(60)
        .allMatch(one -> one.attempts() == 2);
  }

  @Test
  void onlyTheLastClaimSaysWhatCameOfIt() {
    write(told(1, "webhook:ops"));
    var one = store.claim("webhook:ops", "dead", NOON, NOON + 100, 4).getFirst();
    store.claim("webhook:ops", "alive", NOON + 100, NOON + 200, 4);
    store.givenUp(one.messageId(), "dead", NOON + 101, "too late");
    assertThat(store.find(one.messageId()).orElseThrow().status())
        .isEqualTo(NotificationStatus.WAITING);
    store.sent(one.messageId(), "alive", NOON + 102);
    store.again(one.messageId(), "alive", NOON + 103, "twice");
    assertThat(store.find(one.messageId()).orElseThrow())
        .satisfies(found -> {
          assertThat(found.status()).isEqualTo(NotificationStatus.SENT);
          assertThat(found.endTime()).isEqualTo(NOON + 102);
        });
    assertThat(store.due()).isEmpty();
  }

  @Test
  void whatWasGivenUpIsListedNewestFirstAndSentAgain() {
    for (var i = 1; i <= 3; i++) {
      write(told(i, "webhook:ops"));
      var one = store.claim("webhook:ops", "c" + i, NOON, NOON + 100, 4).getFirst();
      store.givenUp(one.messageId(), "c" + i, NOON + i, "no");
    }
    var newest = store.failed(Long.MAX_VALUE, "", 2);
    assertThat(newest).extracting(one -> one.run().instanceId()).containsExactly(3L, 2L);
    var last = newest.getLast();
    assertThat(store.failed(last.endTime(), last.messageId(), 2))
        .extracting(one -> one.run().instanceId())
        .containsExactly(1L);
    assertThat(store.failedAfter(last.endTime(), last.messageId(), 2))
        .extracting(one -> one.run().instanceId())
        .containsExactly(3L);
    assertThat(store.retry(last, NOON + 10)).isTrue();
    assertThat(store.retry(last, NOON + 10)).as("it waits already").isFalse();
    assertThat(store.claim("webhook:ops", "again", NOON + 10, NOON + 100, 4))
        .singleElement()
        .satisfies(one -> {
          assertThat(one.messageId()).isEqualTo(last.messageId());
          assertThat(one.attempts()).isEqualTo(1);
        });
    assertThat(store.deleteAll("w")).isEqualTo(3);
    assertThat(store.deleteAll("w")).isZero();
  }
}

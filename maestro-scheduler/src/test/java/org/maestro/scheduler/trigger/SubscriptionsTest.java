package org.maestro.scheduler.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.scheduler.TestNode.cron;
import static org.maestro.scheduler.TestNode.news;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maestro.model.message.TriggerId;
import org.maestro.model.message.TriggerNews;
import org.maestro.scheduler.SetClock;
import org.maestro.scheduler.TestNode;
import org.maestro.service.database.TestDatabase;

class SubscriptionsTest {
  private final TestDatabase database = TestDatabase.create();
  private final SetClock clock = new SetClock("2026-03-10T08:30:00Z");
  private final TestNode node = TestNode.alone(database, clock);

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void whatIsDueFromTheTimeOfTheNewsOnFires() {
    node.hear(news("w", 1, 1L, "2026-03-10T07:00:00Z", cron("0 * * * *")));
    assertThat(node.fired()).containsExactly("w 2026-03-10T07:00:00Z", "w 2026-03-10T08:00:00Z");
  }

  @Test
  void aReplacedVersionFiresNothingAnyMore() {
    node.hear(news("w", 1, 1L, "2026-03-10T07:00:00Z", cron("0 * * * *"), cron("10 * * * *")));
    node.hear(news("w", 2, 2L, "2026-03-10T08:05:00Z", cron("30 * * * *")));
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:30:00Z");
    assertThat(node.sent.getFirst().triggerUuid())
        .isEqualTo(TriggerId.ofTimeTriggers(1, 2).value());
    assertThat(rows("w")).hasSize(1);
  }

  @Test
  void newsThatIsNotNewerChangesNothing() {
    node.hear(news("w", 5, 2L, "2026-03-10T08:30:00Z", cron("30 * * * *")));
    node.hear(news("w", 5, 1L, "2026-03-10T07:00:00Z", cron("0 * * * *")));
    node.hear(news("w", 4, 1L, "2026-03-10T07:00:00Z", cron("0 * * * *")));
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:30:00Z");
  }

  @Test
  void anUnchangedVersionNeitherLosesNorRepeatsTicks() {
    node.hear(news("w", 1, 1L, "2026-03-10T07:30:00Z", cron("0 * * * *")));
    node.hear(news("w", 2, 1L, "2026-03-10T08:15:00Z", cron("0 * * * *")));
    assertThat(node.fired()).as("08:00 is not lost").containsExactly("w 2026-03-10T08:00:00Z");
    node.hear(news("w", 3, 1L, "2026-03-10T07:45:00Z", cron("0 * * * *")));
    assertThat(node.fired()).as("nor repeated").isEmpty();
  }

  @Test
  void ofSeveralNewsAtOnceTheNewestCounts() {
    node.hear(
        news("w", 3, 3L, "2026-03-10T08:10:00Z", cron("30 * * * *")),
        news("w", 2, 2L, "2026-03-10T07:00:00Z", cron("0 * * * *")),
        news("v", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    assertThat(node.fired())
        .containsExactlyInAnyOrder("w 2026-03-10T08:30:00Z", "v 2026-03-10T08:00:00Z");
  }

  @Test
  void aWorkflowWithoutAnActiveVersionFiresNothing() {
    node.hear(news("w", 1, 1L, "2026-03-10T07:00:00Z", cron("0 * * * *")));
    node.hear(news("w", 2, null, "2026-03-10T08:29:00Z", cron("0 * * * *")));
    assertThat(node.fired()).isEmpty();
    node.hear(news("w", 1, 1L, "2026-03-10T07:00:00Z", cron("0 * * * *")));
    assertThat(node.fired()).as("old news does not bring it back").isEmpty();
  }

  @Test
  void aWorkflowThatWasMadeAgainIsAnother() {
    node.hear(news("w", 9, 4L, "2026-03-10T07:00:00Z", cron("0 * * * *")));
    var again =
        new TriggerNews(
            "w", 2, 1, 1L, "other", List.of(cron("0 * * * *")), List.of(), clock.millis());
    node.hear(again);
    clock.set("2026-03-10T09:00:00Z");
    assertThat(node.fired()).containsExactly("w 2026-03-10T09:00:00Z");
    assertThat(node.sent.getFirst().triggerUuid())
        .isEqualTo(TriggerId.ofTimeTriggers(2, 1).value());
  }

  @Test
  void whatCannotBeReadIsLeftAside() {
    node.hear("w", "{");
    node.hear("w", "{\"workflow_id\": null, \"time_triggers\": [], \"signal_triggers\": []}");
    node.hear("w", "[]");
    var withNul = news("a\0b", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *"));
    node.hear(withNul, news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("0 * * * *")));
    assertThat(node.fired())
        .as("the others are followed")
        .containsExactly("w 2026-03-10T08:00:00Z");
    assertThat(node.meters.counter("maestro.scheduler.unreadable").count()).isEqualTo(4);
  }

  @Test
  void newsOfANewerEngineMaySayMore() {
    var more =
        """
        {"workflow_id": "w", "internal_id": 1, "revision": 1, "version_id": 1, "owner": "o",
         "time_triggers": [{"type": "CRON", "cron": "0 * * * *"}], "signal_triggers": [],
         "time": 1773129600000, "mood": "good"}
        """;
    node.hear("w", more);
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:00:00Z");
  }

  @Test
  void aTriggerThatCannotBeFollowedIsShownWithItsProblemAndTheOthersFire() {
    node.hear(news("w", 1, 1L, "2026-03-10T08:00:00Z", cron("99 * * * *"), cron("0 * * * *")));
    assertThat(node.fired()).containsExactly("w 2026-03-10T08:00:00Z");
    assertThat(rows("w").getFirst().problem()).contains("Value 99 not in range");
  }

  @Test
  void manyWorkflowsAreTakenAtOnce() {
    var all = new ArrayList<TriggerNews>();
    for (var i = 0; i < 3_000; i++) {
      all.add(
          news(
              "w" + i,
              1,
              1L,
              "2026-03-10T08:00:00Z",
              cron("0 * * * *"),
              Map.of("type", "PREDEFINED", "expression", "@daily")));
    }
    node.hear(all.toArray(TriggerNews[]::new));
    assertThat(node.fired()).hasSize(3_000).doesNotHaveDuplicates();
    assertThat(node.fired()).isEmpty();
  }

  private List<TriggerRow> rows(String workflowId) {
    return database.transactions().read(() -> node.store.rows(List.of(workflowId)));
  }
}

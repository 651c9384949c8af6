package org.maestro.scheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.scheduler.TestNode.news;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maestro.model.trigger.TriggerView;
import org.maestro.scheduler.SetClock;
import org.maestro.scheduler.TestNode;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.security.Caller;
import org.maestro.service.security.Role;
import org.maestro.zones.Zones;

/** Rows as schedulers with the rules of 2026a left them, by which Vancouver was on -08:00. */
class ZoneRulesUpdateTest {
  private static final Caller OWNER = new Caller("owner", Set.of(Role.USER));

  private final TestDatabase database = TestDatabase.create();
  private final SetClock clock = new SetClock("2026-12-14T17:00:00Z");

  @AfterEach
  void close() {
    database.close();
  }

  private static Map<String, Object> cron(String cron, String catchUp) {
    var trigger = new TreeMap<String, Object>(TestNode.cron(cron, catchUp));
    trigger.put("timezone", "America/Vancouver");
    return trigger;
  }

  /** A node after an update, of a workflow that waits for a tick reckoned before it. */
  private TestNode updated(
      Map<String, Object> trigger, String tick, @Nullable String fired, @Nullable String rules) {
    var before = TestNode.alone(database, clock);
    before.hear(news("w", 1, 1L, "2026-12-14T17:00:00Z", trigger));
    reckonedBefore(tick, fired, rules);
    before.leases.release();
    return TestNode.alone(database, clock);
  }

  private void reckonedBefore(String tick, @Nullable String fired, @Nullable String rules) {
    database
        .jdbc()
        .sql(
            """
            UPDATE time_trigger
               SET next_tick_at = :tick, next_fire_at = :tick, fired_tick_at = CAST(:fired AS int8),
                   zone_rules = CAST(:rules AS text), tick_offset = CAST(:offset AS int8)
            """)
        .param("tick", millis(tick))
        .param("fired", fired == null ? null : millis(fired))
        .param("rules", rules)
        .param("offset", rules == null ? null : -8 * 3_600)
        .update();
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private TriggerView view(TestNode node) {
    return node.triggers.of(OWNER, "w").timeTriggers().getFirst();
  }

  @Test
  void aFixedTimeMovesWithItsClockAndFiresOnce() {
    var node =
        updated(cron("0 8 * * *", "ALL"), "2026-12-15T16:00:00Z", "2026-12-14T16:00:00Z", "2026a");
    assertThat(node.fire()).isEqualTo(millis("2026-12-15T15:00:00Z"));
    assertThat(view(node).zoneRules()).isEqualTo(Zones.rules().version());
    assertThat(view(node).movedByZoneRules())
        .isEqualTo(
            new TriggerView.MovedTick(
                millis("2026-12-15T16:00:00Z"), millis("2026-12-15T15:00:00Z")));
    clock.set("2026-12-15T15:00:00Z");
    assertThat(node.fired()).containsExactly("w 2026-12-15T15:00:00Z");
    clock.set("2026-12-16T14:59:59Z");
    assertThat(node.fired()).isEmpty();
    clock.set("2026-12-16T15:00:00Z");
    assertThat(node.fired()).containsExactly("w 2026-12-16T15:00:00Z");
  }

  @Test
  void aTickWhoseNewTimeIsPastFiresAtOnceEvenIfMissedOnesDoNot() {
    clock.set("2026-12-15T15:30:00Z");
    var node =
        updated(cron("0 8 * * *", "NONE"), "2026-12-15T16:00:00Z", "2026-12-14T16:00:00Z", "2026a");
    assertThat(node.fired()).containsExactly("w 2026-12-15T15:00:00Z");
    clock.set("2026-12-15T16:30:00Z");
    assertThat(node.fired()).isEmpty();
  }

  @Test
  void whatFiresEveryHourMissesNoneAndRepeatsNone() {
    var node =
        updated(cron("0 * * * *", "ALL"), "2026-12-15T16:00:00Z", "2026-12-15T15:00:00Z", "2026a");
    clock.set("2026-12-15T17:00:00Z");
    assertThat(node.fired()).containsExactly("w 2026-12-15T16:00:00Z", "w 2026-12-15T17:00:00Z");
    assertThat(view(node).movedByZoneRules()).isNull();
  }

  @Test
  void rowsOfReleasesThatKeptNoVersionMoveToo() {
    var node = updated(cron("0 8 * * *", "ALL"), "2026-12-15T16:00:00Z", null, null);
    assertThat(node.fire()).isEqualTo(millis("2026-12-15T15:00:00Z"));
  }

  @Test
  void pausedTriggersMoveAndStayPaused() {
    var before = TestNode.alone(database, clock);
    before.hear(news("w", 1, 1L, "2026-12-14T17:00:00Z", cron("0 8 * * *", "ALL")));
    reckonedBefore("2026-12-15T16:00:00Z", null, "2026a");
    before.triggers.pause(OWNER, "w");
    before.leases.release();
    var node = TestNode.alone(database, clock);
    assertThat(node.fire()).isNull();
    node.triggers.resume(OWNER, "w");
    assertThat(node.fire()).isEqualTo(millis("2026-12-15T15:00:00Z"));
  }

  @Test
  void whatASchedulerWithOtherRulesAddsLaterIsReckonedAgainBeforeItFires() {
    var node = TestNode.alone(database, clock);
    node.hear(news("w", 1, 1L, "2026-12-14T17:00:00Z", cron("0 8 * * *", "ALL")));
    node.fire();
    reckonedBefore("2026-12-15T16:00:00Z", null, "2026a");
    clock.set("2026-12-15T16:00:00Z");
    assertThat(node.fired()).containsExactly("w 2026-12-15T15:00:00Z");
    assertThat(node.fired()).isEmpty();
  }
}

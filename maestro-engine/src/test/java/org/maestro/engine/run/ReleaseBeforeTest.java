package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maestro.engine.alert.AlertEvent;
import org.maestro.engine.alert.RunAlerts;
import org.maestro.engine.loop.Chunk;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rows that nodes of two releases read and write side by side: what one adds, the other passes
 * over, and what it doesn't write is absent.
 */
class ReleaseBeforeTest {
  private static final String FACTS =
      """
      {"internal_id":7,"initiator":{"type":"MANUAL"},"request_time":1,"instance_time":2,
       "correlation_id":"c","policy":"START_FRESH_NEW_RUN","owner":"ann","timeout_millis":1000}
      """;
  private static final String CHUNK =
      """
      {"from":0,"to":4,"next":4,"window":1,"generation":0,"heard":1,"draining":false,
       "ended":{"SUCCEEDED":[[0,2]]}}
      """;

  private final RunJson json = new RunJson();

  private static Map<?, ?> tree(String text) {
    return JsonMapper.shared().readValue(text, Map.class);
  }

  private static String with(String text, String name, Object value) {
    var all = new LinkedHashMap<Object, Object>(tree(text));
    all.put(name, value);
    return JsonMapper.shared().writeValueAsString(all);
  }

  @Test
  void whatTheReleaseBeforeWroteIsRead() {
    assertThat(json.read(FACTS, RunFacts.class).alerts()).isNull();
    assertThat(new Chunk(json.read(CHUNK, Chunk.State.class)).state().takenOver()).isNull();
  }

  @Test
  void theReleaseBeforeReadsTheSameOfARunThatTellsSomebody() {
    var quiet = json.read(FACTS, RunFacts.class);
    var alerts =
        new RunAlerts(Map.of(AlertEvent.FAILURE, List.of("email:a@b.org")), 5L, List.of("slack x"));
    var telling =
        new RunFacts(
            quiet.internalId(),
            quiet.initiator(),
            quiet.requestTime(),
            quiet.instanceTime(),
            quiet.correlationId(),
            quiet.policy(),
            quiet.restart(),
            quiet.runParams(),
            quiet.params(),
            quiet.stepOverrides(),
            quiet.runtimeTags(),
            quiet.owner(),
            quiet.stepConcurrency(),
            quiet.instanceStepConcurrency(),
            quiet.timeoutMillis(),
            quiet.artifacts(),
            quiet.acceptError(),
            quiet.loopRun(),
            alerts);
    var written = new LinkedHashMap<Object, Object>(tree(json.write(telling)));
    assertThat(written.remove("alerts")).isNotNull();
    assertThat(written).isEqualTo(tree(FACTS));
    assertThat(json.read(json.write(telling), RunFacts.class)).isEqualTo(telling);
  }

  @Test
  void theReleaseBeforeReadsTheSameOfALoopThatGoesOn() {
    var state = json.read(with(CHUNK, "taken_over", List.of(List.of(0, 2))), Chunk.State.class);
    assertThat(state.takenOver()).isNotNull();
    var written = new LinkedHashMap<Object, Object>(tree(json.write(new Chunk(state).state())));
    assertThat(written.remove("taken_over")).isEqualTo(List.of(List.of(0, 2)));
    assertThat(written).isEqualTo(tree(CHUNK));
  }

  @Test
  void whatTheNextReleaseAddsIsPassedOver() {
    assertThat(json.read(with(FACTS, "of_tomorrow", Map.of("a", 1)), RunFacts.class))
        .isEqualTo(json.read(FACTS, RunFacts.class));
    assertThat(json.read(with(CHUNK, "of_tomorrow", 1), Chunk.State.class))
        .isEqualTo(json.read(CHUNK, Chunk.State.class));
  }
}

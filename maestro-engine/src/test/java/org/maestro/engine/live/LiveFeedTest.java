package org.maestro.engine.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.engine.live.LiveFeed.Change;
import org.maestro.engine.live.LiveFeed.Changes;
import org.maestro.engine.run.RunKey;
import org.maestro.service.json.StrictJson;

class LiveFeedTest {
  private static final Duration NOT_AT_ALL = Duration.ZERO;

  private final LiveFeed feed = new LiveFeed("node", StrictJson.mapper());

  @Test
  void howeverOftenARunChangesItIsToldOncePerTick() throws InterruptedException {
    try (var reader = begin()) {
      feed.changed(new RunKey("orders", 1, 1), false);
      feed.changed(new RunKey("orders", 1, 1), false);
      feed.changed(new RunKey("orders", 1, 2), false);
      feed.tick();
      assertThat(reader.next(NOT_AT_ALL))
          .containsExactly(told("node-1", new Change("instance", "orders#1", 1, false)));
      assertThat(reader.next(NOT_AT_ALL)).isEmpty();
    }
  }

  @Test
  void theIterationsOfALoopAreOneEntity() throws InterruptedException {
    try (var reader = begin()) {
      for (int iteration = 1; iteration <= 1_000; iteration++) {
        feed.changed(new RunKey("maestro_foreach_1_11_abc", iteration, 1), false);
      }
      feed.tick();
      assertThat(reader.next(NOT_AT_ALL))
          .containsExactly(
              told("node-1", new Change("loop", "maestro_foreach_1_11_abc", 1, false)));
    }
  }

  @Test
  void whatHasEndedIsSaidSoWhateverChangesAfterwards() throws InterruptedException {
    try (var reader = begin()) {
      feed.changed(new RunKey("orders", 1, 1), false);
      feed.changed(new RunKey("orders", 1, 1), true);
      feed.changed(new RunKey("orders", 1, 1), false);
      feed.tick();
      assertThat(reader.next(NOT_AT_ALL).getFirst().text())
          .isEqualTo("[{\"type\":\"instance\",\"key\":\"orders#1\",\"version\":1,\"ended\":true}]");
    }
  }

  @Test
  void manyInstancesOfOneWorkflowAreToldAsTheWorkflow() throws InterruptedException {
    try (var reader = begin()) {
      for (int instance = 1; instance <= 5_000; instance++) {
        feed.changed(new RunKey("orders", instance, 1), true);
      }
      feed.changed(new RunKey("imports", 1, 1), false);
      feed.tick();
      assertThat(reader.next(NOT_AT_ALL).getFirst().changes())
          .containsExactlyInAnyOrder(
              new Change("workflow", "orders", 1, false),
              new Change("instance", "imports#1", 1, false));
    }
  }

  @Test
  void tooManyAtOnceAreEverything() throws InterruptedException {
    try (var reader = begin()) {
      for (int workflow = 1; workflow <= 5_000; workflow++) {
        feed.changed(new RunKey("orders-" + workflow, 1, 1), false);
      }
      feed.tick();
      assertThat(reader.next(NOT_AT_ALL))
          .containsExactly(told("node-1", new Change("all", "", 1, false)));
    }
  }

  @Test
  void whoeverComesBackHearsWhatChangedMeanwhile() throws InterruptedException {
    try (var stays = begin()) {
      change("a");
      change("b");
      try (var back = feed.open("node-1")) {
        assertThat(back.next(NOT_AT_ALL)).extracting(Changes::id).containsExactly("node-2");
      }
      assertThat(stays.next(NOT_AT_ALL)).hasSize(2);
    }
  }

  @Test
  void whosePlaceIsNotKnownHearsThatEverythingMayHaveChanged() throws InterruptedException {
    try (var stays = begin();
        var back = feed.open("other-7")) {
      assertThat(back.next(NOT_AT_ALL))
          .containsExactly(told("node-0", new Change("all", "", 0, false)));
      assertThat(back.next(NOT_AT_ALL)).isEmpty();
      assertThat(stays.next(NOT_AT_ALL)).isEmpty();
    }
  }

  @Test
  void nobodyResumesFromBeforeATimeWhenNobodyListened() throws InterruptedException {
    try (var _ = begin()) {
      change("a");
    }
    change("b");
    try (var back = feed.open("node-1")) {
      assertThat(back.next(NOT_AT_ALL))
          .containsExactly(told("node-1", new Change("all", "", 1, false)));
    }
  }

  @Test
  void whoeverIsTooSlowHearsThatEverythingMayHaveChanged() throws InterruptedException {
    try (var slow = begin()) {
      for (int tick = 1; tick <= 300; tick++) {
        change("a");
      }
      assertThat(slow.next(NOT_AT_ALL))
          .containsExactly(told("node-300", new Change("all", "", 300, false)));
    }
  }

  @Test
  void fewerTicksAreKeptWhenMuchChanges() throws InterruptedException {
    try (var slow = begin()) {
      for (int tick = 1; tick <= 20; tick++) {
        changes(500);
      }
      assertThat(slow.next(NOT_AT_ALL)).hasSize(20);
      for (int tick = 21; tick <= 41; tick++) {
        changes(500);
      }
      assertThat(slow.next(NOT_AT_ALL))
          .containsExactly(told("node-41", new Change("all", "", 41, false)));
      change("a");
      assertThat(slow.next(NOT_AT_ALL)).hasSize(1);
    }
  }

  private void changes(int instances) {
    for (int instance = 1; instance <= instances; instance++) {
      feed.changed(new RunKey("orders-" + instance, 1, 1), false);
    }
    feed.tick();
  }

  @Test
  void whoeverIsWokenWaitsNoLonger() throws InterruptedException {
    try (var reader = begin()) {
      reader.wake();
      assertThat(reader.next(Duration.ofMinutes(5))).isEmpty();
    }
  }

  /** A reader that has heard that everything may have changed. */
  private LiveFeed.Reader begin() throws InterruptedException {
    var reader = feed.open(null);
    reader.next(NOT_AT_ALL);
    return reader;
  }

  private static Changes told(String id, Change change) {
    return new Changes(
        id, List.of(change), StrictJson.mapper().writeValueAsString(List.of(change)));
  }

  private void change(String workflowId) {
    feed.changed(new RunKey(workflowId, 1, 1), false);
    feed.tick();
  }
}

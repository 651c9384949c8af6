package org.maestro.engine.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.workflow;

import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.service.database.TestDatabase;

class LiveStreamTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static TestEngine engine;

  @BeforeAll
  static void start() {
    engine = TestEngine.start(DATABASE);
  }

  @AfterAll
  static void stop() {
    engine.close();
    DATABASE.close();
  }

  @Test
  @Timeout(60)
  void whoeverListensHearsOfARunThatChanges() {
    var client = new EngineClient(engine);
    client.push(workflow("w", noop("s")));
    var answer = engine.follow("/api/v3/stream", Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (var lines = answer.body()) {
      var said = lines.iterator();
      awaitLine(said, "\"type\":\"all\"");
      client.start("w");
      awaitLine(said, "\"type\":\"instance\",\"key\":\"w#1\"");
    }
  }

  /** Ends with the stream or the test's time. */
  private static void awaitLine(Iterator<String> said, String part) {
    while (said.hasNext()) {
      if (said.next().contains(part)) {
        return;
      }
    }
    throw new AssertionError("expected a line with " + part + ", found the end");
  }
}

package org.maestro.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.maestro.engine.TestEngine;
import org.maestro.engine.run.shard.Shards;
import org.maestro.messaging.ShardConsumer.Membership;
import org.maestro.service.database.TestDatabase;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class EngineHealthTest {

  @Test
  void aNodeKnowsWhetherTheBrokersKnowIt() {
    try (var database = TestDatabase.create();
        var engine = TestEngine.start(database)) {
      var shards = engine.context().getBean(Shards.class);
      var health = engine.context().getBean(EngineHealth.class);
      awaitUntil(
          "it has its shards and the brokers have heard of it",
          () ->
              shards.owned().size() == TestEngine.SHARDS
                  && health.health().getDetails().containsKey("last heartbeat in seconds"),
          () -> health.health().getDetails().toString());
      assertThat(health.health().getStatus()).isEqualTo(Status.UP);
      assertThat(health.health().getDetails()).containsEntry("shards", TestEngine.SHARDS);
      assertThat(said(shards, new Membership.Member(EngineHealth.SILENT)).getStatus())
          .isEqualTo(Status.UP);
      assertThat(said(shards, new Membership.Member(Duration.ofSeconds(61))).getStatus())
          .isEqualTo(Status.DOWN);
      engine.context().getBean(EngineStartup.class).letGo();
      assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    }
  }

  private static Health said(Shards shards, Membership membership) {
    return new EngineHealth(shards, () -> membership).health();
  }
}

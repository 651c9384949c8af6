package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.noop;
import static org.maestro.engine.Workflows.workflow;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.engine.run.shard.Shards;
import org.maestro.engine.run.store.OutboxStore;
import org.maestro.service.database.TestDatabase;

/** Messages that another node wrote and couldn't send, as one that is cut off from the brokers. */
class ForgottenMessagesTest {
  private static final int MANY = 300;

  private final TestDatabase database = TestDatabase.create();
  private final TestEngine engine = TestEngine.start(database);
  private final EngineClient client = new EngineClient(engine);

  @AfterEach
  void stop() {
    engine.close();
    database.close();
  }

  private long kept() {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM outbox WHERE id LIKE 'left-%'")
        .query(Long.class)
        .single();
  }

  @Test
  void allOfAShardAreBroughtAtOnceAndNotOneEachTime() {
    var run = client.run(workflow("w", noop("a")));
    assertThat(client.ended(run)).isEqualTo("SUCCEEDED");
    var key = new RunKey("w", run.instance(), 1);
    var shard = key.shard(TestEngine.SHARDS);
    var outbox = engine.context().getBean(OutboxStore.class);
    for (int i = 0; i < MANY; i++) {
      outbox.keep("left-%03d".formatted(i), shard, new RunCommand.RecoverRun(key));
    }
    var shards = engine.context().getBean(Shards.class);
    shards.lookForForgotten();
    assertThat(kept()).isEqualTo(MANY);
    shards.lookForForgotten();
    awaitUntil("all are handled", () -> kept() == 0, () -> kept() + " are kept");
  }
}

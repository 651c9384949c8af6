package org.maestro.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;
import static org.maestro.engine.Workflows.sleep;
import static org.maestro.engine.Workflows.workflow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.maestro.engine.EngineClient;
import org.maestro.engine.TestEngine;
import org.maestro.engine.run.shard.Shards;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.database.TestDatabase;

/**
 * After a process that ended without a word, messages are handled in another order than they came
 * in. Where a shard is to be read on must not pass any that is not handled yet.
 */
class CarefulOffsetsTest {
  private static final long FIRST = 1_000_000;
  private static final int BEFORE = 300;
  private static final int BEHIND = 100;

  private final TestDatabase database = TestDatabase.create();
  private TestEngine engine;

  @AfterEach
  void stop() {
    engine.close();
    database.close();
  }

  private long consumed(int shard) {
    return database
        .jdbc()
        .sql("SELECT consumed_offset FROM engine_shard WHERE shard = ?")
        .param(shard)
        .query(Long.class)
        .single();
  }

  private List<Long> seen() {
    return database.jdbc().sql("SELECT consumed_offset FROM seen").query(Long.class).list();
  }

  /** Two runs of one shard; a process has ended at work on the first of them. */
  private List<RunKey> runsOfOneShard() {
    engine = TestEngine.start(database);
    var client = new EngineClient(engine);
    client.push(workflow("w", sleep("s", 600)), Map.of("run_strategy", Map.of("rule", "PARALLEL")));
    var byShard = new ArrayList<List<RunKey>>();
    for (int i = 0; i < TestEngine.SHARDS; i++) {
      byShard.add(new ArrayList<>());
    }
    while (true) {
      var run = client.start("w");
      client.reached(run, "s", "RUNNING");
      var key = new RunKey(run.workflowId(), run.instance(), 1);
      var same = byShard.get(key.shard(TestEngine.SHARDS));
      same.add(key);
      if (same.size() == 2) {
        engine.close();
        return same;
      }
    }
  }

  private void endedWithoutAWord(int shard, RunKey suspect) {
    database
        .jdbc()
        .sql("INSERT INTO shard_at_work (shard, epoch) VALUES (?, 1)")
        .param(shard)
        .update();
    database
        .jdbc()
        .sql("INSERT INTO run_suspect VALUES (?, ?, ?, 1, false, 0, 0)")
        .params(shard, suspect.workflowId(), suspect.instanceId())
        .update();
  }

  /** Keeps how far the shard has come whenever a suspect's turn is about to begin. */
  private void watchSuspects() {
    for (var statement :
        List.of(
            "CREATE TABLE seen (consumed_offset INT8)",
            """
            CREATE FUNCTION see() RETURNS trigger AS $$
            BEGIN
              INSERT INTO seen SELECT consumed_offset FROM engine_shard WHERE shard = NEW.shard;
              RETURN NEW;
            END $$ LANGUAGE plpgsql
            """,
            """
            CREATE TRIGGER see AFTER UPDATE ON run_suspect
            FOR EACH ROW WHEN (NEW.alone) EXECUTE FUNCTION see()
            """)) {
      database.jdbc().sql(statement).update();
    }
  }

  private ReceivedMessage recover(long offset, RunKey run) {
    var command = engine.context().getBean(RunJson.class).write(new RunCommand.RecoverRun(run));
    return new ReceivedMessage(offset, "", command.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  @Test
  void aMessageThatWaitsBehindLaterOnesIsReadAgainIfTheProcessEnds() {
    var runs = runsOfOneShard();
    var suspect = runs.getFirst();
    var shard = suspect.shard(TestEngine.SHARDS);
    endedWithoutAWord(shard, suspect);
    watchSuspects();
    engine = TestEngine.start(database);
    var shards = engine.context().getBean(Shards.class);
    awaitUntil("the suspect is looked at", () -> !seen().isEmpty(), () -> "not yet");
    database.jdbc().sql("DELETE FROM seen").update();

    var messages = new ArrayList<ReceivedMessage>();
    for (int i = 0; i <= BEFORE + BEHIND; i++) {
      messages.add(recover(FIRST + i, i == BEFORE ? suspect : runs.getLast()));
    }
    shards.onCommands(shard, messages);

    awaitUntil("the suspect has its turn", () -> !seen().isEmpty(), () -> "not yet");
    assertThat(seen().getFirst()).isBetween(FIRST, FIRST + BEFORE - 1);
    awaitUntil(
        "the message has been handled",
        () -> consumed(shard) >= FIRST + BEFORE,
        () -> String.valueOf(consumed(shard)));
  }
}

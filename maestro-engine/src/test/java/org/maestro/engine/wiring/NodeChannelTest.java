package org.maestro.engine.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maestro.engine.EngineClient.awaitUntil;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.maestro.engine.TestEngine;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.PermitLedger;
import org.maestro.engine.permit.PermitMessage;
import org.maestro.engine.run.RunJson;
import org.maestro.messaging.ReceivedMessage;
import org.maestro.service.database.TestDatabase;

class NodeChannelTest {
  private static final PermitHolder HOLDER = new PermitHolder("w", 1, 1, "s", 1);

  private static PermitLedger.Size size(TestEngine engine) {
    return engine.context().getBean(NodePermits.class).ledger().orElseThrow().size();
  }

  @Test
  @Timeout(120)
  void messagesOfPermitsFromBeforeATakeOverAreVoid() {
    try (var database = TestDatabase.create();
        var engine = TestEngine.start(database)) {
      awaitUntil(
          "the engine keeps the permits and owns all shards",
          () ->
              engine.context().getBean(NodePermits.class).ledger().isPresent()
                  && database
                          .jdbc()
                          .sql("SELECT count(*) FROM engine_shard WHERE owner IS NOT NULL")
                          .query(Integer.class)
                          .single()
                      == TestEngine.SHARDS,
          () -> "it does not");
      var channel = engine.context().getBean(NodeChannel.class);
      var epoch = channel.epochOf(HOLDER);
      assertThat(epoch).isPositive();

      receive(channel, new PermitMessage.Request(HOLDER, Map.of("db", 1L)), epoch - 1);
      receive(channel, new PermitMessage.Restore(HOLDER, Map.of("db", 1L)), epoch - 1);
      assertThat(size(engine)).isEqualTo(new PermitLedger.Size(0, 0));

      receive(channel, new PermitMessage.Request(HOLDER, Map.of("db", 1L)), epoch);
      assertThat(size(engine)).isEqualTo(new PermitLedger.Size(1, 0));
      channel.resumed(3, epoch); // of another shard
      receive(channel, new PermitMessage.Release(HOLDER), epoch);
      assertThat(size(engine)).isEqualTo(new PermitLedger.Size(0, 0));
    }
  }

  private static void receive(NodeChannel channel, PermitMessage message, long epoch) {
    channel.received(
        "permit",
        0,
        new ReceivedMessage(
            1,
            "",
            new RunJson().writeBytes(message),
            Map.of(NodeChannel.EPOCH, Long.toString(epoch))));
  }
}

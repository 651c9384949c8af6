package org.maestro.engine.run.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.DefinitionFormat;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.notification.store.NotificationBell;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.run.RunJson;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamSettings;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stores of runs and loops over a test's database, without an engine around them. */
public final class TestLoops {
  private TestLoops() {}

  public static LoopSource source(JdbcClient jdbc, Transactions transactions) {
    var format = new DefinitionFormat(StrictJson.mapper());
    var clock = InstantSource.fixed(Instant.ofEpochMilli(StoredRuns.NOON));
    return new LoopSource(
        new LoopStore(transactions, new RunJson()),
        new CompiledVersions(new DefinitionStore(jdbc, format), format, 1_000_000),
        new ParamEvaluator(
            new ExpressionCache(),
            new SelRuntime(clock, () -> "uuid", () -> 0.5, SelLimits.DEFAULT),
            new ParamSettings("test", Map.of(), Set.of(), () -> 1)),
        new RunJson());
  }

  public static OutboxStore outboxStore(Transactions transactions) {
    return new OutboxStore(transactions, new RunJson(), InstantSource.system());
  }

  public static RunStore runStore(JdbcClient jdbc, Transactions transactions, String node) {
    return new RunStore(
        transactions,
        new RunJson(),
        outboxStore(transactions),
        new LoopStore(transactions, new RunJson()),
        source(jdbc, transactions),
        new SuspectStore(transactions),
        new NotificationStore(transactions, new NotificationBell()),
        _ -> List.of(),
        node,
        32);
  }
}

package org.maestro.engine.instance.why;

import java.util.List;
import java.util.Optional;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.instance.InstanceStore;
import org.maestro.engine.instance.loop.LoopSnapshots;
import org.maestro.engine.log.LogStore;
import org.maestro.engine.notification.store.NotificationStore;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.Waiting;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.run.store.SuspectStore;
import org.maestro.engine.start.ChildStarter;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wiring of saying why something does not go on. */
@Configuration(proxyBeanMethods = false)
public class WhyConfiguration {
  private static final int SHOWN_LINES = 10;

  @Bean
  WhyQueries whyQueries(
      Transactions transactions,
      InstanceStore store,
      DefinitionStore definitions,
      RunPlans plans,
      LoopSnapshots chunks,
      LoopSource loops,
      SuspectStore suspects,
      ObjectProvider<NodePermits> permits,
      ObjectProvider<ChildStarter> children,
      ObjectProvider<LogStore> logs,
      ObjectProvider<NotificationStore> notifications,
      AccessPolicy access) {
    return new WhyQueries(
        transactions,
        store,
        definitions,
        plans,
        chunks,
        loops,
        suspects,
        new NodeInsight() {
          @Override
          public Optional<Waiting> waiting(PermitHolder holder) {
            return Optional.ofNullable(permits.getIfAvailable())
                .flatMap(NodePermits::ledger)
                .flatMap(ledger -> ledger.waiting(holder));
          }

          @Override
          public Optional<String> childDelay(RunKey parent, String stepId, long attemptId) {
            return Optional.ofNullable(children.getIfAvailable())
                .flatMap(starter -> starter.delayOf(parent, stepId, attemptId));
          }

          @Override
          public List<String> lastLines(AttemptRef attempt) {
            var found = logs.getIfAvailable();
            return found == null ? List.of() : found.lastLines(attempt, SHOWN_LINES);
          }
        },
        new WhyTold(notifications::getIfAvailable),
        access);
  }
}

package org.maestro.engine.instance;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.maestro.engine.backfill.BackfillStore;
import org.maestro.engine.breakpoint.KnownBreakpoints;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.definition.InstanceCounts;
import org.maestro.engine.definition.InstancePurge;
import org.maestro.engine.log.AttemptDirectory;
import org.maestro.engine.permit.NodePermits;
import org.maestro.engine.permit.PermitHolder;
import org.maestro.engine.permit.Waiting;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.start.ChildStarter;
import org.maestro.engine.step.runtime.shell.AttemptFolders;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.StepFacts;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wiring of reading runs and steps. */
@Configuration(proxyBeanMethods = false)
public class InstanceConfiguration {

  @Bean
  InstanceStore instanceStore(JdbcClient jdbc, RunJson json, LoopSource loops) {
    return new InstanceStore(jdbc, json, loops);
  }

  @Bean
  CompleteParams completeParams(ParamEvaluator evaluator) {
    return new CompleteParams() {
      @Override
      public Map<String, Param> ofRun(Map<String, Param> lean, InstanceFacts facts) {
        return evaluator.complete(lean, facts);
      }

      @Override
      public Map<String, Param> ofStep(
          Step step, Map<String, Param> lean, InstanceFacts facts, StepFacts stepFacts) {
        return evaluator.completeStep(step, lean, facts, stepFacts);
      }
    };
  }

  @Bean
  InstanceQueries instanceQueries(
      Transactions transactions,
      InstanceStore store,
      RunPlans plans,
      AccessPolicy access,
      CompleteParams params) {
    return new InstanceQueries(transactions, store, plans, access, params);
  }

  @Bean
  LoopQueries loopQueries(
      Transactions transactions,
      InstanceStore store,
      LoopStore chunks,
      LoopSource loops,
      RunPlans plans,
      RunCommands commands,
      AccessPolicy access,
      InstantSource clock) {
    return new LoopQueries(transactions, store, chunks, loops, plans, commands, access, clock);
  }

  @Bean
  WhyQueries whyQueries(
      Transactions transactions,
      InstanceStore store,
      DefinitionStore definitions,
      RunPlans plans,
      LoopStore chunks,
      LoopSource loops,
      ObjectProvider<NodePermits> permits,
      ObjectProvider<ChildStarter> children,
      AccessPolicy access) {
    return new WhyQueries(
        transactions,
        store,
        definitions,
        plans,
        chunks,
        loops,
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
        },
        access);
  }

  @Bean
  InstanceCounts instanceCounts(InstanceStore store) {
    return new StoredCounts(store);
  }

  @Bean
  PurgeStore purgeStore(JdbcClient jdbc) {
    return new PurgeStore(jdbc);
  }

  @Bean
  InstancePurge instancePurge(
      Transactions transactions,
      PurgeStore store,
      RunCommands commands,
      KnownBreakpoints breakpoints,
      BackfillStore backfills,
      ObjectProvider<AttemptFolders> folders) {
    return new StoredPurge(
        transactions,
        store,
        commands,
        id -> breakpoints.deleteAll(id) + backfills.deleteAll(id),
        uuid -> folders.ifAvailable(found -> found.forget(uuid)));
  }

  @Bean
  AttemptDirectory attemptDirectory(
      Transactions transactions, InstanceStore store, AccessPolicy access) {
    return new StoredAttempts(transactions, store, access);
  }
}

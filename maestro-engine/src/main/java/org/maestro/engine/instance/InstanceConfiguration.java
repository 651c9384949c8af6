package org.maestro.engine.instance;

import java.util.Map;
import org.maestro.engine.definition.InstanceCounts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.store.LoopSource;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;
import org.maestro.param.InstanceFacts;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.StepFacts;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
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
  FailureQueries failureQueries(
      Transactions transactions, InstanceStore store, AccessPolicy access) {
    return new FailureQueries(transactions, store, access);
  }

  @Bean
  InstanceCounts instanceCounts(InstanceStore store) {
    return new StoredCounts(store);
  }

  @Bean
  StoredAttempts attemptDirectory(
      Transactions transactions, InstanceStore store, AccessPolicy access) {
    return new StoredAttempts(transactions, store, access);
  }
}

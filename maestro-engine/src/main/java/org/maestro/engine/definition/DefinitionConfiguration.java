package org.maestro.engine.definition;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.maestro.param.FairLane;
import org.maestro.param.ParamEvaluator;
import org.maestro.param.ParamSettings;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelLimits;
import org.maestro.sel.SelRuntime;
import org.maestro.service.database.Transactions;
import org.maestro.service.security.AccessPolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the definitions. What the run engine knows and does is asked for where it is there. */
@Configuration(proxyBeanMethods = false)
public class DefinitionConfiguration {
  /** About 160 MB of objects at most; a hundred thousand small definitions, or sixty huge ones. */
  private static final long CACHED_CHARS = 16_000_000;

  @Bean
  DefinitionFormat definitionFormat(JsonMapper json) {
    return new DefinitionFormat(json);
  }

  @Bean
  DefinitionStore definitionStore(JdbcClient jdbc, DefinitionFormat format) {
    return new DefinitionStore(jdbc, format);
  }

  @Bean
  WorkflowSearchStore workflowSearchStore(JdbcClient jdbc) {
    return new WorkflowSearchStore(jdbc);
  }

  @Bean
  WorkflowFinder workflowFinder(WorkflowSearchStore store) {
    return new WorkflowFinder(store);
  }

  @Bean
  FindableWorkflows findableWorkflows(Transactions transactions, WorkflowSearchStore store) {
    return new FindableWorkflows(
        transactions, store, Thread.ofVirtual().name("findable-workflows").factory());
  }

  @Bean
  CompiledVersions compiledVersions(DefinitionStore store, DefinitionFormat format) {
    return new CompiledVersions(store, format, CACHED_CHARS);
  }

  @Bean
  DefinitionChanges definitionChanges(
      DefinitionStore store, CompiledVersions versions, ObjectProvider<DefinitionEvents> events) {
    return new DefinitionChanges(store, versions, events.getIfAvailable(() -> _ -> {}));
  }

  @Bean
  PropertiesChange propertiesChange(
      DefinitionStore store, AccessPolicy access, ObjectProvider<InstanceCounts> instances) {
    return new PropertiesChange(store, access, counts(instances));
  }

  @Bean
  DefinitionPublisher definitionPublisher(
      Transactions transactions,
      DefinitionStore store,
      WorkflowFinder finder,
      DefinitionChanges changes,
      PropertiesChange properties,
      DefinitionFormat format,
      AccessPolicy access,
      ObjectProvider<DryRun> dryRun,
      InstantSource clock) {
    return new DefinitionPublisher(
        transactions,
        store,
        finder,
        changes,
        properties,
        format,
        access,
        dryRun.getIfAvailable(() -> dryRunEvaluator(clock)::dryRun),
        clock);
  }

  @Bean
  WorkflowService workflowService(
      Transactions transactions,
      DefinitionStore store,
      WorkflowFinder finder,
      CompiledVersions versions,
      DefinitionChanges changes,
      PropertiesChange properties,
      AccessPolicy access,
      InstantSource clock) {
    return new WorkflowService(
        transactions, store, finder, versions, changes, properties, access, clock);
  }

  @Bean
  DefinitionQueries definitionQueries(
      DefinitionStore store,
      WorkflowFinder finder,
      ObjectProvider<InstanceCounts> instances,
      AccessPolicy access) {
    return new DefinitionQueries(store, finder, counts(instances), access);
  }

  @Bean
  CalledWorkflows calledWorkflows(DefinitionStore store, AccessPolicy access) {
    return new CalledWorkflows(store, access);
  }

  @Bean
  WorkflowDeletion workflowDeletion(
      Transactions transactions,
      DefinitionStore store,
      ObjectProvider<InstancePurge> instances,
      InstantSource clock) {
    return new WorkflowDeletion(
        transactions,
        store,
        instances.getIfAvailable(() -> (_, _) -> 0),
        clock,
        Thread.ofVirtual().name("workflow-deletion").factory());
  }

  /** Evaluates with the built-in defaults alone; a dry run keeps none of its results. */
  private static ParamEvaluator dryRunEvaluator(InstantSource clock) {
    var random = RandomGenerator.getDefault();
    return new ParamEvaluator(
        new ExpressionCache(),
        new SelRuntime(
            clock,
            () -> UUID.randomUUID().toString(),
            random::nextDouble,
            SelLimits.DEFAULT,
            FairLane.ofThisProcess()),
        new ParamSettings("prod", Map.of(), Set.of(), () -> random.nextLong(1, Long.MAX_VALUE)));
  }

  private static InstanceCounts counts(ObjectProvider<InstanceCounts> instances) {
    return instances.getIfAvailable(() -> _ -> InstanceCounts.Counts.NONE);
  }
}

package org.maestro.engine.api.definition;

import java.time.InstantSource;
import java.util.List;
import org.maestro.engine.alert.Channels;
import org.maestro.engine.definition.CalledWorkflows;
import org.maestro.engine.definition.DefinitionFormat;
import org.maestro.engine.definition.DefinitionPublisher;
import org.maestro.engine.definition.DefinitionQueries;
import org.maestro.engine.definition.DryRun;
import org.maestro.engine.definition.WorkflowDeletion;
import org.maestro.engine.definition.WorkflowService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Wiring of the REST routes over definitions. */
@Configuration(proxyBeanMethods = false)
public class DefinitionApiConfiguration {

  @Bean
  DefinitionViews definitionViews(
      DefinitionFormat format,
      CalledWorkflows called,
      ObjectProvider<DryRun> dryRun,
      ObjectProvider<Channels> channels,
      InstantSource clock) {
    return new DefinitionViews(
        format,
        called,
        dryRun.getIfAvailable(() -> (_, _, _) -> List.of()),
        channels.getIfAvailable(() -> Channels.NONE),
        clock);
  }

  @Bean
  DefinitionController definitionController(
      DefinitionPublisher publisher, DefinitionQueries queries, DefinitionViews views) {
    return new DefinitionController(publisher, queries, views);
  }

  @Bean
  YamlController yamlController(
      DefinitionPublisher publisher,
      DefinitionQueries queries,
      DefinitionFormat format,
      DefinitionViews views) {
    return new YamlController(publisher, queries, format, views);
  }

  @Bean
  SchemaController schemaController() {
    return new SchemaController();
  }

  @Bean
  ReferenceController referenceController(JsonMapper json) {
    return new ReferenceController(json);
  }

  @Bean
  WorkflowController workflowController(
      WorkflowService workflows,
      DefinitionQueries queries,
      WorkflowDeletion deletion,
      DefinitionViews views) {
    return new WorkflowController(workflows, queries, deletion, views);
  }
}

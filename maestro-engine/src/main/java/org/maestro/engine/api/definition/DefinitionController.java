package org.maestro.engine.api.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.api.definition.DefinitionViews.WorkflowDefinition;
import org.maestro.engine.definition.DefinitionPublisher;
import org.maestro.engine.definition.DefinitionQueries;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.model.event.TimelineEvent;
import org.maestro.service.paging.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.security.Caller;
import org.maestro.service.web.ReadsItsOwnText;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Versions of workflows: pushing, checking, reading. */
@RestController
@ReadsItsOwnText
@RequestMapping(path = "/api/v3/workflows", produces = MediaType.APPLICATION_JSON_VALUE)
final class DefinitionController {
  private final DefinitionPublisher publisher;
  private final DefinitionQueries queries;
  private final DefinitionViews views;

  DefinitionController(
      DefinitionPublisher publisher, DefinitionQueries queries, DefinitionViews views) {
    this.publisher = publisher;
    this.queries = queries;
    this.views = views;
  }

  /** The answer to a push. */
  record PushAnswer(WorkflowDefinition workflowDefinition) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  PushAnswer push(Caller caller, @RequestBody Map<String, Object> document) {
    return new PushAnswer(views.definition(publisher.push(caller, document), false));
  }

  @PutMapping(path = "/actions/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
  TimelineEvent validate(Caller caller, @RequestBody Map<String, Object> document) {
    return publisher.validate(caller, document);
  }

  @GetMapping("/{workflowId}/versions/{version}")
  WorkflowDefinition version(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable String version,
      @RequestParam(defaultValue = "false") boolean enriched) {
    return views.definition(
        queries.version(caller, workflowId, VersionSelector.of(version)), enriched);
  }

  @GetMapping("/{workflowId}/versions/pagination")
  Page<WorkflowDefinition> versions(
      Caller caller,
      @PathVariable String workflowId,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return queries
        .versions(caller, workflowId, PageRequest.of(first, last, cursor))
        .map(published -> views.definition(published, false));
  }
}

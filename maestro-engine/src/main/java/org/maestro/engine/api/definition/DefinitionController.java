package org.maestro.engine.api.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.engine.definition.DefinitionPublisher;
import org.maestro.engine.definition.DefinitionQueries;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.model.definition.CheckAnswer;
import org.maestro.model.definition.PushAnswer;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.document.ShownAs;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.page.Page;
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

  /** Publishes a version. Activates it unless {@code is_active} is false. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  PushAnswer push(
      Caller caller, @RequestBody @ShownAs(schema = "WorkflowPush") Map<String, Object> document) {
    return views.pushed(publisher.push(caller, read(document)));
  }

  /** Checks what a push would check, and changes nothing. Warnings are no errors. */
  @PutMapping(path = "/actions/validate", consumes = MediaType.APPLICATION_JSON_VALUE)
  CheckAnswer validate(
      Caller caller, @RequestBody @ShownAs(schema = "WorkflowPush") Map<String, Object> document) {
    var push = read(document);
    var event = publisher.validate(caller, push);
    var warnings = new ArrayList<>(PushAnswers.warnings(push.workflow().timeTriggers()));
    warnings.addAll(views.cannotBeDone(push));
    if (warnings.isEmpty()) {
      return new CheckAnswer(event, warnings, List.of());
    }
    var words =
        warnings.stream()
            .map(warning -> "\nwarning: " + warning.pointer() + ": " + warning.message())
            .collect(Collectors.joining());
    return new CheckAnswer(
        TimelineEvent.warn(event.timestamp(), event.message() + words), warnings, List.of());
  }

  private static PushRequest read(Map<String, Object> document) {
    return switch (DefinitionReader.push(document)) {
      case Read.Ok<PushRequest>(var push) -> push;
      case Read.Bad<PushRequest>(var problems) -> throw DefinitionPublisher.invalid(problems);
    };
  }

  /** A version with the properties of the workflow as they are now. */
  @GetMapping("/{workflowId}/versions/{version}")
  WorkflowDefinition version(
      Caller caller,
      @PathVariable String workflowId,
      @PathVariable String version,
      @RequestParam(defaultValue = "false") boolean enriched) {
    return views.definition(
        queries.version(caller, workflowId, VersionSelector.of(version)), enriched);
  }

  /** The versions of a workflow, newest first. */
  @GetMapping("/{workflowId}/versions/pagination")
  Page<WorkflowDefinition> versions(
      Caller caller,
      @PathVariable String workflowId,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return queries
        .versions(caller, workflowId, PageRequest.of(first, last, cursor))
        .map(views::listed);
  }
}

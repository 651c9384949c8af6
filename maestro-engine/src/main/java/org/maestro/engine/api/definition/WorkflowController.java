package org.maestro.engine.api.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.engine.definition.DefinitionQueries;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.engine.definition.WorkflowDeletion;
import org.maestro.engine.definition.WorkflowSearch;
import org.maestro.engine.definition.WorkflowService;
import org.maestro.engine.definition.WorkflowService.Changed;
import org.maestro.engine.definition.WorkflowService.Resets;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.PropertiesChange;
import org.maestro.model.definition.PropertiesView;
import org.maestro.model.definition.VersionChange;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.model.definition.WorkflowTimeline;
import org.maestro.model.document.ShownAs;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Workflows as a whole: lists, overview, properties, activation, pause, deletion. */
@RestController
@RequestMapping(path = "/api/v3/workflows", produces = MediaType.APPLICATION_JSON_VALUE)
final class WorkflowController {
  private final WorkflowService workflows;
  private final DefinitionQueries queries;
  private final WorkflowDeletion deletion;
  private final DefinitionViews views;

  WorkflowController(
      WorkflowService workflows,
      DefinitionQueries queries,
      WorkflowDeletion deletion,
      DefinitionViews views) {
    this.workflows = workflows;
    this.queries = queries;
    this.deletion = deletion;
    this.views = views;
  }

  /**
   * Workflows, by id. No more than a thousand are looked at for one page: where few are what is
   * wanted, a page may be short, or empty, although there is a next one.
   */
  @GetMapping
  Page<WorkflowSummary> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String owner,
      @RequestParam(required = false) @Nullable String tag,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable Boolean active) {
    return queries.search(
        caller, new WorkflowSearch(owner, tag, q, active), PageRequest.of(first, last, cursor));
  }

  /** A workflow with its instances in numbers. */
  @GetMapping("/{workflowId}/overview")
  WorkflowOverview overview(Caller caller, @PathVariable String workflowId) {
    return views.overview(queries.overview(caller, workflowId));
  }

  /** What happened to a workflow, oldest first. */
  @GetMapping("/{workflowId}/timeline")
  WorkflowTimeline timeline(Caller caller, @PathVariable String workflowId) {
    return new WorkflowTimeline(workflowId, queries.timeline(caller, workflowId));
  }

  /** The properties of a workflow, as they are or as they were. */
  @GetMapping("/{workflowId}/properties-snapshot/{snapshot}")
  PropertiesView snapshot(
      Caller caller, @PathVariable String workflowId, @PathVariable String snapshot) {
    var createTime = snapshot.equals("latest") ? null : createTime(snapshot);
    return views.snapshot(queries.properties(caller, workflowId, createTime));
  }

  private static Long createTime(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      throw ApiException.badRequest(
          "invalid-snapshot",
          "snapshot: expected latest or a time in milliseconds, found \"%s\"".formatted(text));
    }
  }

  /** Changes the properties that are given and leaves the others. Tags have routes of their own. */
  @PostMapping(path = "/{workflowId}/properties", consumes = MediaType.APPLICATION_JSON_VALUE)
  PropertiesView changeProperties(
      Caller caller,
      @PathVariable String workflowId,
      @RequestBody @ShownAs(PropertiesChange.class) Map<String, Object> body) {
    var document = new LinkedHashMap<>(body);
    var problems = new ArrayList<DefinitionProblem>();
    var resets =
        new Resets(
            flag(document, "reset_run_strategy_rule", problems),
            flag(document, "reset_workflow_concurrency", problems),
            flag(document, "reset_step_concurrency", problems));
    if (document.containsKey("tags")) {
      document.remove("tags");
      problems.add(
          new DefinitionProblem(
              "/tags", "expected no tags here; use POST and DELETE of properties/tag", null));
    }
    var change = DefinitionReader.properties(document);
    if (change instanceof Read.Bad<?> bad) {
      problems.addAll(bad.problems());
    }
    refuse("invalid-properties", problems);
    return views.snapshot(
        workflows.changeProperties(
            caller, workflowId, value(change, "invalid-properties"), resets));
  }

  private static boolean flag(
      Map<String, Object> document, String name, List<DefinitionProblem> problems) {
    return switch (document.remove(name)) {
      case null -> false;
      case Boolean value -> value;
      case Object other -> {
        problems.add(
            new DefinitionProblem(
                "/" + name, "expected true or false, found \"%s\"".formatted(other), null));
        yield false;
      }
    };
  }

  /** Adds a tag to the properties. */
  @PostMapping(path = "/{workflowId}/properties/tag", consumes = MediaType.APPLICATION_JSON_VALUE)
  PropertiesView addTag(
      Caller caller,
      @PathVariable String workflowId,
      @RequestBody @ShownAs(schema = "DefinitionTag") Object body) {
    var tag = value(DefinitionReader.tag(body, ""), "invalid-tag");
    return views.snapshot(workflows.addTag(caller, workflowId, tag));
  }

  /** Removes a tag from the properties. */
  @DeleteMapping("/{workflowId}/properties/tag/{name}")
  PropertiesView deleteTag(
      Caller caller, @PathVariable String workflowId, @PathVariable String name) {
    return views.snapshot(workflows.deleteTag(caller, workflowId, name));
  }

  /** As {@link #deleteTag}, for tags that cannot be part of a path, such as {@code a/b}. */
  @DeleteMapping("/{workflowId}/properties/tag")
  PropertiesView deleteTagByQuery(
      Caller caller, @PathVariable String workflowId, @RequestParam String name) {
    return views.snapshot(workflows.deleteTag(caller, workflowId, name));
  }

  private static <T> T value(Read<T> read, String code) {
    return switch (read) {
      case Read.Ok<T>(var value) -> value;
      case Read.Bad<T>(var problems) -> throw invalid(code, problems);
    };
  }

  private static void refuse(String code, List<DefinitionProblem> problems) {
    if (!problems.isEmpty()) {
      throw invalid(code, problems);
    }
  }

  private static ApiException invalid(String code, List<DefinitionProblem> problems) {
    return ApiException.invalid(code, problems.getFirst().message(), problems);
  }

  private static VersionChange answer(Changed changed) {
    return new VersionChange(changed.workflowId(), changed.versionId(), changed.event());
  }

  /** Makes a version the one that triggers start. */
  @PutMapping("/{workflowId}/versions/{version}/actions/activate")
  VersionChange activate(
      Caller caller, @PathVariable String workflowId, @PathVariable String version) {
    return answer(workflows.activate(caller, workflowId, VersionSelector.of(version)));
  }

  /** Leaves no version active: triggers start nothing any more. */
  @PutMapping("/{workflowId}/actions/deactivate")
  VersionChange deactivate(Caller caller, @PathVariable String workflowId) {
    return answer(workflows.deactivate(caller, workflowId));
  }

  /** Lets no instance start until the workflow is resumed. */
  @PutMapping("/{workflowId}/actions/pause")
  TimelineEvent pause(Caller caller, @PathVariable String workflowId) {
    return workflows.pause(caller, workflowId).event();
  }

  /** Lets instances start again. */
  @PutMapping("/{workflowId}/actions/resume")
  TimelineEvent resume(Caller caller, @PathVariable String workflowId) {
    return workflows.resume(caller, workflowId).event();
  }

  /** Deletes a workflow with all of its versions and instances. They go little by little. */
  @DeleteMapping("/{workflowId}")
  TimelineEvent delete(Caller caller, @PathVariable String workflowId) {
    var event = workflows.delete(caller, workflowId);
    deletion.wake();
    return event;
  }
}

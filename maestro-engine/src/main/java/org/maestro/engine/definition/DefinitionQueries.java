package org.maestro.engine.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.DefinitionPublisher.Published;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.paging.Pages;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Looks at definitions, always at what is committed. What is being deleted is not found. */
public final class DefinitionQueries {
  private static final int MAX_TIMELINE = 300;

  private final DefinitionStore store;
  private final WorkflowFinder finder;
  private final InstanceCounts instances;
  private final AccessPolicy access;

  DefinitionQueries(
      DefinitionStore store, WorkflowFinder finder, InstanceCounts instances, AccessPolicy access) {
    this.store = store;
    this.finder = finder;
    this.instances = instances;
    this.access = access;
  }

  /**
   * One version.
   *
   * @throws ApiException 404, as all methods here
   */
  public Published version(Caller caller, String workflowId, VersionSelector selector) {
    var head = readable(caller, workflowId);
    var versionId = CompiledVersions.versionId(head.workflow(), selector);
    if (versionId == null) {
      throw CompiledVersions.noActiveVersion(workflowId);
    }
    return store
        .version(workflowId, versionId)
        .map(version -> new Published(head, version))
        .orElseThrow(() -> CompiledVersions.noSuchVersion(workflowId, versionId));
  }

  /** Versions, newest first; the cursor is a version's number. */
  public Page<Published> versions(Caller caller, String workflowId, PageRequest request) {
    var head = readable(caller, workflowId);
    // Versions are numbered without gaps and never removed singly.
    var total = head.workflow().latestVersionId();
    return Pages.of(
            request,
            store.versions(workflowId, request),
            version -> Long.toString(version.versionId()),
            total)
        .map(version -> new Published(head, version));
  }

  /** A workflow and what is known of its instances. */
  public record Overview(WorkflowHead head, InstanceCounts.Counts instances) {}

  public Overview overview(Caller caller, String workflowId) {
    var head = readable(caller, workflowId);
    return new Overview(head, instances.of(workflowId));
  }

  /** What happened last to the definition, newest first, at most {@value #MAX_TIMELINE} events. */
  public List<TimelineEvent> timeline(Caller caller, String workflowId) {
    readable(caller, workflowId);
    return store.timeline(workflowId, MAX_TIMELINE);
  }

  /**
   * A snapshot of the properties.
   *
   * @param createTime of the snapshot; null for the one that holds
   */
  public PropertiesSnapshot properties(
      Caller caller, String workflowId, @Nullable Long createTime) {
    var head = readable(caller, workflowId);
    if (createTime == null) {
      return head.properties();
    }
    return store
        .properties(workflowId, createTime)
        .orElseThrow(() ->
            ApiException.notFound(
                "no-such-snapshot",
                "workflow \"%s\": there is no properties snapshot of %d"
                    .formatted(workflowId, createTime)));
  }

  /**
   * Workflows by id; the cursor is an id. A page is of {@value WorkflowFinder#LOOKED_AT} workflows
   * at most: where few of many are what is wanted, it may be short, or empty, although there is a
   * next one.
   */
  public Page<WorkflowSummary> search(Caller caller, WorkflowSearch search, PageRequest request) {
    access.requireMayList(caller);
    return finder.find(search, request);
  }

  private WorkflowHead readable(Caller caller, String workflowId) {
    var head =
        store
            .head(workflowId)
            .filter(found -> found.workflow().deletion() == null)
            .orElseThrow(() -> CompiledVersions.noSuchWorkflow(workflowId));
    access.require(caller, Access.READ, workflowId, head.workflow().owner());
    return head;
  }
}

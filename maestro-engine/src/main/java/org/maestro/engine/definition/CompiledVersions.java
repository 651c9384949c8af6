package org.maestro.engine.definition;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.Workflow;
import org.maestro.service.problem.ApiException;

/**
 * Definitions as objects, from memory where possible. Versions never change, so what is kept of
 * them is true for ever; what is kept of a workflow (its selectors, its properties) may be out of
 * date by changes made on other nodes: it names its revision, and {@link ResolvedVersion} says how
 * a start checks it. Memory is bounded by the length of the definitions' text. For any number of
 * threads; two that miss at the same time both read.
 */
public final class CompiledVersions {
  private static final int MAX_HEADS = 20_000;

  private final DefinitionStore store;
  private final DefinitionFormat format;
  private final Cache<Key, Kept> versions;
  private final Cache<String, WorkflowHead> heads =
      Caffeine.newBuilder().maximumSize(MAX_HEADS).executor(Runnable::run).build();

  /**
   * Starts empty.
   *
   * @param maxChars how much text the kept definitions may have had together; each takes some ten
   *     bytes per character of its text
   */
  public CompiledVersions(DefinitionStore store, DefinitionFormat format, long maxChars) {
    this.store = store;
    this.format = format;
    this.versions =
        Caffeine.newBuilder()
            .maximumWeight(maxChars)
            .weigher((Key _, Kept version) -> version.chars())
            .executor(Runnable::run)
            .build();
  }

  /**
   * What a start of this workflow needs. May answer from memory; when memory says that there is no
   * such version, it looks again before it says so.
   *
   * @throws ApiException 404 if the workflow or the version doesn't exist or none is active
   */
  public ResolvedVersion resolve(String workflowId, VersionSelector selector) {
    var cached = heads.getIfPresent(workflowId);
    if (cached != null) {
      var versionId = versionId(cached.workflow(), selector);
      var workflow =
          versionId == null
              ? Optional.<Workflow>empty()
              : find(workflowId, cached.workflow().internalId(), versionId);
      if (versionId != null && workflow.isPresent()) {
        return resolved(cached, versionId, workflow.get());
      }
    }
    var head = freshHead(workflowId);
    var versionId = versionId(head.workflow(), selector);
    if (versionId == null) {
      throw noActiveVersion(workflowId);
    }
    return resolved(head, versionId, version(workflowId, head.workflow().internalId(), versionId));
  }

  /**
   * The content of a version.
   *
   * @param internalId of the workflow, which tells a deleted workflow from its successor of the
   *     same id
   * @throws ApiException 404 if there is none
   */
  public Workflow version(String workflowId, long internalId, long versionId) {
    return find(workflowId, internalId, versionId)
        .orElseThrow(() -> noSuchVersion(workflowId, versionId));
  }

  /**
   * The properties of a workflow. May answer from memory, and be out of date then.
   *
   * @throws ApiException 404 if there is no such workflow
   */
  public Properties properties(String workflowId) {
    var kept = heads.getIfPresent(workflowId);
    return (kept == null ? freshHead(workflowId) : kept).properties().properties();
  }

  /** Drops what is kept of a workflow but its versions. Call it when a guard by revision failed. */
  public void forget(String workflowId) {
    heads.invalidate(workflowId);
  }

  static ApiException noSuchWorkflow(String workflowId) {
    return ApiException.notFound(
        "no-such-workflow", "workflow \"%s\" does not exist".formatted(workflowId));
  }

  static ApiException noActiveVersion(String workflowId) {
    return ApiException.notFound(
        "no-active-version",
        "workflow \"%s\": no version is active; activate one, or ask for latest or a number"
            .formatted(workflowId));
  }

  static ApiException noSuchVersion(String workflowId, long versionId) {
    return ApiException.notFound(
        "no-such-version",
        "workflow \"%s\": version %d does not exist".formatted(workflowId, versionId));
  }

  /** The version that a selector means; null if none is active. It need not exist. */
  static @Nullable Long versionId(WorkflowRecord workflow, VersionSelector selector) {
    return switch (selector) {
      case VersionSelector.Active _ -> workflow.activeVersionId();
      case VersionSelector.Latest _ -> workflow.latestVersionId();
      case VersionSelector.Default _ -> workflow.defaultVersionId();
      case VersionSelector.Exactly(long versionId) -> versionId;
    };
  }

  private static ResolvedVersion resolved(WorkflowHead head, long versionId, Workflow content) {
    var workflow = head.workflow();
    return new ResolvedVersion(
        workflow.workflowId(),
        workflow.internalId(),
        workflow.revision(),
        versionId,
        content,
        head.properties(),
        workflow.pause());
  }

  private WorkflowHead freshHead(String workflowId) {
    var head =
        store
            .head(workflowId)
            .filter(found -> found.workflow().deletion() == null)
            .orElseThrow(() -> noSuchWorkflow(workflowId));
    heads.put(workflowId, head);
    return head;
  }

  private Optional<Workflow> find(String workflowId, long internalId, long versionId) {
    var key = new Key(internalId, versionId);
    var kept = versions.getIfPresent(key);
    if (kept != null) {
      return Optional.of(kept.workflow);
    }
    return store
        .version(workflowId, versionId)
        .map(record -> {
          var workflow = format.workflow(record.definition());
          versions.put(key, new Kept(workflow, record.definition().length()));
          return workflow;
        });
  }

  private record Key(long internalId, long versionId) {}

  private record Kept(Workflow workflow, int chars) {}
}

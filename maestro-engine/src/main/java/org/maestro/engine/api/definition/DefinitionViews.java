package org.maestro.engine.api.definition;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.definition.CalledWorkflows;
import org.maestro.engine.definition.DefinitionFormat;
import org.maestro.engine.definition.DefinitionPublisher.Published;
import org.maestro.engine.definition.DefinitionQueries.Overview;
import org.maestro.engine.definition.PropertiesSnapshot;
import org.maestro.engine.definition.VersionRecord;
import org.maestro.engine.definition.WorkflowRecord;

/** The shapes in which definitions are answered; field by field those of the standard. */
final class DefinitionViews {
  private static final long DEFAULT_STEP_CONCURRENCY = 20;

  private final DefinitionFormat format;
  private final CalledWorkflows called;
  private final InstantSource clock;

  DefinitionViews(DefinitionFormat format, CalledWorkflows called, InstantSource clock) {
    this.format = format;
    this.called = called;
    this.clock = clock;
  }

  /**
   * One version.
   *
   * @param activateTime when this version became the active one; null if it is not
   * @param enrichedExtras parameters by themselves; only if asked for
   */
  record WorkflowDefinition(
      Map<String, Object> propertiesSnapshot,
      Map<String, Object> metadata,
      Map<String, Object> workflow,
      boolean isActive,
      @Nullable Long activateTime,
      @Nullable String activatedBy,
      boolean isLatest,
      boolean isDefault,
      long modifyTime,
      long internalId,
      @Nullable Map<String, Object> enrichedExtras) {}

  /** What a push answers. */
  PushAnswer pushed(Published published) {
    var version = published.version();
    var workflow = format.workflow(version.definition());
    return PushAnswer.of(
        definition(published, false),
        version.workflowId(),
        workflow.timeTriggers(),
        called.warnings(workflow, published.head().workflow().owner()),
        clock.instant());
  }

  WorkflowDefinition definition(Published published, boolean enriched) {
    var workflow = published.head().workflow();
    var version = published.version();
    var id = version.versionId();
    var content = format.tree(version.definition());
    var active = workflow.activeVersionId() != null && workflow.activeVersionId() == id;
    var activation = active ? workflow.activation() : null;
    return new WorkflowDefinition(
        snapshot(published.head().properties()),
        metadata(version),
        content,
        active,
        activation == null ? null : activation.at(),
        activation == null ? null : activation.by(),
        workflow.latestVersionId() == id,
        workflow.defaultVersionId() == id,
        workflow.modifyTime(),
        workflow.internalId(),
        enriched ? extras(version) : null);
  }

  private static Map<String, Object> metadata(VersionRecord version) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("workflow_id", version.workflowId());
    metadata.put("workflow_version_id", version.versionId());
    metadata.put("create_time", version.createTime());
    metadata.put("version_author", version.author());
    if (version.gitInfo() != null) {
      metadata.put("git_info", version.gitInfo());
    }
    version.extraInfo().forEach(metadata::putIfAbsent);
    return metadata;
  }

  private Map<String, Object> extras(VersionRecord version) {
    var workflow = format.workflow(version.definition());
    var steps = new LinkedHashMap<String, Object>();
    workflow
        .steps()
        .forEach(step -> steps.put(step.id(), DefinitionWriter.tree(step.common().params())));
    var extras = new LinkedHashMap<String, Object>();
    extras.put("workflow_params", DefinitionWriter.tree(workflow.params()));
    extras.put("step_params", steps);
    return extras;
  }

  /** Flat: the properties with what makes them a snapshot. */
  Map<String, Object> snapshot(PropertiesSnapshot snapshot) {
    var view = new LinkedHashMap<String, Object>();
    view.put("workflow_id", snapshot.workflowId());
    view.put("create_time", snapshot.createTime());
    view.put("author", snapshot.author());
    view.putAll(DefinitionWriter.tree(snapshot.properties()));
    return view;
  }

  /**
   * A workflow with its instances in numbers.
   *
   * @param pause who paused it and when; null if it is not paused
   */
  record WorkflowOverview(
      String workflowId,
      @Nullable Long activeVersionId,
      long latestVersionId,
      long defaultVersionId,
      Map<String, Object> propertiesSnapshot,
      long stepConcurrency,
      Map<String, Long> nonterminalInstances,
      long failedInstances,
      long latestInstanceId,
      WorkflowRecord.@Nullable Signature pause) {}

  WorkflowOverview overview(Overview overview) {
    var workflow = overview.head().workflow();
    var properties = overview.head().properties();
    var counts = overview.instances();
    var live = new LinkedHashMap<String, Long>();
    live.put("CREATED", counts.created());
    live.put("IN_PROGRESS", counts.inProgress());
    live.put("PAUSED", counts.paused());
    var steps = properties.properties().stepConcurrency();
    return new WorkflowOverview(
        workflow.workflowId(),
        workflow.activeVersionId(),
        workflow.latestVersionId(),
        workflow.defaultVersionId(),
        snapshot(properties),
        steps == null ? DEFAULT_STEP_CONCURRENCY : steps,
        live,
        counts.failed(),
        workflow.latestInstanceId(),
        workflow.pause());
  }
}

package org.maestro.engine.api.definition;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.alert.AlertCheck;
import org.maestro.engine.alert.Channels;
import org.maestro.engine.definition.CalledWorkflows;
import org.maestro.engine.definition.DefinitionFormat;
import org.maestro.engine.definition.DefinitionPublisher.Published;
import org.maestro.engine.definition.DefinitionQueries.Overview;
import org.maestro.engine.definition.DryRun;
import org.maestro.engine.definition.PropertiesSnapshot;
import org.maestro.engine.definition.VersionRecord;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.PropertiesView;
import org.maestro.model.definition.PushAnswer;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.WorkflowDefinition;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.service.json.UnreadableRowException;

/** The shapes in which definitions are answered; field by field those of the standard. */
final class DefinitionViews {
  private static final long DEFAULT_STEP_CONCURRENCY = 20;

  /** What a version's own facts are called, whatever else was pushed with it. */
  private static final Set<String> OF_METADATA =
      Set.of("workflow_id", "workflow_version_id", "create_time", "version_author");

  private final DefinitionFormat format;
  private final CalledWorkflows called;
  private final DryRun dryRun;
  private final Channels channels;
  private final InstantSource clock;

  DefinitionViews(
      DefinitionFormat format,
      CalledWorkflows called,
      DryRun dryRun,
      Channels channels,
      InstantSource clock) {
    this.format = format;
    this.called = called;
    this.dryRun = dryRun;
    this.channels = channels;
    this.clock = clock;
  }

  /** What a push answers. */
  PushAnswer pushed(Published published) {
    var version = published.version();
    var workflow = format.workflow(version.definition());
    var warnings = new ArrayList<>(called.warnings(workflow, published.head().workflow().owner()));
    warnings.addAll(dryRun.cannotStart(workflow, published.head().workflow().owner()));
    warnings.addAll(dryRun.doubts(workflow));
    warnings.addAll(
        AlertCheck.warnings(
            published.head().properties().properties().alerting(),
            channels,
            dryRun.namesOfRun(workflow)));
    return PushAnswers.of(
        definition(published, false),
        version.workflowId(),
        workflow.timeTriggers(),
        warnings,
        clock.instant());
  }

  /**
   * What an accepted definition holds that can't be run or told to anybody here, or may be meant
   * otherwise.
   */
  List<DefinitionProblem> cannotBeDone(PushRequest push) {
    var properties = push.properties();
    var found =
        new ArrayList<>(
            dryRun.cannotStart(push.workflow(), properties == null ? null : properties.owner()));
    found.addAll(dryRun.doubts(push.workflow()));
    if (properties != null) {
      found.addAll(
          AlertCheck.warnings(properties.alerting(), channels, dryRun.namesOfRun(push.workflow())));
    }
    return found;
  }

  WorkflowDefinition definition(Published published, boolean enriched) {
    var version = published.version();
    return definition(
        published,
        format.tree(version.definition()),
        enriched ? extras(version) : null,
        version.unreadable());
  }

  /** One row that can't be read is shown as such, and hides no other. */
  WorkflowDefinition listed(Published published) {
    try {
      return definition(published, false);
    } catch (UnreadableRowException e) {
      return definition(published, Map.of(), null, e.getMessage());
    }
  }

  private WorkflowDefinition definition(
      Published published,
      Map<String, Object> content,
      WorkflowDefinition.@Nullable Extras extras,
      @Nullable String unreadable) {
    var workflow = published.head().workflow();
    var version = published.version();
    var id = version.versionId();
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
        extras,
        unreadable);
  }

  private static WorkflowDefinition.Metadata metadata(VersionRecord version) {
    var extra = new LinkedHashMap<>(version.extraInfo());
    extra.keySet().removeAll(OF_METADATA);
    if (version.gitInfo() != null) {
      extra.remove("git_info");
    }
    return new WorkflowDefinition.Metadata(
        version.workflowId(),
        version.versionId(),
        version.createTime(),
        version.author(),
        version.gitInfo(),
        extra);
  }

  private WorkflowDefinition.Extras extras(VersionRecord version) {
    var workflow = format.workflow(version.definition());
    var steps = new LinkedHashMap<String, Object>();
    workflow
        .steps()
        .forEach(step -> steps.put(step.id(), DefinitionWriter.tree(step.common().params())));
    return new WorkflowDefinition.Extras(DefinitionWriter.tree(workflow.params()), steps);
  }

  /** Flat: the properties with what makes them a snapshot. */
  PropertiesView snapshot(PropertiesSnapshot snapshot) {
    return new PropertiesView(
        snapshot.workflowId(),
        snapshot.createTime(),
        snapshot.author(),
        DefinitionWriter.tree(snapshot.properties()));
  }

  WorkflowOverview overview(Overview overview) {
    var workflow = overview.head().workflow();
    var properties = overview.head().properties();
    var counts = overview.instances();
    var live = new LinkedHashMap<String, Long>();
    live.put("CREATED", counts.created());
    live.put("IN_PROGRESS", counts.inProgress());
    live.put("PAUSED", counts.paused());
    var steps = properties.properties().stepConcurrency();
    var pause = workflow.pause();
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
        pause == null ? null : new WorkflowOverview.Pause(pause.by(), pause.at()));
  }
}

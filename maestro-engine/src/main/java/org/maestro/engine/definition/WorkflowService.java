package org.maestro.engine.definition;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.definition.DefinitionChange.Kind;
import org.maestro.engine.definition.DefinitionChanges.Note;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.tag.Tag;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/**
 * Changes a workflow as a whole: which version is active, its properties and tags, whether it is
 * paused, its end. Doing again what holds already changes nothing and succeeds.
 */
public final class WorkflowService {
  private final Transactions transactions;
  private final DefinitionStore store;
  private final WorkflowFinder finder;
  private final CompiledVersions versions;
  private final DefinitionChanges changes;
  private final PropertiesChange properties;
  private final AccessPolicy access;
  private final InstantSource clock;

  WorkflowService(
      Transactions transactions,
      DefinitionStore store,
      WorkflowFinder finder,
      CompiledVersions versions,
      DefinitionChanges changes,
      PropertiesChange properties,
      AccessPolicy access,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.finder = finder;
    this.versions = versions;
    this.changes = changes;
    this.properties = properties;
    this.access = access;
    this.clock = clock;
  }

  /** What became of a workflow; the version is the one that the change was about, if any. */
  public record Changed(String workflowId, @Nullable Long versionId, TimelineEvent event) {}

  /**
   * Makes a version the active one, so that triggers start it.
   *
   * @throws ApiException 403, 404, 409 while it is being deleted, as all methods here
   */
  public Changed activate(Caller caller, String workflowId, VersionSelector selector) {
    return transactions.run(() -> {
      var head = changeable(caller, workflowId);
      var wanted = CompiledVersions.versionId(head.workflow(), selector);
      if (wanted == null) {
        throw CompiledVersions.noActiveVersion(workflowId);
      }
      var content = versions.version(workflowId, head.workflow().internalId(), wanted);
      if (wanted.equals(head.workflow().activeVersionId())) {
        return unchanged(head, wanted, "Version [%d] is active already".formatted(wanted));
      }
      var now = clock.millis();
      var note =
          new Note(
              Kind.ACTIVATED,
              caller.name(),
              now,
              "User [%s] activated version [%d]".formatted(caller.name(), wanted));
      var workflow = head.workflow().withActive(wanted, caller.name(), now);
      changes.update(new WorkflowHead(workflow, head.properties()), content, note);
      return changed(workflow, wanted, note);
    });
  }

  /** Leaves the workflow without an active version: no trigger starts it. */
  public Changed deactivate(Caller caller, String workflowId) {
    return transactions.run(() -> {
      var head = changeable(caller, workflowId);
      var active = head.workflow().activeVersionId();
      if (active == null) {
        return unchanged(head, null, "No version is active");
      }
      var now = clock.millis();
      var note =
          new Note(
              Kind.DEACTIVATED,
              caller.name(),
              now,
              "User [%s] deactivated version [%d]".formatted(caller.name(), active));
      var workflow = head.workflow().withActive(null, caller.name(), now);
      changes.update(new WorkflowHead(workflow, head.properties()), null, note);
      return changed(workflow, active, note);
    });
  }

  /** Keeps new instances waiting until {@link #resume}. */
  public Changed pause(Caller caller, String workflowId) {
    return transactions.run(() -> {
      var head = changeable(caller, workflowId);
      var pause = head.workflow().pause();
      if (pause != null) {
        return unchanged(head, null, "Paused already by user [%s]".formatted(pause.by()));
      }
      var now = clock.millis();
      var note =
          new Note(
              Kind.PAUSED,
              caller.name(),
              now,
              "User [%s] paused the workflow".formatted(caller.name()));
      var signature = new WorkflowRecord.Signature(caller.name(), now);
      var workflow = head.workflow().withPause(signature, now);
      changes.update(new WorkflowHead(workflow, head.properties()), null, note);
      return changed(workflow, null, note);
    });
  }

  /** Lets instances start again. */
  public Changed resume(Caller caller, String workflowId) {
    return transactions.run(() -> {
      var head = changeable(caller, workflowId);
      if (head.workflow().pause() == null) {
        return unchanged(head, null, "Not paused");
      }
      var now = clock.millis();
      var note =
          new Note(
              Kind.RESUMED,
              caller.name(),
              now,
              "User [%s] resumed the workflow".formatted(caller.name()));
      var workflow = head.workflow().withPause(null, now);
      changes.update(new WorkflowHead(workflow, head.properties()), null, note);
      return changed(workflow, null, note);
    });
  }

  /**
   * Which properties go back to their defaults.
   *
   * @param runStrategyRule also drops the concurrency, which belongs to the rule
   */
  public record Resets(
      boolean runStrategyRule, boolean workflowConcurrency, boolean stepConcurrency) {
    public static final Resets NONE = new Resets(false, false, false);
  }

  /**
   * Puts what {@code change} sets over the properties; tags have methods of their own.
   *
   * @throws ApiException 409 also if the run strategy doesn't allow the live instances
   */
  public PropertiesSnapshot changeProperties(
      Caller caller, String workflowId, Properties change, Resets resets) {
    return replaceProperties(
        caller,
        workflowId,
        "changed the properties",
        before -> reset(before, resets).changedBy(change));
  }

  private static Properties reset(Properties before, Resets resets) {
    var strategy = before.runStrategy();
    if (resets.runStrategyRule()) {
      strategy = null;
    } else if (resets.workflowConcurrency() && strategy != null) {
      strategy = new RunStrategy(strategy.rule(), null);
    }
    return new Properties(
        before.owner(),
        before.ownerAttributes(),
        before.accessControl(),
        strategy,
        resets.stepConcurrency() ? null : before.stepConcurrency(),
        before.alerting(),
        before.alertingDisabled(),
        before.signalTriggerDisabled(),
        before.timeTriggerDisabled(),
        before.description(),
        before.tags());
  }

  /** Adds a tag, or replaces the one of its name. */
  public PropertiesSnapshot addTag(Caller caller, String workflowId, Tag tag) {
    return replaceProperties(
        caller,
        workflowId,
        "added tag [%s]".formatted(tag.name()),
        before -> {
          var tags = tagsWithout(before, tag.name());
          tags.add(tag);
          return withTags(before, tags);
        });
  }

  /** Removes a tag if it is there. */
  public PropertiesSnapshot deleteTag(Caller caller, String workflowId, String name) {
    return replaceProperties(
        caller,
        workflowId,
        "deleted tag [%s]".formatted(name),
        before -> withTags(before, tagsWithout(before, name)));
  }

  private static List<Tag> tagsWithout(Properties properties, String name) {
    var tags = new ArrayList<Tag>();
    if (properties.tags() != null) {
      properties.tags().stream().filter(tag -> !tag.name().equals(name)).forEach(tags::add);
    }
    return tags;
  }

  private static Properties withTags(Properties p, List<Tag> tags) {
    return new Properties(
        p.owner(),
        p.ownerAttributes(),
        p.accessControl(),
        p.runStrategy(),
        p.stepConcurrency(),
        p.alerting(),
        p.alertingDisabled(),
        p.signalTriggerDisabled(),
        p.timeTriggerDisabled(),
        p.description(),
        tags.isEmpty() ? null : List.copyOf(tags));
  }

  private PropertiesSnapshot replaceProperties(
      Caller caller, String workflowId, String what, UnaryOperator<Properties> change) {
    return transactions.run(() -> {
      var head = changeable(caller, workflowId);
      var now = clock.millis();
      var before = head.properties();
      var after = properties.replaced(caller, head, change.apply(before.properties()), now);
      if (after.createTime() == before.createTime()) {
        return before;
      }
      var workflow = head.workflow().withProperties(after.owner(), after.createTime(), now);
      var found = finder.texts(workflowId);
      var note =
          new Note(
              Kind.PROPERTIES_CHANGED,
              caller.name(),
              now,
              "User [%s] %s".formatted(caller.name(), what));
      changes.update(new WorkflowHead(workflow, after), null, note);
      properties.write(before, after);
      var latest = versions.version(workflowId, workflow.internalId(), workflow.latestVersionId());
      store.replaceTags(workflowId, PropertiesChange.allTags(latest.tags(), after.properties()));
      found.ifPresent(texts -> finder.refind(texts, texts.ownedBy(after.owner())));
      return after;
    });
  }

  /**
   * Begins to delete a workflow with everything that belongs to it. From now on it is not found and
   * its id is refused; {@link WorkflowDeletion} does the work.
   */
  public TimelineEvent delete(Caller caller, String workflowId) {
    return transactions.run(() -> {
      var head = changeable(caller, workflowId);
      var now = clock.millis();
      var note =
          new Note(
              Kind.DELETED,
              caller.name(),
              now,
              "User [%s] is deleting workflow [%s]".formatted(caller.name(), workflowId));
      var workflow =
          head.workflow().withDeletion(DeletionStage.DELETING_INSTANCES, caller.name(), now);
      changes.update(new WorkflowHead(workflow, head.properties()), null, note);
      finder.texts(workflowId).ifPresent(finder::forget);
      return TimelineEvent.info(now, note.message());
    });
  }

  static void requireNotDeleting(WorkflowRecord workflow) {
    if (workflow.deletion() != null) {
      throw ApiException.conflict(
          "workflow-deleting",
          "workflow \"%s\" is being deleted (%s); its id can be used again afterwards"
              .formatted(workflow.workflowId(), workflow.deletion()));
    }
  }

  private WorkflowHead changeable(Caller caller, String workflowId) {
    var head =
        store.head(workflowId).orElseThrow(() -> CompiledVersions.noSuchWorkflow(workflowId));
    access.require(caller, Access.CHANGE, workflowId, head.workflow().owner());
    requireNotDeleting(head.workflow());
    return head;
  }

  private Changed unchanged(WorkflowHead head, @Nullable Long versionId, String message) {
    return new Changed(
        head.workflow().workflowId(), versionId, TimelineEvent.info(clock.millis(), message));
  }

  private static Changed changed(WorkflowRecord workflow, @Nullable Long versionId, Note note) {
    return new Changed(
        workflow.workflowId(), versionId, TimelineEvent.info(note.at(), note.message()));
  }
}

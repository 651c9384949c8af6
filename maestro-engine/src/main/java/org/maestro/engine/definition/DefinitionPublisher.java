package org.maestro.engine.definition;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.maestro.engine.definition.DefinitionChanges.Note;
import org.maestro.engine.definition.WorkflowSearchStore.Texts;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.event.TimelineEvent;
import org.maestro.service.database.Transactions;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Access;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;

/** Accepts new versions of workflows, or says everything that is wrong with them. */
public final class DefinitionPublisher {
  private final Transactions transactions;
  private final DefinitionStore store;
  private final WorkflowFinder finder;
  private final DefinitionChanges changes;
  private final PropertiesChange properties;
  private final DefinitionFormat format;
  private final AccessPolicy access;
  private final DryRun dryRun;
  private final InstantSource clock;

  DefinitionPublisher(
      Transactions transactions,
      DefinitionStore store,
      WorkflowFinder finder,
      DefinitionChanges changes,
      PropertiesChange properties,
      DefinitionFormat format,
      AccessPolicy access,
      DryRun dryRun,
      InstantSource clock) {
    this.transactions = transactions;
    this.store = store;
    this.finder = finder;
    this.changes = changes;
    this.properties = properties;
    this.format = format;
    this.access = access;
    this.dryRun = dryRun;
    this.clock = clock;
  }

  /** A version as it is after a push or when it is looked at. */
  public record Published(WorkflowHead head, VersionRecord version) {}

  /**
   * Makes a new version of a workflow, and the workflow if there is none of its id.
   *
   * @throws ApiException 400 with every problem that a run would have; 403; 409 while it is being
   *     deleted
   */
  public Published push(Caller caller, PushRequest request) {
    check(caller, request);
    return transactions.run(() -> write(caller, request));
  }

  /**
   * Checks what a push would check, and changes nothing.
   *
   * @throws ApiException as {@link #push}
   */
  public TimelineEvent validate(Caller caller, PushRequest request) {
    check(caller, request);
    return TimelineEvent.info(
        clock.millis(),
        "Workflow [%s] is valid: %d steps"
            .formatted(request.workflow().id(), request.workflow().steps().size()));
  }

  /** A request as it would be stored: what it leaves out of the properties stays as it is. */
  public PushRequest completed(PushRequest request) {
    var change = request.properties();
    return store
        .head(request.workflow().id())
        .map(head -> head.properties().properties())
        .map(before -> change == null ? before : before.changedBy(change))
        .map(after ->
            new PushRequest(
                after,
                request.workflow(),
                request.active(),
                request.gitInfo(),
                request.extraInfo()))
        .orElse(request);
  }

  private void check(Caller caller, PushRequest request) {
    var head = store.head(request.workflow().id());
    requireAllowed(caller, request, head);
    var found = dryRun.problems(request.workflow(), ownerOf(request, head), clock.millis());
    if (!found.isEmpty()) {
      throw invalid(found.stream().map(problem -> problem.under("/workflow")).toList());
    }
  }

  /** The answer to a definition that breaks rules, by one problem or many. */
  public static ApiException invalid(List<DefinitionProblem> problems) {
    return ApiException.invalid(
        "invalid-definition",
        problems.size() == 1
            ? problems.getFirst().message()
            : "%d problems in the definition".formatted(problems.size()),
        problems);
  }

  private void requireAllowed(Caller caller, PushRequest request, Optional<WorkflowHead> head) {
    var id = request.workflow().id();
    if (head.isEmpty()) {
      access.requireMayAppoint(caller, id, ownerOf(request, head));
    } else {
      WorkflowService.requireNotDeleting(head.get().workflow());
      access.require(caller, Access.CHANGE, id, head.get().workflow().owner());
    }
  }

  private static String ownerOf(PushRequest request, Optional<WorkflowHead> head) {
    var given = request.properties() == null ? null : request.properties().owner();
    if (given != null) {
      return given;
    }
    return head.map(found -> found.workflow().owner()).orElseThrow(() -> noOwner(request));
  }

  private static ApiException noOwner(PushRequest request) {
    var pointer = request.properties() == null ? "/properties" : "/properties/owner";
    var message =
        "the first push of workflow \"%s\": expected properties with an owner, found none"
            .formatted(request.workflow().id());
    var suggestion = "write owner: NAME beside its id; in JSON it is properties.owner";
    return ApiException.invalid(
        "owner-required", message, List.of(new DefinitionProblem(pointer, message, suggestion)));
  }

  private Published write(Caller caller, PushRequest request) {
    var head = store.head(request.workflow().id());
    requireAllowed(caller, request, head);
    var before = head.isEmpty() ? null : finder.texts(request.workflow().id()).orElse(null);
    var now = clock.millis();
    var published =
        head.isPresent()
            ? writeNext(caller, request, head.get(), now)
            : writeFirst(caller, request, now);
    store.insertVersion(published.version());
    store.replaceTags(
        request.workflow().id(),
        PropertiesChange.allTags(
            request.workflow().tags(), published.head().properties().properties()));
    finder.refind(
        before,
        new Texts(
            request.workflow().id(),
            published.head().workflow().owner(),
            request.workflow().name()));
    return published;
  }

  private Published writeFirst(Caller caller, PushRequest request, long now) {
    var id = request.workflow().id();
    var owner = ownerOf(request, Optional.empty());
    var given = request.properties() == null ? Properties.NONE : request.properties();
    var snapshot = new PropertiesSnapshot(id, now, caller.name(), given);
    var workflow =
        new WorkflowRecord(
            id,
            store.nextInternalId(),
            1,
            owner,
            1,
            request.active() ? 1L : null,
            0,
            now,
            request.active() ? new WorkflowRecord.Signature(caller.name(), now) : null,
            null,
            null,
            null,
            now,
            now);
    var head = new WorkflowHead(workflow, snapshot);
    changes.insert(
        head, request.active() ? request.workflow() : null, note(caller, 1, request, now));
    store.insertProperties(snapshot);
    return new Published(head, version(caller, request, 1, now));
  }

  private Published writeNext(Caller caller, PushRequest request, WorkflowHead head, long now) {
    var versionId = head.workflow().latestVersionId() + 1;
    var snapshot = properties.changed(caller, head, request.properties(), now);
    var workflow = head.workflow().withVersion(versionId, now);
    if (request.active()) {
      workflow = workflow.withActive(versionId, caller.name(), now);
    }
    workflow = workflow.withProperties(snapshot.owner(), snapshot.createTime(), now);
    var written =
        changes.update(
            new WorkflowHead(workflow, snapshot),
            request.active() ? request.workflow() : null,
            note(caller, versionId, request, now));
    properties.write(head.properties(), snapshot);
    return new Published(written, version(caller, request, versionId, now));
  }

  private static Note note(Caller caller, long versionId, PushRequest request, long now) {
    return new Note(
        DefinitionChange.Kind.PUSHED,
        caller.name(),
        now,
        "User [%s] pushed version [%d]%s"
            .formatted(
                caller.name(), versionId, request.active() ? " and made it the active one" : ""));
  }

  private VersionRecord version(Caller caller, PushRequest request, long versionId, long now) {
    return new VersionRecord(
        request.workflow().id(),
        versionId,
        request.workflow().name(),
        caller.name(),
        now,
        format.write(request.workflow()),
        request.gitInfo(),
        request.extraInfo(),
        null);
  }
}

package org.maestro.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.DefinitionReader;
import org.maestro.dsl.Read;
import org.maestro.model.definition.Properties;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.RunStrategy;
import org.maestro.model.tag.Tag;
import org.maestro.service.database.LostRaceException;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.service.security.OwnerPolicy;
import org.maestro.service.security.Role;

/** The workflow tables, the services right above them, and what happens when two of them race. */
class DefinitionStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Caller ADA = new Caller("ada", Set.of(Role.USER));

  private final Transactions transactions = DATABASE.transactions();
  private final DefinitionFormat format = new DefinitionFormat(StrictJson.mapper());
  private final DefinitionStore store = new DefinitionStore(DATABASE.jdbc(), format);
  private final WorkflowSearchStore searches = new WorkflowSearchStore(DATABASE.jdbc());
  private final WorkflowFinder finder = new WorkflowFinder(searches);
  private final CompiledVersions versions = new CompiledVersions(store, format, 1_000_000);
  private final List<DefinitionChange> events = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, InstanceCounts.Counts> counts = new HashMap<>();
  private final AccessPolicy access = new OwnerPolicy(_ -> Set.of());
  private final InstantSource clock = InstantSource.system();
  private final DefinitionChanges changes = new DefinitionChanges(store, versions, events::add);
  private final PropertiesChange properties =
      new PropertiesChange(
          store, access, id -> counts.getOrDefault(id, InstanceCounts.Counts.NONE));
  private final DefinitionPublisher publisher =
      new DefinitionPublisher(
          transactions,
          store,
          finder,
          changes,
          properties,
          format,
          access,
          (_, _, _) -> List.of(),
          clock);
  private final WorkflowService workflows =
      new WorkflowService(
          transactions, store, finder, versions, changes, properties, access, clock);

  @Test
  void aWorkflowIsReadAsItWasWritten() {
    publisher.push(ADA, document("read"));
    var head = store.head("read").orElseThrow();
    assertThat(head.workflow().internalId()).isGreaterThanOrEqualTo(10_000);
    assertThat(head.workflow().latestVersionId()).isEqualTo(1);
    assertThat(head.workflow().activeVersionId()).isEqualTo(1);
    assertThat(head.workflow().revision()).isEqualTo(1);
    assertThat(head.properties().owner()).isEqualTo("ada");
    assertThat(store.version("read", 1).orElseThrow().author()).isEqualTo("ada");
    assertThat(store.head("nothing")).isEmpty();
  }

  @Test
  void anUpdateOfAnOldRevisionIsRefused() {
    publisher.push(ADA, document("old"));
    var seen = store.head("old").orElseThrow().workflow();
    workflows.pause(ADA, "old");
    assertThatThrownBy(() -> store.update(seen)).isInstanceOf(LostRaceException.class);
    assertThatThrownBy(() -> store.insert(seen)).isInstanceOf(LostRaceException.class);
  }

  @Test
  void startsGoOnWhileAWorkflowIsChanged() {
    publisher.push(ADA, document("starts"));
    var seen = store.head("starts").orElseThrow().workflow();
    DATABASE
        .jdbc()
        .sql("UPDATE workflow SET latest_instance_id = 5 WHERE workflow_id = 'starts'")
        .update();
    store.update(seen.withPause(new WorkflowRecord.Signature("ada", 1), 1));
    assertThat(store.head("starts").orElseThrow().workflow().latestInstanceId()).isEqualTo(5);
  }

  @Test
  void firstPushesThatRaceMakeOneWorkflowAndAVersionEach() throws Exception {
    inParallel(6, () -> publisher.push(ADA, document("first")));
    assertThat(store.head("first").orElseThrow().workflow().latestVersionId()).isEqualTo(6);
    LongStream.rangeClosed(1, 6)
        .forEach(n -> assertThat(store.version("first", n)).as("version %d", n).isPresent());
  }

  @Test
  void pushesThatRaceNumberVersionsWithoutGaps() throws Exception {
    publisher.push(ADA, document("race"));
    inParallel(8, () -> publisher.push(ADA, document("race")));
    var workflow = store.head("race").orElseThrow().workflow();
    assertThat(workflow.latestVersionId()).isEqualTo(9);
    assertThat(workflow.revision()).isEqualTo(9);
    assertThat(store.timeline("race", 300)).hasSize(9);
  }

  @Test
  void workflowsPushedAtTheSameTimeGetDifferentNumbers() throws Exception {
    var ids = Collections.synchronizedList(new ArrayList<Long>());
    inParallel(
        8,
        () ->
            ids.add(
                publisher
                    .push(ADA, document("number-" + Thread.currentThread().threadId()))
                    .head()
                    .workflow()
                    .internalId()));
    assertThat(ids).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void propertyChangesThatRaceAreAllKept() throws Exception {
    publisher.push(ADA, document("tags"));
    inParallel(
        6, () -> workflows.addTag(ADA, "tags", Tag.of("t" + Thread.currentThread().threadId())));
    assertThat(store.head("tags").orElseThrow().properties().properties().tags()).hasSize(6);
  }

  @Test
  void everyChangeIsToldWithItsRevisionAndTheActiveContent() {
    publisher.push(ADA, document("told"));
    workflows.pause(ADA, "told");
    workflows.deactivate(ADA, "told");
    workflows.activate(ADA, "told", VersionSelector.LATEST);
    workflows.delete(ADA, "told");
    assertThat(events)
        .extracting(DefinitionChange::kind)
        .containsExactly(
            DefinitionChange.Kind.PUSHED,
            DefinitionChange.Kind.PAUSED,
            DefinitionChange.Kind.DEACTIVATED,
            DefinitionChange.Kind.ACTIVATED,
            DefinitionChange.Kind.DELETED);
    assertThat(events).extracting(DefinitionChange::revision).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(events.get(1).activeWorkflow()).isNotNull();
    assertThat(events.get(2).activeWorkflow()).isNull();
    assertThat(events.get(3).activeVersionId()).isEqualTo(1);
    assertThat(events.get(4).activeVersionId()).isNull();
  }

  @Test
  void anExclusiveRunStrategyIsRefusedWhileSeveralInstancesLive() {
    publisher.push(ADA, document("exclusive"));
    counts.put("exclusive", new InstanceCounts.Counts(1, 1, 0, 0));
    var change = withStrategy(RunStrategy.Rule.FIRST_ONLY);
    assertThatThrownBy(
            () -> workflows.changeProperties(ADA, "exclusive", change, WorkflowService.Resets.NONE))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("run-strategy-conflict");
    assertThat(store.head("exclusive").orElseThrow().workflow().revision()).isEqualTo(1);
    counts.put("exclusive", new InstanceCounts.Counts(0, 1, 0, 0));
    workflows.changeProperties(ADA, "exclusive", change, WorkflowService.Resets.NONE);
    assertThat(store.head("exclusive").orElseThrow().workflow().revision()).isEqualTo(2);
  }

  private static Properties withStrategy(RunStrategy.Rule rule) {
    return new Properties(
        null, null, null, new RunStrategy(rule, null), null, null, null, null, null, null, null);
  }

  @Test
  void aResolvedVersionFromMemoryIsRefusedByItsRevisionAndFoundAgain() {
    publisher.push(ADA, document("cached"));
    var seen = versions.resolve("cached", VersionSelector.ACTIVE);
    assertThat(start(seen)).isEqualTo(1);

    // Another node, whose memory is its own.
    var elsewhere = new CompiledVersions(store, format, 1_000_000);
    new DefinitionPublisher(
            transactions,
            store,
            finder,
            new DefinitionChanges(store, elsewhere, events::add),
            properties,
            format,
            access,
            (_, _, _) -> List.of(),
            clock)
        .push(ADA, document("cached"));

    var stale = versions.resolve("cached", VersionSelector.ACTIVE);
    assertThat(stale.versionId()).isEqualTo(1);
    assertThat(start(stale)).isZero();
    versions.forget("cached");
    var fresh = versions.resolve("cached", VersionSelector.ACTIVE);
    assertThat(fresh.versionId()).isEqualTo(2);
    assertThat(start(fresh)).isEqualTo(1);
    assertThat(versions.resolve("cached", VersionSelector.ACTIVE).workflow())
        .isSameAs(fresh.workflow());
  }

  private int start(ResolvedVersion resolved) {
    return DATABASE
        .jdbc()
        .sql(
            """
            UPDATE workflow SET latest_instance_id = latest_instance_id + 1
             WHERE workflow_id = :id AND internal_id = :internalId AND revision = :revision
            """)
        .param("id", resolved.workflowId())
        .param("internalId", resolved.internalId())
        .param("revision", resolved.revision())
        .update();
  }

  @Test
  void memoryIsNotBelievedWhenItSaysThatThereIsNothing() {
    publisher.push(ADA, document("late"));
    workflows.deactivate(ADA, "late");
    var elsewhere = new CompiledVersions(store, format, 1_000_000);
    assertThat(elsewhere.resolve("late", VersionSelector.LATEST).versionId()).isEqualTo(1);
    workflows.activate(ADA, "late", VersionSelector.LATEST);
    assertThat(elsewhere.resolve("late", VersionSelector.ACTIVE).versionId()).isEqualTo(1);
    publisher.push(ADA, document("late"));
    assertThat(elsewhere.resolve("late", new VersionSelector.Exactly(2)).versionId()).isEqualTo(2);
    assertThatThrownBy(() -> elsewhere.resolve("late", new VersionSelector.Exactly(3)))
        .isInstanceOf(ApiException.class);
    assertThatThrownBy(() -> elsewhere.resolve("never", VersionSelector.LATEST))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void memoryOfVersionsIsBounded() {
    var small = new CompiledVersions(store, format, 10);
    publisher.push(ADA, document("bounded"));
    var first = small.resolve("bounded", VersionSelector.LATEST);
    var second = small.resolve("bounded", VersionSelector.LATEST);
    assertThat(second.workflow()).isEqualTo(first.workflow()).isNotSameAs(first.workflow());
  }

  @Test
  void aDeletionGoesOnFromItsStageAndLeavesALine() {
    publisher.push(ADA, document("gone"));
    publisher.push(ADA, document("gone"));
    workflows.changeProperties(
        ADA, "gone", withStrategy(RunStrategy.Rule.PARALLEL), WorkflowService.Resets.NONE);
    var internalId = store.head("gone").orElseThrow().workflow().internalId();
    workflows.delete(ADA, "gone");

    var left = new ArrayList<>(List.of(3L, 2L, 0L));
    var first =
        new WorkflowDeletion(transactions, store, (_, _) -> left.removeFirst(), clock, Thread::new);
    assertThat(first.advanceAll()).isTrue();
    assertThatThrownBy(() -> publisher.push(ADA, document("gone")))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("workflow-deleting");

    // The process ends here; another one goes on.
    var second =
        new WorkflowDeletion(transactions, store, (_, _) -> left.removeFirst(), clock, Thread::new);
    assertThat(second.advanceAll()).isTrue();
    assertThat(second.advanceAll()).isFalse();
    assertThat(store.head("gone")).isEmpty();
    for (var table :
        List.of(
            "workflow",
            "workflow_version",
            "workflow_properties",
            "workflow_timeline",
            "workflow_tag",
            "workflow_part")) {
      assertThat(rows(table, "gone")).as(table).isZero();
    }
    assertThat(rows("workflow_deleted", "gone")).isEqualTo(1);
    publisher.push(ADA, document("gone"));
    assertThat(store.head("gone").orElseThrow().workflow().internalId()).isGreaterThan(internalId);
  }

  @Test
  void twoNodesMayDeleteAtTheSameTime() throws Exception {
    publisher.push(ADA, document("both"));
    workflows.delete(ADA, "both");
    inParallel(
        2,
        () ->
            new WorkflowDeletion(transactions, store, (_, _) -> 0, clock, Thread::new)
                .advanceAll());
    assertThat(store.head("both")).isEmpty();
    assertThat(rows("workflow_deleted", "both")).isEqualTo(1);
  }

  private static long rows(String table, String workflowId) {
    return DATABASE
        .jdbc()
        .sql("SELECT count(*) FROM " + table + " WHERE workflow_id = :id")
        .param("id", workflowId)
        .query(Long.class)
        .single();
  }

  private static PushRequest document(String id) {
    var document =
        Map.<String, Object>of(
            "properties",
            Map.of("owner", "ada"),
            "workflow",
            Map.of("id", id, "steps", List.of(Map.of("step", Map.of("id", "s", "type", "NoOp")))));
    return switch (DefinitionReader.push(document)) {
      case Read.Ok<PushRequest>(var push) -> push;
      case Read.Bad<PushRequest>(var problems) -> throw new AssertionError(problems);
    };
  }

  private static void inParallel(int threads, Callable<?> work) throws Exception {
    var barrier = new CyclicBarrier(threads);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var all = new ArrayList<Future<?>>();
      for (var i = 0; i < threads; i++) {
        all.add(
            pool.submit(() -> {
              barrier.await();
              return work.call();
            }));
      }
      for (var one : all) {
        one.get();
      }
    }
  }
}

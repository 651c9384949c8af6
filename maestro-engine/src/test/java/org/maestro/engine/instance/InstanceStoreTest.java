package org.maestro.engine.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maestro.engine.run.store.StoredRuns.NOON;
import static org.maestro.engine.run.store.StoredRuns.createdAt;
import static org.maestro.engine.run.store.StoredRuns.ended;
import static org.maestro.engine.run.store.StoredRuns.key;
import static org.maestro.engine.run.store.StoredRuns.live;
import static org.maestro.engine.run.store.StoredRuns.noop;
import static org.maestro.engine.run.store.StoredRuns.row;
import static org.maestro.engine.run.store.StoredRuns.started;
import static org.maestro.engine.run.store.StoredRuns.subworkflow;
import static org.maestro.engine.run.store.StoredRuns.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.maestro.engine.definition.CompiledVersions;
import org.maestro.engine.definition.DefinitionFormat;
import org.maestro.engine.definition.DefinitionStore;
import org.maestro.engine.definition.InstanceCounts;
import org.maestro.engine.instance.loop.LoopSnapshots;
import org.maestro.engine.instance.purge.PurgeStore;
import org.maestro.engine.instance.purge.StoredPurge;
import org.maestro.engine.instance.why.WhyQueries;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.run.store.LoopStore;
import org.maestro.engine.run.store.RunPlans;
import org.maestro.engine.run.store.StoredRuns;
import org.maestro.engine.run.store.SuspectStore;
import org.maestro.engine.run.store.TestLoops;
import org.maestro.engine.step.StepState;
import org.maestro.model.definition.Step;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.RunSummary;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.instance.StepView;
import org.maestro.model.instance.Why;
import org.maestro.model.instance.Why.Code;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.InstanceFacts;
import org.maestro.param.StepFacts;
import org.maestro.service.database.TestDatabase;
import org.maestro.service.database.Transactions;
import org.maestro.service.json.StrictJson;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.AccessPolicy;
import org.maestro.service.security.Caller;
import org.maestro.service.security.OwnerPolicy;
import org.maestro.service.security.Role;

/** What people are shown of runs and steps, read from a real database. */
class InstanceStoreTest {
  private static final TestDatabase DATABASE = TestDatabase.create();
  private static final Caller ADA = new Caller("ada", Set.of(Role.USER));
  private static final Caller NOBODY = new Caller("nobody", Set.of());
  private static final String SEQUENTIAL = "{\"owner\":\"ada\"}";
  private static final StepState RUNNING = new StepState.Running(NOON, null);

  private final Transactions transactions = DATABASE.transactions();
  private final RunJson json = new RunJson();
  private final DefinitionFormat format = new DefinitionFormat(StrictJson.mapper());
  private final DefinitionStore definitions = new DefinitionStore(DATABASE.jdbc(), format);
  private final RunPlans plans =
      new RunPlans(
          TestLoops.source(DATABASE.jdbc(), transactions),
          new CompiledVersions(definitions, format, 1_000_000));
  private final InstanceStore store =
      new InstanceStore(DATABASE.jdbc(), json, TestLoops.source(DATABASE.jdbc(), transactions));
  private final AccessPolicy access = new OwnerPolicy(_ -> Set.of());
  private final InstanceQueries queries =
      new InstanceQueries(transactions, store, plans, access, new Defaults());
  private final WhyQueries why =
      new WhyQueries(
          transactions,
          store,
          definitions,
          plans,
          new LoopSnapshots(new LoopStore(transactions, json)),
          TestLoops.source(DATABASE.jdbc(), transactions),
          new SuspectStore(transactions),
          _ -> Optional.empty(),
          _ -> List.of(),
          access);
  private final StoredRuns runs = new StoredRuns(DATABASE.jdbc());

  /** One default parameter, so that it shows where defaults were added. */
  private static final class Defaults implements CompleteParams {
    private static final Param DEFAULT = Param.literal(ParamType.STRING, "d").evaluated("d", NOON);

    @Override
    public Map<String, Param> ofRun(Map<String, Param> lean, InstanceFacts facts) {
      return Map.of("default", DEFAULT, "p", lean.getOrDefault("p", DEFAULT));
    }

    @Override
    public Map<String, Param> ofStep(
        Step step, Map<String, Param> lean, InstanceFacts facts, StepFacts stepFacts) {
      return Map.of("uuid", Param.literal(ParamType.STRING, stepFacts.stepUuid()));
    }
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  // ------------------------------------------------------------------ runs

  @Test
  void aRunHasTheFieldsOfTheStandard() {
    runs.keep(workflow("shape", noop("a", "b"), noop("b")), "ada", 1, SEQUENTIAL);
    var run = key("shape", 1, 1);
    runs.keep(row(run, RunStatus.SUCCEEDED));
    runs.keep(run, ended("a", 1, 1, StepStatus.SUCCEEDED, "b"));
    runs.keep(run, ended("b", 1, 2, StepStatus.SUCCEEDED));
    var answer = tree(queries.run(ADA, "shape", 1, null, true, true));
    assertThat(answer)
        .containsKeys(
            "aggregated_info",
            "correlation_id",
            "create_time",
            "end_time",
            "execution_id",
            "group_info",
            "initiator",
            "internal_id",
            "modify_time",
            "params",
            "request_time",
            "run_config",
            "run_params",
            "run_properties",
            "runtime_dag",
            "runtime_overview",
            "runtime_workflow",
            "start_time",
            "status",
            "timeline",
            "workflow_id",
            "workflow_instance_id",
            "workflow_run_id",
            "workflow_uuid",
            "workflow_version_id");
    assertThat(at(answer, "params")).containsOnlyKeys("default", "p");
    assertThat(at(answer, "params", "p"))
        .containsOnlyKeys(
            "evaluated_result", "evaluated_time", "mode", "source", "tags", "type", "value");
    assertThat(at(answer, "runtime_dag", "b")).containsEntry("predecessors", List.of("a"));
    assertThat(at(answer, "runtime_overview", "rollup_overview"))
        .containsEntry("total_leaf_count", 2L);
    assertThat(at(answer, "aggregated_info", "step_aggregated_views")).containsOnlyKeys("a", "b");
    assertThat(at(answer, "initiator"))
        .containsEntry("type", "MANUAL")
        .containsEntry("user", "ada");
  }

  @Test
  void aPlainRunLeavesOutWhatCosts() {
    runs.keep(workflow("plain", noop("a")), "ada", 1, SEQUENTIAL);
    runs.keep(
        StoredRuns.with(
            row(key("plain", 1, 1), RunStatus.SUCCEEDED),
            new RunRow.Progress(List.of(), null, null, Map.of("SUCCEEDED", 1L), Map.of())));
    var answer = tree(queries.run(ADA, "plain", 1, 1L, false, false));
    assertThat(answer)
        .doesNotContainKeys("runtime_workflow", "runtime_dag", "aggregated_info")
        .containsEntry("status", "SUCCEEDED");
    assertThat(at(answer, "runtime_overview"))
        .doesNotContainKeys("step_overview", "total_step_count");
    assertThat(at(answer, "runtime_overview", "rollup_overview"))
        .containsEntry("total_leaf_count", 1L);
  }

  @Test
  void theLatestRunIsTheOneWithTheHighestNumber() {
    runs.keep(workflow("latest", noop("a")), "ada", 1, SEQUENTIAL);
    for (long run = 1; run <= 3; run++) {
      runs.keep(row(key("latest", 1, run), RunStatus.FAILED));
    }
    assertThat(queries.run(ADA, "latest", 1, null, false, false).workflowRunId()).isEqualTo(3);
    var page = queries.runs(ADA, "latest", 1, new PageRequest(true, 2, null));
    assertThat(page.elements()).extracting(RunSummary::workflowRunId).containsExactly(3L, 2L);
    assertThat(page.totalCount()).isEqualTo(3);
    var next = queries.runs(ADA, "latest", 1, new PageRequest(true, 2, "2"));
    assertThat(next.elements()).extracting(RunSummary::workflowRunId).containsExactly(1L);
    assertThat(next.pageInfo().hasNextPage()).isFalse();
    var oldest = queries.runs(ADA, "latest", 1, new PageRequest(false, 2, null));
    assertThat(oldest.elements()).extracting(RunSummary::workflowRunId).containsExactly(2L, 1L);
  }

  @Test
  void whatDoesNotExistOrIsBeingDeletedIsNotFound() {
    runs.keep(workflow("gone", noop("a")), "ada", 1, SEQUENTIAL);
    runs.keep(row(key("gone", 1, 1), RunStatus.SUCCEEDED));
    assertThatThrownBy(() -> queries.run(ADA, "gone", 2, null, false, false))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no-such-run");
    assertThatThrownBy(() -> queries.attempt(ADA, "gone", 1, 1L, "q", null))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no-such-step");
    DATABASE
        .jdbc()
        .sql("UPDATE workflow SET deletion = 'DELETING_INSTANCES' WHERE workflow_id = 'gone'")
        .update();
    assertThatThrownBy(() -> queries.run(ADA, "gone", 1, 1L, false, false))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no-such-run");
  }

  @Test
  void whoMayNotReadTheWorkflowReadsNoneOfItsRuns() {
    runs.keep(workflow("closed", noop("a")), "ada", 1, SEQUENTIAL);
    runs.keep(row(key("closed", 1, 1), RunStatus.SUCCEEDED));
    runs.keep(key("closed", 1, 1), ended("a", 1, 1, StepStatus.SUCCEEDED));
    var page = new PageRequest(true, 1, null);
    assertForbidden(() -> queries.run(NOBODY, "closed", 1, null, false, false));
    assertForbidden(() -> queries.run(NOBODY, "closed", 1, null, true, true));
    assertForbidden(() -> queries.runs(NOBODY, "closed", 1, page));
    assertForbidden(() -> queries.instances(NOBODY, "closed", InstanceFilter.ALL, false, page));
    assertForbidden(() -> queries.search(NOBODY, null, null, InstanceFilter.ALL, page));
    assertForbidden(() -> queries.steps(NOBODY, "closed", 1, null));
    assertForbidden(() -> queries.latestSteps(NOBODY, "closed", 1));
    assertForbidden(() -> queries.latestStep(NOBODY, "closed", 1, "a"));
    assertForbidden(() -> queries.attempt(NOBODY, "closed", 1, 1L, "a", null));
    assertForbidden(() -> queries.attempts(NOBODY, "closed", 1, 1L, "a"));
    assertForbidden(() -> why.run(NOBODY, "closed", 1, null));
    assertForbidden(() -> why.step(NOBODY, "closed", 1, null, "a"));
    assertForbidden(() ->
        new StoredAttempts(transactions, store, access)
            .find(NOBODY, "closed", 1, 1, "a", OptionalLong.empty()));
  }

  private static void assertForbidden(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(ApiException.class)
        .extracting(e -> ((ApiException) e).kind().httpStatus())
        .isEqualTo(403);
  }

  // ------------------------------------------------------------------ lists

  @Test
  void instancesAreListedByTheirLatestRuns() {
    runs.keep(workflow("list", noop("a")), "ada", 3, SEQUENTIAL);
    runs.keep(row(key("list", 1, 1), RunStatus.FAILED));
    runs.keep(row(key("list", 1, 2), RunStatus.SUCCEEDED));
    runs.keep(row(key("list", 2, 1), RunStatus.FAILED));
    runs.keep(row(key("list", 3, 1), RunStatus.IN_PROGRESS));
    var request = new PageRequest(true, 2, null);
    var page = queries.instances(ADA, "list", InstanceFilter.ALL, false, request);
    assertThat(page.elements())
        .extracting(InstanceView::workflowInstanceId)
        .containsExactly(3L, 2L);
    assertThat(page.totalCount()).isEqualTo(3);
    assertThat(page.pageInfo().hasNextPage()).isTrue();
    var next =
        queries.instances(ADA, "list", InstanceFilter.ALL, true, new PageRequest(true, 2, "2"));
    assertThat(next.elements()).extracting(InstanceView::workflowRunId).containsExactly(2L);
    assertThat(next.elements().getFirst().aggregatedInfo()).isNotNull();
    var failed =
        queries.instances(
            ADA, "list", new InstanceFilter(RunStatus.FAILED, null, null), false, request);
    assertThat(failed.elements()).extracting(InstanceView::workflowInstanceId).containsExactly(2L);
    assertThat(failed.totalCount()).isNull();
    assertThat(failed.pageInfo().hasNextPage()).isFalse();
    var later =
        queries.instances(ADA, "list", new InstanceFilter(null, NOON + 1, null), false, request);
    assertThat(later.elements()).isEmpty();
    var oldest =
        queries.instances(ADA, "list", InstanceFilter.ALL, false, new PageRequest(false, 2, null));
    assertThat(oldest.elements())
        .extracting(InstanceView::workflowInstanceId)
        .containsExactly(2L, 1L);
  }

  @Test
  void aSearchGoesThroughTheRunsOfAnOwnerPageByPageTheNewestFirst() {
    var time = NOON;
    for (var id : List.of("search-a", "search-b")) {
      runs.keep(workflow(id, noop("a")), "sue", 3, "{\"owner\":\"sue\"}");
    }
    for (long instance = 1; instance <= 3; instance++) {
      for (var id : List.of("search-a", "search-b")) {
        var status = instance == 2 ? RunStatus.FAILED : RunStatus.SUCCEEDED;
        // The first three are created at the same time.
        runs.keep(createdAt(time, row(key(id, instance, 1), status)));
        time += instance == 1 ? 0 : 1;
      }
    }
    // Restarted since: it is where its latest run is.
    runs.keep(createdAt(time, row(key("search-a", 1, 2), RunStatus.SUCCEEDED)));
    var found = new ArrayList<String>();
    var request = new PageRequest(true, 2, null);
    for (var page = queries.search(ADA, "sue", null, InstanceFilter.ALL, request); ; ) {
      page.elements().forEach(e -> found.add(e.workflowId() + e.workflowInstanceId()));
      if (!page.pageInfo().hasNextPage()) {
        break;
      }
      request = new PageRequest(true, 2, page.pageInfo().endCursor());
      page = queries.search(ADA, "sue", null, InstanceFilter.ALL, request);
    }
    assertThat(found)
        .containsExactly(
            "search-a1", "search-b3", "search-a3", "search-b2", "search-b1", "search-a2");
    var between = new InstanceFilter(null, NOON + 1, NOON + 3);
    assertThat(
            queries.search(ADA, "sue", null, between, new PageRequest(true, 10, null)).elements())
        .extracting(e -> e.workflowId() + e.workflowInstanceId())
        .containsExactly("search-a3", "search-b2");
    var failed = new InstanceFilter(RunStatus.FAILED, null, null);
    var all = new PageRequest(true, 10, null);
    assertThat(queries.search(ADA, "sue", null, failed, all).elements())
        .extracting(RunSummary::workflowInstanceId)
        .containsExactly(2L, 2L);
    assertThat(queries.search(ADA, null, "search-b", failed, all).elements()).hasSize(1);
    assertThat(queries.search(ADA, "ada", "search-b", failed, all).elements()).isEmpty();
  }

  @Test
  void whatRunsIsFoundBehindAnyNumberOfWorkflowsInWhichNothingDoes() {
    for (int i = 0; i <= 200; i++) {
      var id = "many-%03d".formatted(i);
      runs.keep(workflow(id, noop("a")), "max", 1, "{\"owner\":\"max\"}");
      runs.keep(row(key(id, 1, 1), RunStatus.SUCCEEDED));
    }
    runs.keep(workflow("many-zzz", noop("a")), "max", 1, "{\"owner\":\"max\"}");
    runs.keep(row(key("many-zzz", 1, 1), RunStatus.IN_PROGRESS));
    var running = new InstanceFilter(RunStatus.IN_PROGRESS, null, null);
    assertThat(queries.search(ADA, "max", null, running, new PageRequest(true, 8, null)).elements())
        .extracting(RunSummary::workflowId)
        .containsExactly("many-zzz");
  }

  @Test
  void runsOfOthersArePassedOverUpToAPage() {
    runs.keep(workflow("much", noop("a")), "tom", 2_100, "{\"owner\":\"tom\"}");
    for (int i = 1; i <= 2_100; i++) {
      runs.keep(createdAt(NOON + 10_000 + i, row(key("much", i, 1), RunStatus.STOPPED)));
    }
    runs.keep(workflow("rare", noop("a")), "uma", 1, "{\"owner\":\"uma\"}");
    runs.keep(createdAt(NOON + 10_000, row(key("rare", 1, 1), RunStatus.STOPPED)));
    var stopped = new InstanceFilter(RunStatus.STOPPED, null, null);
    var first = queries.search(ADA, "uma", null, stopped, new PageRequest(true, 50, null));
    assertThat(first.elements()).isEmpty();
    assertThat(first.pageInfo().hasNextPage()).isTrue();
    var next =
        queries.search(
            ADA, "uma", null, stopped, new PageRequest(true, 50, first.pageInfo().endCursor()));
    assertThat(next.elements()).extracting(RunSummary::workflowId).containsExactly("rare");
  }

  // ------------------------------------------------------------------ steps

  @Test
  void aStepHasTheFieldsOfTheStandard() {
    runs.keep(
        workflow("step", noop("a", "b", "c?1 > 2"), noop("b"), noop("c")), "ada", 1, SEQUENTIAL);
    var run = key("step", 1, 1);
    runs.keep(row(run, RunStatus.SUCCEEDED));
    runs.keep(run, ended("a", 1, 1, StepStatus.SUCCEEDED, "b"));
    var answer = tree(queries.attempt(ADA, "step", 1, 1L, "a", null));
    assertThat(answer)
        .containsKeys(
            "artifacts",
            "correlation_id",
            "definition",
            "group_info",
            "owner",
            "params",
            "runtime_state",
            "signal_outputs",
            "step_attempt_id",
            "step_id",
            "step_instance_id",
            "step_retry",
            "step_uuid",
            "tags",
            "timeline",
            "transition",
            "workflow_id",
            "workflow_instance_id",
            "workflow_run_id",
            "workflow_uuid",
            "workflow_version_id");
    assertThat(at(answer, "runtime_state"))
        .containsOnlyKeys(
            "create_time",
            "end_time",
            "evaluate_param_time",
            "execute_time",
            "finish_time",
            "initialize_time",
            "modify_time",
            "start_time",
            "status",
            "wait_permit_time",
            "wait_signal_time")
        .containsEntry("modify_time", NOON + 9);
    assertThat(at(answer, "transition", "successors", "b"))
        .containsEntry("evaluated_result", true)
        .containsEntry("type", "BOOLEAN");
    assertThat(at(answer, "transition", "successors", "c"))
        .containsEntry("evaluated_result", false)
        .containsEntry("expression", "1 > 2");
    assertThat(at(answer, "params", "uuid")).containsEntry("value", answer.get("step_uuid"));
    var found =
        new StoredAttempts(transactions, store, access)
            .find(ADA, "step", 1, 1, "a", OptionalLong.empty());
    assertThat(found.orElseThrow().uuid()).isEqualTo(answer.get("step_uuid"));
  }

  @Test
  void stepsThatHaveNotBeenCreatedAreAbsentAndOfAttemptsTheLatestIsShown() {
    runs.keep(workflow("tries", noop("a", "b"), noop("b", "c"), noop("c")), "ada", 1, SEQUENTIAL);
    var first = key("tries", 1, 1);
    var second = key("tries", 1, 2);
    runs.keep(row(first, RunStatus.FAILED));
    runs.keep(row(second, RunStatus.IN_PROGRESS, RestartPolicy.RESTART_FROM_INCOMPLETE));
    runs.keep(first, ended("a", 1, 1, StepStatus.SUCCEEDED));
    runs.keep(first, ended("b", 1, 2, StepStatus.USER_FAILED));
    runs.keep(first, ended("b", 2, 2, StepStatus.FATALLY_FAILED));
    runs.keep(second, live("b", 2, RUNNING));
    assertThat(queries.steps(ADA, "tries", 1, 1L))
        .extracting(s -> s.stepId() + s.stepAttemptId())
        .containsExactly("a1", "b2");
    assertThat(queries.steps(ADA, "tries", 1, null))
        .extracting(StepView::stepId)
        .containsExactly("b");
    assertThat(queries.latestSteps(ADA, "tries", 1))
        .extracting(s -> s.stepId() + s.workflowRunId())
        .containsExactly("a1", "b2");
    assertThat(queries.latestStep(ADA, "tries", 1, "a").workflowRunId()).isEqualTo(1);
    assertThat(queries.attempts(ADA, "tries", 1, 1L, "b"))
        .extracting(StepView::stepAttemptId)
        .containsExactly(2L, 1L);
    assertThat(queries.attempt(ADA, "tries", 1, 1L, "b", 1L).runtimeState().status())
        .isEqualTo(StepStatus.USER_FAILED);
    assertThatThrownBy(() -> queries.attempt(ADA, "tries", 1, 1L, "b", 3L))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void aLiveRunBelowIsReadIntoTheOverviewOfItsStep() {
    runs.keep(workflow("parent", subworkflow("c")), "ada", 1, SEQUENTIAL);
    runs.keep(workflow("middle", subworkflow("d")), "ada", 1, SEQUENTIAL);
    runs.keep(workflow("leaf", noop("s"), noop("t")), "ada", 1, SEQUENTIAL);
    for (var id : List.of("parent", "middle", "leaf")) {
      runs.keep(row(key(id, 1, 1), RunStatus.IN_PROGRESS));
    }
    runs.keep(
        key("parent", 1, 1), live("c", 1, RUNNING).withArtifacts(started(key("middle", 1, 1))));
    runs.keep(key("middle", 1, 1), live("d", 1, RUNNING).withArtifacts(started(key("leaf", 1, 1))));
    runs.keep(key("leaf", 1, 1), ended("s", 1, 1, StepStatus.SUCCEEDED));
    runs.keep(key("leaf", 1, 1), live("t", 2, RUNNING));
    var step = tree(queries.attempt(ADA, "parent", 1, 1L, "c", null));
    var overview = at(step, "artifacts", "maestro_subworkflow", "subworkflow_overview");
    assertThat(overview).containsEntry("run_status", "IN_PROGRESS");
    assertThat(at(overview, "rollup_overview")).containsEntry("total_leaf_count", 2L);
    var run = queries.run(ADA, "parent", 1, null, true, false);
    assertThat(run.runtimeOverview().rollupOverview().overview().get("RUNNING").ref())
        .isEqualTo(Map.of("leaf:1", List.of("1:t:1")));
  }

  // ------------------------------------------------------------------ why

  @Test
  void aQueuedInstanceNamesWhoIsAheadAndWhoPausedTheWorkflow() {
    runs.keep(workflow("queue", noop("a")), "ada", 3, SEQUENTIAL);
    runs.keep(row(key("queue", 1, 1), RunStatus.IN_PROGRESS));
    runs.keep(row(key("queue", 2, 1), RunStatus.CREATED));
    runs.keep(row(key("queue", 3, 1), RunStatus.CREATED));
    var queued = why.run(ADA, "queue", 3, null);
    assertThat(queued.running()).isFalse();
    assertThat(queued.reasons())
        .extracting(Why.Reason::code)
        .containsExactly(Code.QUEUED_BY_RUN_STRATEGY);
    assertThat(queued.reasons().getFirst().details())
        .containsEntry("position", 2L)
        .containsEntry(
            "running",
            List.of(
                Map.of("workflow_id", "queue", "workflow_instance_id", 1L, "workflow_run_id", 1L)));
    DATABASE
        .jdbc()
        .sql("UPDATE workflow SET pause_time = 5, paused_by = 'eve' WHERE workflow_id = 'queue'")
        .update();
    assertThat(why.run(ADA, "queue", 2, null).reasons().getFirst())
        .satisfies(reason -> {
          assertThat(reason.code()).isEqualTo(Code.WORKFLOW_PAUSED);
          assertThat(reason.details()).containsEntry("paused_by", "eve");
        });
    assertThat(why.step(ADA, "queue", 3, null, "a").reasons())
        .extracting(Why.Reason::code)
        .containsExactly(Code.RUN_NOT_STARTED, Code.WORKFLOW_PAUSED, Code.QUEUED_BY_RUN_STRATEGY);
  }

  @Test
  void aStrictSequenceNamesTheFailureThatBlocksIt() {
    runs.keep(
        workflow("strict", noop("a")),
        "ada",
        2,
        "{\"owner\":\"ada\",\"run_strategy\":{\"rule\":\"STRICT_SEQUENTIAL\"}}");
    runs.keep(row(key("strict", 1, 1), RunStatus.FAILED));
    runs.keep(row(key("strict", 2, 1), RunStatus.CREATED));
    assertThat(why.run(ADA, "strict", 2, null).reasons())
        .extracting(Why.Reason::code)
        .containsExactly(Code.BLOCKED_BY_FAILED_INSTANCE, Code.QUEUED_BY_RUN_STRATEGY);
  }

  @Test
  void aLiveRunSaysWhatItsStepsWaitFor() {
    runs.keep(
        workflow("live", noop("a", "z"), subworkflow("b", "z"), noop("z")), "ada", 1, SEQUENTIAL);
    runs.keep(workflow("held", noop("s")), "ada", 1, SEQUENTIAL);
    var run = key("live", 1, 1);
    runs.keep(row(run, RunStatus.IN_PROGRESS));
    runs.keep(row(key("held", 1, 1), RunStatus.IN_PROGRESS));
    runs.keep(run, live("a", 1, new StepState.Paused()));
    runs.keep(run, live("b", 2, RUNNING).withArtifacts(started(key("held", 1, 1))));
    runs.keep(key("held", 1, 1), live("s", 1, new StepState.AwaitingPermits()));
    DATABASE.jdbc().sql("INSERT INTO step_breakpoint VALUES ('live', 'a', 'eve', 7)").update();
    var answer = why.run(ADA, "live", 1, null);
    assertThat(answer.running()).isFalse();
    assertThat(answer.reasons())
        .extracting(Why.Reason::code)
        .containsExactlyInAnyOrder(Code.AT_BREAKPOINT, Code.WAITING_FOR_CHILD_RUN);
    assertThat(tree(answer).get("reasons").toString())
        .contains("set_by=eve", "WAITING_FOR_PERMITS");
    assertThat(why.step(ADA, "live", 1, null, "z").reasons().getFirst().code())
        .isEqualTo(Code.NOT_REACHED_YET);
    assertThatThrownBy(() -> why.step(ADA, "live", 1, null, "nothing"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("no-such-step");
  }

  @Test
  void aRunThatProcessesEndedAtSaysThatItIsTriedLater() {
    runs.keep(workflow("deadly", noop("a")), "ada", 1, SEQUENTIAL);
    runs.keep(row(key("deadly", 1, 1), RunStatus.IN_PROGRESS));
    runs.keep(key("deadly", 1, 1), live("a", 1, RUNNING));
    var before = why.run(ADA, "deadly", 1, null);
    assertThat(before.reasons().getFirst().code()).isEqualTo(Code.JOB_RUNNING);
    var shard = store.run("deadly", 1, null).orElseThrow().shard();
    DATABASE
        .jdbc()
        .sql("INSERT INTO run_suspect VALUES (?, 'deadly', 1, 1, false, 2, 4)")
        .param(shard)
        .update();
    var reason = why.run(ADA, "deadly", 1, null).reasons().getFirst();
    assertThat(reason.code()).isEqualTo(Code.SET_ASIDE);
    assertThat(reason.message()).contains("2 processes ended").contains("maestro.careful-for");
    assertThat(reason.details()).containsEntry("ended_processes", 2L);
  }

  @Test
  void aRunThatTheEngineSetAsideSaysWhy() {
    runs.keep(workflow("broken", noop("a"), noop("b")), "ada", 2, SEQUENTIAL);
    runs.keep(
        StoredRuns.with(
            row(key("broken", 1, 1), RunStatus.PAUSED),
            new RunRow.Progress(List.of(), null, "it fell over", null, Map.of())));
    runs.keep(row(key("broken", 2, 1), RunStatus.STOPPED));
    assertThat(why.run(ADA, "broken", 1, null).reasons().getFirst().details())
        .containsEntry("because", "it fell over");
    assertThat(why.run(ADA, "broken", 2, null).reasons().getFirst().code()).isEqualTo(Code.ENDED);
    assertThat(why.step(ADA, "broken", 2, null, "b").reasons().getFirst().code())
        .isEqualTo(Code.NEVER_REACHED);
  }

  @Test
  void aFailedRunNamesTheStepsThatFailed() {
    runs.keep(workflow("failed", noop("a"), noop("b")), "ada", 1, SEQUENTIAL);
    runs.keep(row(key("failed", 1, 1), RunStatus.FAILED));
    runs.keep(key("failed", 1, 1), ended("a", 2, 1, StepStatus.FATALLY_FAILED));
    runs.keep(key("failed", 1, 1), ended("b", 1, 2, StepStatus.SUCCEEDED));
    assertThat(why.run(ADA, "failed", 1, null).reasons().getFirst().details())
        .containsEntry(
            "failed_steps",
            List.of(
                Map.of(
                    "step_id",
                    "a",
                    "step_attempt_id",
                    2L,
                    "status",
                    StepStatus.FATALLY_FAILED,
                    "because",
                    "said")));
  }

  // ------------------------------------------------------------------ counts, purge

  @Test
  void instancesAreCountedByTheirLatestRuns() {
    runs.keep(workflow("count", noop("a")), "ada", 4, SEQUENTIAL);
    runs.keep(row(key("count", 1, 1), RunStatus.FAILED));
    runs.keep(row(key("count", 2, 1), RunStatus.FAILED));
    runs.keep(row(key("count", 2, 2), RunStatus.SUCCEEDED));
    runs.keep(row(key("count", 3, 1), RunStatus.IN_PROGRESS));
    runs.keep(row(key("count", 4, 1), RunStatus.CREATED));
    assertThat(new StoredCounts(store).of("count"))
        .isEqualTo(new InstanceCounts.Counts(1, 1, 0, 1));
    assertThat(new StoredCounts(store).of("nothing")).isEqualTo(InstanceCounts.Counts.NONE);
  }

  @Test
  void aPurgeEndsWhatLivesAndThenRemovesEverythingInBatches() {
    var sent = new ArrayList<RunCommand>();
    var commands =
        new RunCommands() {
          @Override
          public void send(RunCommand command) {
            sent.add(command);
          }

          @Override
          public void tell(RunCommand command) {
            sent.add(command);
          }

          @Override
          public Runnable within(List<RunCommand> sent, List<RunCommand> told) {
            throw new UnsupportedOperationException("nothing is started here");
          }
        };
    var breakpoints = new ArrayList<>(List.of("one"));
    var forgotten = new ArrayList<String>();
    var purge =
        new StoredPurge(
            transactions,
            new PurgeStore(DATABASE.jdbc()),
            commands,
            _ -> breakpoints.isEmpty() ? 0 : breakpoints.remove(0).length(),
            forgotten::add);
    runs.keep(row(key("purge", 1, 1), RunStatus.IN_PROGRESS));
    runs.keep(
        StoredRuns.with(
            row(key("purge", 2, 1), RunStatus.IN_PROGRESS),
            new RunRow.Progress(List.of(), RunStatus.STOPPED, null, null, Map.of())));
    runs.keep(row(key("purge", 3, 1), RunStatus.SUCCEEDED));
    for (long instance = 1; instance <= 3; instance++) {
      runs.keep(key("purge", instance, 1), ended("a", 1, 1, StepStatus.SUCCEEDED));
    }
    runs.keep(row(key("other", 1, 1), RunStatus.SUCCEEDED));
    assertThat(purge.purge("purge", 2)).isEqualTo(2);
    assertThat(sent).extracting(RunCommand::run).containsExactly(key("purge", 1, 1));
    DATABASE
        .jdbc()
        .sql("UPDATE workflow_run SET status = 'STOPPED' WHERE workflow_id = 'purge'")
        .update();
    var removed = new ArrayList<Long>();
    for (long rows = purge.purge("purge", 2); rows > 0; rows = purge.purge("purge", 2)) {
      removed.add(rows);
    }
    assertThat(removed).containsExactly(2L, 1L, 2L, 1L, 3L);
    assertThat(forgotten).hasSize(3).doesNotHaveDuplicates();
    assertThat(store.run("purge", 1, null)).isEmpty();
    assertThat(store.run("other", 1, null)).isPresent();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> tree(Object view) {
    var mapper = StrictJson.mapper();
    return mapper.readValue(mapper.writeValueAsString(view), Map.class);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> tree, String... names) {
    var value = tree;
    for (var name : names) {
      value = (Map<String, Object>) value.get(name);
    }
    return value;
  }
}

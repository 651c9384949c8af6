package org.maestro.engine.run.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.engine.run.ChildArtifact;
import org.maestro.engine.run.RunFacts;
import org.maestro.engine.run.RunJson;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunRow;
import org.maestro.engine.step.RetryCounts;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.StepTimes;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.Transition;
import org.maestro.model.definition.Workflow;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamType;
import org.maestro.model.start.Initiator;
import org.maestro.model.start.RestartPolicy;
import org.maestro.param.InstanceFacts;
import org.maestro.service.json.StrictJson;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs as the engine keeps them, for tests of those who read them. */
public final class StoredRuns {
  public static final long NOON = 1_800_000_000_000L;
  private static final long INTERNAL_ID = 10_001;

  private final JdbcClient jdbc;
  private final RunJson json = new RunJson();

  public StoredRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  // ------------------------------------------------------------------ definitions

  public static Workflow workflow(String id, Step... steps) {
    return new Workflow(
        id,
        null,
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        null,
        null,
        Map.of(),
        List.of(steps));
  }

  public static Step noop(String id, String... successors) {
    return new Step.Typed(common(id, successors), "NoOp", null, null, null);
  }

  public static Step subworkflow(String id, String... successors) {
    return new Step.Subworkflow(common(id, successors), true, false);
  }

  /** Successors are {@code step} or {@code step?condition}. */
  private static Step.Common common(String id, String... successors) {
    var edges = new LinkedHashMap<String, String>();
    for (var successor : successors) {
      var parts = successor.split("\\?", 2);
      edges.put(parts[0], parts.length == 1 ? "true" : parts[1]);
    }
    return new Step.Common(
        id,
        null,
        null,
        new Transition(List.of(), edges),
        null,
        List.of(),
        null,
        List.of(),
        List.of(),
        Map.of());
  }

  /** Keeps a workflow with one version. */
  public void keep(Workflow workflow, String owner, long latestInstanceId, String properties) {
    jdbc.sql(
            """
            INSERT INTO workflow (workflow_id, internal_id, revision, owner, latest_version_id,
              active_version_id, latest_instance_id, properties_time, create_time, modify_time)
            VALUES (:id, :internalId, 1, :owner, 1, 1, :latest, 1, 1, 1)
            """)
        .param("id", workflow.id())
        .param("internalId", internalId(workflow.id()))
        .param("owner", owner)
        .param("latest", latestInstanceId)
        .update();
    jdbc.sql(
            """
            INSERT INTO workflow_properties (workflow_id, create_time, author, properties)
            VALUES (:id, 1, :owner, :properties)
            """)
        .param("id", workflow.id())
        .param("owner", owner)
        .param("properties", properties)
        .update();
    jdbc.sql(
            """
            INSERT INTO workflow_version
              (workflow_id, version_id, author, create_time, definition, extra_info)
            VALUES (:id, 1, :owner, 1, :definition, '{}')
            """)
        .param("id", workflow.id())
        .param("owner", owner)
        .param(
            "definition", StrictJson.mapper().writeValueAsString(DefinitionWriter.tree(workflow)))
        .update();
  }

  private static long internalId(String workflowId) {
    return INTERNAL_ID + Math.floorMod(workflowId.hashCode(), 1_000_000);
  }

  // ------------------------------------------------------------------ runs

  public static RunKey key(String workflowId, long instanceId, long runId) {
    return new RunKey(workflowId, instanceId, runId);
  }

  public static RunRow row(RunKey key, RunStatus status) {
    return row(key, status, RestartPolicy.START_FRESH_NEW_RUN);
  }

  public static RunRow row(RunKey key, RunStatus status, RestartPolicy policy) {
    return new RunRow(
        key,
        "uuid-" + key,
        status,
        status != RunStatus.CREATED,
        status == RunStatus.FAILED,
        1,
        NOON,
        status == RunStatus.CREATED ? null : (Long) (NOON + 1),
        status.isTerminal() ? (Long) (NOON + 100) : null,
        NOON + 100,
        null,
        facts(key, policy),
        RunRow.Progress.NONE);
  }

  /** The same run, created at another time. */
  public static RunRow createdAt(long time, RunRow row) {
    return new RunRow(
        row.key(),
        row.uuid(),
        row.status(),
        row.admitted(),
        row.blocking(),
        row.versionId(),
        time,
        row.startTime(),
        row.endTime(),
        row.modifyTime(),
        row.dueAt(),
        row.facts(),
        row.progress());
  }

  private static RunFacts facts(RunKey key, RestartPolicy policy) {
    return new RunFacts(
        internalId(key.workflowId()),
        new Initiator.Manual("ada"),
        NOON,
        NOON,
        "correlation",
        policy,
        null,
        Map.of(),
        Map.of("p", Param.literal(ParamType.STRING, "x").evaluated("x", NOON)),
        Map.of(),
        List.of(),
        "ada",
        null,
        null,
        60_000,
        Map.of(),
        null,
        null,
        null);
  }

  public static RunRow with(RunRow row, RunRow.Progress progress) {
    return new RunRow(
        row.key(),
        row.uuid(),
        row.status(),
        row.admitted(),
        row.blocking(),
        row.versionId(),
        row.createTime(),
        row.startTime(),
        row.endTime(),
        row.modifyTime(),
        row.dueAt(),
        row.facts(),
        progress);
  }

  public static InstanceFacts factsOf(RunRow row) {
    return new InstanceFacts(
        row.key().workflowId(),
        row.key().instanceId(),
        row.key().runId(),
        row.facts().owner(),
        row.facts().initiator(),
        row.facts().policy(),
        null,
        row.facts().instanceTime());
  }

  public void keep(RunRow row) {
    jdbc.sql(
            """
            INSERT INTO workflow_run (workflow_id, instance_id, run_id, uuid, shard, status,
              admitted, blocking, version_id, create_time, start_time, end_time, modify_time,
              due_at, facts, progress)
            VALUES (:workflowId, :instanceId, :runId, :uuid, 3, :status, :admitted, :blocking,
              :versionId, :createTime, :startTime, :endTime, :modifyTime, :dueAt, :facts, :progress)
            """)
        .param("workflowId", row.key().workflowId())
        .param("instanceId", row.key().instanceId())
        .param("runId", row.key().runId())
        .param("uuid", row.uuid())
        .param("status", row.status().name())
        .param("admitted", row.admitted())
        .param("blocking", row.blocking())
        .param("versionId", row.versionId())
        .param("createTime", row.createTime())
        .param("startTime", row.startTime())
        .param("endTime", row.endTime())
        .param("modifyTime", row.modifyTime())
        .param("dueAt", row.dueAt())
        .param("facts", json.write(row.facts()))
        .param("progress", row.progress().isEmpty() ? null : json.write(row.progress()))
        .update();
  }

  // ------------------------------------------------------------------ attempts

  /** An attempt that has ended. */
  public static StepAttempt ended(
      String stepId, long attemptId, long seq, StepStatus status, String... taken) {
    var times = StepTimes.created(NOON).evaluated(NOON + 1).started(NOON + 2).executing(NOON + 3);
    return attempt(stepId, attemptId, seq, new StepState.Finished(status), times.finished(NOON + 9))
        .withTaken(Set.of(taken));
  }

  /** An attempt that has not ended. */
  public static StepAttempt live(String stepId, long seq, StepState state) {
    return attempt(
        stepId, 1, seq, state, StepTimes.created(NOON).evaluated(NOON + 1).started(NOON + 2));
  }

  private static StepAttempt attempt(
      String stepId, long attemptId, long seq, StepState state, StepTimes times) {
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        state,
        times,
        RetryCounts.NONE,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(TimelineEvent.info(NOON, "said")),
        null,
        List.of("db"),
        false);
  }

  /** What a step keeps of the run it started. */
  public static Map<String, Object> started(RunKey child) {
    return ChildArtifact.of(child, "child-uuid", 1);
  }

  /** What a step keeps of the run it started, once that has ended. */
  public static Map<String, Object> ended(
      RunKey child, RunStatus status, Map<String, Long> rollup) {
    return ChildArtifact.withRollup(started(child), status.name(), rollup);
  }

  public void keep(RunKey run, StepAttempt attempt) {
    jdbc.sql(
            """
            INSERT INTO step_attempt (workflow_id, instance_id, run_id, step_id, attempt_id, shard,
              seq, status, create_time, end_time, due_at, facts)
            VALUES (:workflowId, :instanceId, :runId, :stepId, :attemptId, 3, :seq, :status,
              :createTime, :endTime, :dueAt, :facts)
            """)
        .param("workflowId", run.workflowId())
        .param("instanceId", run.instanceId())
        .param("runId", run.runId())
        .param("stepId", attempt.stepId())
        .param("attemptId", attempt.attemptId())
        .param("seq", attempt.seq())
        .param("status", attempt.status().name())
        .param("createTime", attempt.times().create())
        .param("endTime", attempt.times().end())
        .param("dueAt", attempt.state().wakeAt())
        .param("facts", json.facts(attempt))
        .update();
  }
}

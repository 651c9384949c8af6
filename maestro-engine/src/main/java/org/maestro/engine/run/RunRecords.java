package org.maestro.engine.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.step.RetryCounts;
import org.maestro.engine.step.StepAttempt;
import org.maestro.engine.step.StepState;
import org.maestro.engine.step.StepTimes;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepStatus;

/** What readers of runs share with those who change them: how attempts are kept and named. */
public final class RunRecords {
  /** The key of the artifact that says which run a subworkflow step started. */
  public static final String SUBWORKFLOW = ChildArtifact.NAME;

  private RunRecords() {}

  /** An attempt from the columns of its row. */
  public static StepAttempt attempt(
      RunJson json,
      String stepId,
      long attemptId,
      long seq,
      StepStatus status,
      long createTime,
      String facts) {
    return json.attempt(stepId, attemptId, seq, status, createTime, facts);
  }

  /** An attempt that can't be read, as far as the columns of its row say. */
  public static StepAttempt unreadable(
      String stepId, long attemptId, long seq, StepStatus status, long createTime, String reason) {
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        new StepState.Finished(status),
        StepTimes.created(createTime),
        RetryCounts.NONE,
        Map.of(),
        null,
        Map.of(),
        List.of(TimelineEvent.error(createTime, "This attempt can't be read: " + reason)),
        null,
        List.of(),
        false);
  }

  /** An attempt of which a list has no room to say more than the columns of its row. */
  public static StepAttempt unread(
      String stepId, long attemptId, long seq, StepStatus status, long createTime) {
    return new StepAttempt(
        stepId,
        attemptId,
        seq,
        new StepState.Finished(status),
        StepTimes.created(createTime),
        RetryCounts.NONE,
        Map.of(),
        null,
        Map.of(),
        List.of(
            TimelineEvent.info(
                createTime,
                "Not shown here, because the list would be too long: read this step by itself")),
        null,
        List.of(),
        false);
  }

  /** The run that a step started; null if it has started none. */
  public static @Nullable RunKey child(Map<String, Object> artifacts) {
    return ChildArtifact.child(artifacts);
  }

  /** The pass that a foreach or while step runs; null if it runs none. */
  public static @Nullable LoopKey loop(Map<String, Object> artifacts) {
    return LoopArtifact.loop(artifacts);
  }

  /** The iteration that a while step has begun last; null if it is no while step or began none. */
  public static @Nullable RunKey whileIteration(Map<String, Object> artifacts) {
    var loop = LoopArtifact.loop(artifacts);
    var last = LoopArtifact.lastIteration(artifacts);
    return loop == null || last == 0 ? null : new RunKey(loop.workflowId(), last, loop.loopRun());
  }

  /** Leaf steps by status of the run that a step started; null until that run has ended. */
  public static @Nullable Map<String, Long> childRollup(Map<String, Object> artifacts) {
    var loop = LoopArtifact.rollup(artifacts);
    if (loop != null) {
      return loop;
    }
    if (!(artifacts.get(SUBWORKFLOW) instanceof Map<?, ?> artifact)
        || !(artifact.get("subworkflow_rollup") instanceof Map<?, ?> stored)) {
      return null;
    }
    var rollup = new LinkedHashMap<String, Long>();
    stored.forEach((status, count) -> rollup.put((String) status, ((Number) count).longValue()));
    return rollup;
  }
}

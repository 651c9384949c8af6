package org.maestro.engine.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.loop.Chunk;
import org.maestro.engine.loop.IndexSet;
import org.maestro.engine.loop.LoopKey;
import org.maestro.engine.loop.LoopProgress;
import org.maestro.engine.loop.RestartNode;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.instance.StepStatus;
import org.maestro.model.param.Param;

/**
 * Something that a run is asked to do or told of; handled by the loop of the run's shard. Delivered
 * at least once: every handler is idempotent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RunCommand.StartRun.class, name = "start"),
  @JsonSubTypes.Type(value = RunCommand.RecoverRun.class, name = "recover"),
  @JsonSubTypes.Type(value = RunCommand.JobReported.class, name = "report"),
  @JsonSubTypes.Type(value = RunCommand.StepTimeCame.class, name = "step-time"),
  @JsonSubTypes.Type(value = RunCommand.RunTimeCame.class, name = "run-time"),
  @JsonSubTypes.Type(value = RunCommand.SignalCame.class, name = "signal"),
  @JsonSubTypes.Type(value = RunCommand.BypassSignals.class, name = "bypass-signals"),
  @JsonSubTypes.Type(value = RunCommand.PermitsGranted.class, name = "permits"),
  @JsonSubTypes.Type(value = RunCommand.ChildStarted.class, name = "child-started"),
  @JsonSubTypes.Type(value = RunCommand.ChildEnded.class, name = "child-ended"),
  @JsonSubTypes.Type(value = RunCommand.EndRun.class, name = "end-run"),
  @JsonSubTypes.Type(value = RunCommand.EndStep.class, name = "end-step"),
  @JsonSubTypes.Type(value = RunCommand.RestartStep.class, name = "restart-step"),
  @JsonSubTypes.Type(value = RunCommand.ResumeStep.class, name = "resume-step"),
  @JsonSubTypes.Type(value = RunCommand.OrderChunk.class, name = "order-chunk"),
  @JsonSubTypes.Type(value = RunCommand.RecoverChunk.class, name = "recover-chunk"),
  @JsonSubTypes.Type(value = RunCommand.ChunkReported.class, name = "chunk-report"),
  @JsonSubTypes.Type(value = RunCommand.RestartIterations.class, name = "restart-iterations"),
})
public sealed interface RunCommand {
  RunKey run();

  /** Its run strategy lets it run. */
  record StartRun(RunKey run) implements RunCommand {}

  /** Its shard has a new owner: pick up whatever was under way. */
  record RecoverRun(RunKey run) implements RunCommand {}

  /** A runtime reports. */
  record JobReported(RunKey run, String stepId, long attemptId, StepReport report)
      implements RunCommand {}

  /** A step attempt's time has come. */
  record StepTimeCame(RunKey run, String stepId, long attemptId) implements RunCommand {}

  /** The run's time may be up. */
  record RunTimeCame(RunKey run) implements RunCommand {}

  /**
   * A signal that an attempt waits for has come.
   *
   * @param dependency which of them, numbered from 0
   * @param seqId the signal's number
   * @param params the signal's
   */
  record SignalCame(
      RunKey run,
      String stepId,
      long attemptId,
      int dependency,
      long seqId,
      Map<String, Object> params)
      implements RunCommand {}

  /** An attempt need not wait for its signals any more. */
  record BypassSignals(RunKey run, String stepId, long attemptId, @Nullable String by)
      implements RunCommand {}

  /** The permits that an attempt waited for are its own. */
  record PermitsGranted(RunKey run, String stepId, long attemptId) implements RunCommand {}

  /**
   * The run that a step started was accepted, or was refused with an error.
   *
   * @param child null if refused
   */
  record ChildStarted(
      RunKey run,
      String stepId,
      long attemptId,
      @Nullable RunKey child,
      @Nullable String childUuid,
      long childVersion,
      boolean sync,
      @Nullable String error)
      implements RunCommand {}

  /**
   * The run that a step waits for has ended.
   *
   * @param rollup leaf steps of the child's tree by status
   * @param values what a while step's iteration leaves its loop params at; null for all others
   */
  record ChildEnded(
      RunKey run,
      String stepId,
      long attemptId,
      RunKey child,
      RunStatus status,
      @Nullable Map<String, Long> rollup,
      @Nullable Map<String, Object> values)
      implements RunCommand {
    public ChildEnded(
        RunKey run,
        String stepId,
        long attemptId,
        RunKey child,
        RunStatus status,
        @Nullable Map<String, Long> rollup) {
      this(run, stepId, attemptId, child, status, rollup, null);
    }

    /** What the step has to be told that waits for a run which is stopped before it began. */
    public static List<RunCommand> neverRan(RunKey child, RunFacts facts) {
      var ancestors = facts.initiator().ancestorPath();
      if (ancestors.isEmpty() || Boolean.FALSE.equals(ancestors.getLast().sync())) {
        return List.of();
      }
      var parent = ancestors.getLast();
      return List.of(
          new ChildEnded(
              new RunKey(parent.workflowId(), parent.instanceId(), parent.runId()),
              parent.stepId(),
              parent.stepAttemptId(),
              child,
              RunStatus.STOPPED,
              null));
    }
  }

  /** A foreach step tells one of its chunks how to go on; {@code run} is the chunk's key. */
  record OrderChunk(RunKey run, LoopProgress.Order order) implements RunCommand {}

  /** A chunk's shard has a new owner: it goes on. */
  record RecoverChunk(RunKey run) implements RunCommand {}

  /** A chunk tells its foreach step how it stands. */
  record ChunkReported(
      RunKey run, String stepId, long attemptId, LoopKey loop, long chunk, Chunk.Report report)
      implements RunCommand {}

  /**
   * Iterations of a foreach step that goes on are to be run once more.
   *
   * @param which of them, numbered from 0; null for all that did not succeed
   * @param way from the one iteration downwards; empty unless a restart below it comes this way
   */
  record RestartIterations(
      RunKey run,
      String stepId,
      @Nullable IndexSet which,
      List<RestartNode> way,
      @Nullable String by)
      implements RunCommand {}

  /** The run must end as STOPPED (stop), FAILED (kill) or TIMED_OUT. */
  record EndRun(RunKey run, RunStatus as, String because, @Nullable String by)
      implements RunCommand {}

  /** The step must end as STOPPED (stop), FATALLY_FAILED (kill) or SKIPPED (skip). */
  record EndStep(RunKey run, String stepId, StepStatus as, String because, @Nullable String by)
      implements RunCommand {}

  /**
   * A failed step of a run in progress is to be tried again.
   *
   * @param way from the run that it starts downwards; empty unless a restart below comes this way
   */
  record RestartStep(
      RunKey run,
      String stepId,
      Map<String, Param> overrides,
      List<RestartNode> way,
      @Nullable String by)
      implements RunCommand {}

  /** A breakpoint lets an attempt go. */
  record ResumeStep(RunKey run, String stepId, long attemptId, @Nullable String by)
      implements RunCommand {}
}

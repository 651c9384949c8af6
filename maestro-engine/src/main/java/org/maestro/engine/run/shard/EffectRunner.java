package org.maestro.engine.run.shard;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.maestro.engine.breakpoint.Breakpoints;
import org.maestro.engine.permit.Permits;
import org.maestro.engine.run.Effect;
import org.maestro.engine.run.RunCommand;
import org.maestro.engine.run.RunCommands;
import org.maestro.engine.run.RunKey;
import org.maestro.engine.run.RunMemory;
import org.maestro.engine.run.store.RunStore;
import org.maestro.engine.step.runtime.AttemptRef;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.engine.step.runtime.StepReporter;
import org.maestro.engine.step.runtime.StepRuntime;
import org.maestro.model.definition.StepType;
import org.maestro.model.instance.RunStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out the effects of committed turns. Never blocks the shard that they come from. */
public final class EffectRunner implements Consumer<Effect>, StepReporter {
  private static final Logger log = LoggerFactory.getLogger(EffectRunner.class);

  /** Characters that no report is waited with for. */
  private static final long LONG_REPORT = 50_000;

  private final Map<StepType, StepRuntime> runtimes;
  private final Permits permits;
  private final Breakpoints breakpoints;
  private final Timers timers;
  private final Consumer<Effect.StartChild> childStarter;
  private final Consumer<Effect.AdmitNext> admission;
  private final RunStore store;
  private final RunMemory memory;
  private final RunCommands commands;
  private final Executor executor;

  /**
   * With the parts that effects act on.
   *
   * @param runtimes by the types that they run; may be filled after construction
   * @param admission hears of runs that have ended
   * @param executor runs what may block
   */
  public EffectRunner(
      Map<StepType, StepRuntime> runtimes,
      Permits permits,
      Breakpoints breakpoints,
      Timers timers,
      Consumer<Effect.StartChild> childStarter,
      Consumer<Effect.AdmitNext> admission,
      RunStore store,
      RunMemory memory,
      RunCommands commands,
      Executor executor) {
    this.runtimes = runtimes;
    this.permits = permits;
    this.breakpoints = breakpoints;
    this.timers = timers;
    this.childStarter = childStarter;
    this.admission = admission;
    this.store = store;
    this.memory = memory;
    this.commands = commands;
    this.executor = executor;
  }

  @Override
  public void accept(Effect effect) {
    switch (effect) {
      case Effect.LaunchJob(var launch) ->
          withRuntime(launch.type(), launch.attempt(), runtime -> runtime.launch(launch));
      case Effect.AttachJob(var launch, var terminate) ->
          withRuntime(
              launch.type(),
              launch.attempt(),
              runtime -> {
                runtime.attach(launch);
                if (terminate) {
                  runtime.terminate(launch.attempt());
                }
              });
      case Effect.TerminateJob(var type, var attempt) ->
          withRuntime(type, attempt, runtime -> runtime.terminate(attempt));
      case Effect.TerminateAnyJob(var attempt) ->
          Set.copyOf(runtimes.values()).forEach(runtime -> runtime.terminate(attempt));
      case Effect.StartChild start -> executor.execute(() -> childStarter.accept(start));
      case Effect.CheckChild check -> executor.execute(() -> checkUntilAnswered(check));
      case Effect.WakeStep(var run, var stepId, var attemptId, var at) ->
          timers.at(at, () -> commands.tell(new RunCommand.StepTimeCame(run, stepId, attemptId)));
      case Effect.WakeRun(var run, var at) ->
          timers.at(at, () -> commands.tell(new RunCommand.RunTimeCame(run)));
      case Effect.ReleasePermits(var holder) -> permits.release(holder);
      case Effect.TakeBackPermits(var holder) -> permits.takeBack(holder);
      case Effect.CheckBreakpoint(var run, var stepId, var attemptId) -> {
        if (!breakpoints.isSet(run.workflowId(), stepId)) {
          commands.tell(new RunCommand.ResumeStep(run, stepId, attemptId, null));
        }
      }
      case Effect.AdmitNext ended -> admission.accept(ended);
    }
  }

  private void withRuntime(StepType type, AttemptRef attempt, Consumer<StepRuntime> action) {
    var runtime = runtimes.get(type);
    if (runtime == null) {
      report(
          attempt,
          new StepReport.JobFailed(
              StepReport.Kind.FATAL,
              "steps of type " + type.label() + " can't be run by this installation",
              Map.of()));
      return;
    }
    action.accept(runtime);
  }

  private void checkUntilAnswered(Effect.CheckChild check) {
    try {
      checkChild(check);
    } catch (RuntimeException e) {
      log.warn("Whether {} has ended is asked again: {}", check.child(), e.toString());
      timers.soon(() -> executor.execute(() -> checkUntilAnswered(check)));
    }
  }

  private void checkChild(Effect.CheckChild check) {
    // A child that is not there any more will never say that it has ended.
    var standing =
        store
            .standing(check.child())
            .orElseGet(() -> new RunStore.Standing(RunStatus.FAILED, null));
    if (standing.status().isTerminal()) {
      commands.tell(
          new RunCommand.ChildEnded(
              check.parent(),
              check.stepId(),
              check.attemptId(),
              check.child(),
              standing.status(),
              standing.rollup()));
    }
  }

  /** {@inheritDoc} What is long waits until shards have taken over what was reported before. */
  @Override
  public void report(AttemptRef attempt, StepReport report) {
    if (Mailbox.sizeOf(report) > LONG_REPORT) {
      try {
        memory.awaitMailboxes();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return; // the process ends, and the next one asks again
      }
    }
    commands.tell(
        new RunCommand.JobReported(
            new RunKey(attempt.workflowId(), attempt.instanceId(), attempt.runId()),
            attempt.stepId(),
            attempt.attemptId(),
            report));
  }
}

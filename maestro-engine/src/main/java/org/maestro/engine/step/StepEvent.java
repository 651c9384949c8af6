package org.maestro.engine.step;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.instance.StepStatus;

/** Something that happened to a step attempt, or that one of its effects found out. */
public sealed interface StepEvent {

  /**
   * Its turn in the DAG has come.
   *
   * @param skipped whether somebody wants it skipped
   * @param atBreakpoint whether a breakpoint holds it up
   */
  record Due(boolean skipped, boolean atBreakpoint) implements StepEvent {}

  /** The DAG doesn't lead to it: no condition before it held. */
  record Unreached() implements StepEvent {}

  /** The breakpoint let it go. */
  record Resumed() implements StepEvent {}

  /** All its signals have come, or it need not wait for them. */
  record SignalsCame() implements StepEvent {}

  /** Its params have values. */
  record Evaluated() implements StepEvent {}

  /** What it says can't be evaluated; its timeline says why. */
  record NotEvaluable() implements StepEvent {}

  /** Its permits are its own now, or it needs none. */
  record PermitsGranted() implements StepEvent {}

  /** The runtime said something. */
  record Reported(StepReport report) implements StepEvent {}

  /** The run or the loop that it started has ended. */
  record ChildEnded(StepStatus as, String message) implements StepEvent {}

  /** What follows its end is known. */
  record Concluded() implements StepEvent {}

  /** The time of its {@link StepState#wakeAt()} has come. */
  record TimeCame() implements StepEvent {}

  /** Its shard changed hands: whatever it waits for has to be found again. */
  record Recovered() implements StepEvent {}

  /** Its run is told to end once more. */
  record Reminded() implements StepEvent {}

  /**
   * Somebody or something wants it ended: STOPPED (stop), FATALLY_FAILED (kill), SKIPPED (skip) or
   * TIMED_OUT (the run's time is up).
   */
  record EndRequested(StepStatus as, String because, @Nullable String by) implements StepEvent {}
}

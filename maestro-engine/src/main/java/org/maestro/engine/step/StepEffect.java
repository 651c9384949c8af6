package org.maestro.engine.step;

import org.maestro.model.instance.StepStatus;

/**
 * What has to happen besides the change of state: data, which {@link StepLifecycle} decides on and
 * others perform. Some find something out, which is the attempt's next event; nothing happens
 * outside before the commit, but for permits, which are given back if it fails.
 */
public sealed interface StepEffect {

  /** What finds nothing out. */
  sealed interface Plain extends StepEffect {}

  /** Ask whether the breakpoint is still there: it may have gone in the meantime. */
  record CheckBreakpoint() implements Plain {}

  /** Find out which signals it waits for, and wait for those that have not come. */
  record AskSignals() implements StepEffect {}

  /** Nobody waits for its signals any more. */
  record ForgetSignals() implements Plain {}

  /** Evaluate its params. */
  record Evaluate() implements StepEffect {}

  /** Take the permits that it needs, or queue for them. */
  record AskPermits() implements StepEffect {}

  /** Take the permits that it queued for when its shard changed hands. */
  record AskPermitsAgain() implements StepEffect {}

  /** The permits were its own when its shard changed hands. */
  record RestorePermits() implements Plain {}

  /** Let its permits go. */
  record ReleasePermits() implements Plain {}

  /** Order the job, the child run or the loop. */
  record Launch() implements StepEffect {}

  /**
   * Find what it runs again after its shard changed hands, or order it if that never came to pass.
   *
   * @param toEnd whether it was told to end
   */
  record Attach(boolean toEnd) implements StepEffect {}

  /** Tell the job, the child run or the iterations to end. */
  record Terminate() implements StepEffect {}

  /**
   * Look again then.
   *
   * @param at in epoch milliseconds
   */
  record SetTimer(long at) implements Plain {}

  /** Announce its signals if it succeeded, and see which conditions of its successors hold. */
  record Conclude(StepStatus as) implements StepEffect {}

  /** Tell the run how the step has ended. */
  record AdvanceRun() implements Plain {}

  /** Make the next attempt, now; it counts so many retries. */
  record NextAttempt(RetryCounts retries) implements StepEffect {}
}

package org.maestro.engine.step;

import org.jspecify.annotations.Nullable;
import org.maestro.engine.step.runtime.StepReport;
import org.maestro.model.instance.StepStatus;

/** Something that happened to a step attempt. */
public sealed interface StepEvent {

  /** The breakpoint let it go. */
  record Resumed() implements StepEvent {}

  /** All its signals have come, or it need not wait for them. */
  record SignalsCame() implements StepEvent {}

  /** Its tags' permits are its own now. */
  record PermitsGranted() implements StepEvent {}

  /** The runtime said something. */
  record Reported(StepReport report) implements StepEvent {}

  /** The run that it started has ended. */
  record ChildEnded(StepStatus as, String message) implements StepEvent {}

  /** The time of its {@link StepState#wakeAt()} has come. */
  record TimeCame() implements StepEvent {}

  /**
   * Somebody or something wants it ended: STOPPED (stop), FATALLY_FAILED (kill), SKIPPED (skip) or
   * TIMED_OUT (the run's time is up).
   */
  record EndRequested(StepStatus as, String because, @Nullable String by) implements StepEvent {}
}

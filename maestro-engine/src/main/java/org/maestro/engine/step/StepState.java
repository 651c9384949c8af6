package org.maestro.engine.step;

import org.jspecify.annotations.Nullable;
import org.maestro.model.instance.StepStatus;

/**
 * Where one attempt of one step stands. Each state carries only the facts that hold in it; those
 * that have nothing to wait for ({@link Passing}) are passed within a turn, never kept, and leave
 * their time only.
 */
public sealed interface StepState {

  /** The name of this state in rows and answers. */
  StepStatus status();

  /** When the attempt has to be looked at again, in epoch milliseconds; null for never. */
  default @Nullable Long wakeAt() {
    return null;
  }

  /** What no attempt is ever kept in. */
  sealed interface Passing extends StepState {}

  /** Nothing about it has been decided. */
  record Created() implements Passing {
    @Override
    public StepStatus status() {
      return StepStatus.CREATED;
    }
  }

  /** Its params are evaluated. */
  record Evaluating() implements Passing {
    @Override
    public StepStatus status() {
      return StepStatus.EVALUATING_PARAMS;
    }
  }

  /** It ends as {@code as}, if what follows from that can be evaluated. */
  record Finishing(StepStatus as) implements Passing {
    @Override
    public StepStatus status() {
      return StepStatus.FINISHING;
    }
  }

  /** Stands at a breakpoint. */
  record Paused() implements StepState {
    @Override
    public StepStatus status() {
      return StepStatus.PAUSED;
    }
  }

  /** Waits for the signals that its step depends on. */
  record AwaitingSignals() implements StepState {
    @Override
    public StepStatus status() {
      return StepStatus.WAITING_FOR_SIGNALS;
    }
  }

  /** Queues for its tags' permits. */
  record AwaitingPermits() implements StepState {
    @Override
    public StepStatus status() {
      return StepStatus.WAITING_FOR_PERMITS;
    }
  }

  /** The job has been ordered; it may or may not run yet. */
  record Starting(long timeoutAt) implements StepState {
    @Override
    public StepStatus status() {
      return StepStatus.STARTING;
    }

    @Override
    public Long wakeAt() {
      return timeoutAt;
    }
  }

  /** The job runs; {@code doneAt} for a step that only waits. */
  record Running(long timeoutAt, @Nullable Long doneAt) implements StepState {
    @Override
    public StepStatus status() {
      return StepStatus.RUNNING;
    }

    @Override
    public Long wakeAt() {
      return doneAt == null ? timeoutAt : Math.min(doneAt, timeoutAt);
    }
  }

  /** The job was told to end; once it has, the attempt ends as {@code as}. */
  record Ending(StepStatus as, String because) implements StepState {
    @Override
    public StepStatus status() {
      return StepStatus.RUNNING;
    }
  }

  /** Failed; the next attempt starts at {@code at}. */
  record AwaitingRetry(StepStatus failed, long at) implements StepState {
    @Override
    public StepStatus status() {
      return failed;
    }

    @Override
    public Long wakeAt() {
      return at;
    }
  }

  /** Ended. {@code as} is a terminal status; a retriable one has been answered by an attempt. */
  record Finished(StepStatus as) implements StepState {
    @Override
    public StepStatus status() {
      return as;
    }
  }
}

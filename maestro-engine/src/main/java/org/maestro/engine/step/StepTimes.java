package org.maestro.engine.step;

import org.jspecify.annotations.Nullable;

/** When an attempt reached each state, in epoch milliseconds; null if it never did. */
public record StepTimes(
    long create,
    @Nullable Long initialize,
    @Nullable Long pause,
    @Nullable Long waitSignal,
    @Nullable Long evaluate,
    @Nullable Long waitPermit,
    @Nullable Long start,
    @Nullable Long execute,
    @Nullable Long finish,
    @Nullable Long end) {

  public static StepTimes created(long at) {
    return new StepTimes(at, at, null, null, null, null, null, null, null, null);
  }

  public StepTimes paused(long at) {
    return new StepTimes(
        create, initialize, at, waitSignal, evaluate, waitPermit, start, execute, finish, end);
  }

  public StepTimes awaitingSignals(long at) {
    return new StepTimes(
        create, initialize, pause, at, evaluate, waitPermit, start, execute, finish, end);
  }

  /** Past signals (nothing to wait for) and evaluation. */
  public StepTimes evaluated(long at) {
    return new StepTimes(
        create,
        initialize,
        pause,
        waitSignal == null ? at : waitSignal,
        at,
        at,
        start,
        execute,
        finish,
        end);
  }

  public StepTimes started(long at) {
    return new StepTimes(
        create, initialize, pause, waitSignal, evaluate, waitPermit, at, execute, finish, end);
  }

  public StepTimes executing(long at) {
    return new StepTimes(
        create, initialize, pause, waitSignal, evaluate, waitPermit, start, at, finish, end);
  }

  /** Finished by the job itself, so it passed through running and finishing. */
  public StepTimes finished(long at) {
    return new StepTimes(
        create,
        initialize,
        pause,
        waitSignal,
        evaluate,
        waitPermit,
        start,
        execute == null ? at : execute,
        at,
        at);
  }

  public StepTimes ended(long at) {
    return new StepTimes(
        create, initialize, pause, waitSignal, evaluate, waitPermit, start, execute, finish, at);
  }
}

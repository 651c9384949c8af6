package org.maestro.engine.run.turn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.StatusChange;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.instance.StepStatus;

/** The statuses that an attempt passed through, read off its times. */
final class Passage {
  private Passage() {}

  static List<StatusChange.Passed> of(StepStatus from, StepAttempt attempt) {
    var times = attempt.times();
    var passed = new ArrayList<StatusChange.Passed>();
    var last = from;
    last = step(passed, last, StepStatus.CREATED, times.create());
    last = step(passed, last, StepStatus.INITIALIZED, times.initialize());
    last = step(passed, last, StepStatus.PAUSED, times.pause());
    last = step(passed, last, StepStatus.WAITING_FOR_SIGNALS, times.waitSignal());
    last = step(passed, last, StepStatus.EVALUATING_PARAMS, times.evaluate());
    last = step(passed, last, StepStatus.WAITING_FOR_PERMITS, times.waitPermit());
    last = step(passed, last, StepStatus.STARTING, times.start());
    last = step(passed, last, StepStatus.RUNNING, times.execute());
    last = step(passed, last, StepStatus.FINISHING, times.finish());
    if (attempt.status() != last) {
      var end = times.end();
      passed.add(
          new StatusChange.Passed(
              last.name(), attempt.status().name(), end == null ? times.create() : end));
    }
    return passed;
  }

  private static StepStatus step(
      List<StatusChange.Passed> passed, StepStatus last, StepStatus next, @Nullable Long at) {
    if (at == null || next.compareTo(last) <= 0) {
      return last;
    }
    passed.add(new StatusChange.Passed(last.name(), next.name(), at));
    return next;
  }
}

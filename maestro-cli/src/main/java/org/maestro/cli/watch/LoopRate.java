package org.maestro.cli.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.watch.RunState.Loop;

/**
 * How fast loops go on, over the last half minute. Says nothing until enough iterations have ended
 * to support a number.
 */
final class LoopRate {
  private static final long WINDOW_MILLIS = 30_000;
  private static final long LEAST_MILLIS = 1_000;
  private static final long LEAST_ENDED = 5;

  private final Map<String, Deque<Sample>> samples = new HashMap<>();

  private record Sample(long at, long ended) {}

  /** Takes in how a run stands. */
  void see(RunState state) {
    for (var step : state.steps()) {
      if (step.loop() != null) {
        var ofStep = samples.computeIfAbsent(step.id(), _ -> new ArrayDeque<>());
        ofStep.addLast(new Sample(state.seenAt(), step.loop().ended()));
        while (ofStep.size() > 2 && ofStep.getFirst().at < state.seenAt() - WINDOW_MILLIS) {
          ofStep.removeFirst();
        }
      }
    }
  }

  /** Iterations per second; null if nothing can be said. */
  @Nullable Double perSecond(String stepId) {
    var ofStep = samples.get(stepId);
    if (ofStep == null || ofStep.size() < 2) {
      return null;
    }
    var millis = ofStep.getLast().at - ofStep.getFirst().at;
    var ended = ofStep.getLast().ended - ofStep.getFirst().ended;
    return millis < LEAST_MILLIS || ended < LEAST_ENDED ? null : ended * 1_000.0 / millis;
  }

  /** Milliseconds until the end at this pace; null if nothing can be said. */
  @Nullable Long remainingMillis(String stepId, Loop loop) {
    var rate = perSecond(stepId);
    return rate == null || loop.total() == null
        ? null
        : (Long) Math.round((loop.total() - loop.ended()) * 1_000 / rate);
  }
}

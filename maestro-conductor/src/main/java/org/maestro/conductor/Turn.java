package org.maestro.conductor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do now. Over the life of a machine a step is listed at most once in {@code due} or {@code
 * unsatisfied}, and {@code ended} is set exactly once.
 *
 * @param due steps to start now, in the order of the graph; they are in flight from here on
 * @param unsatisfied steps that became UNSATISFIED in this turn, predecessors before successors;
 *     they have ended, so {@link RunMachine#finish} isn't called for them
 * @param toStop steps in flight that must be stopped; they stay in flight until they are finished
 * @param ended how the run ended, in the turn in which nothing is in flight and nothing is due any
 *     more
 */
public record Turn(
    List<String> due, List<String> unsatisfied, List<String> toStop, @Nullable RunResult ended) {

  private static final Turn NOTHING = new Turn(List.of(), List.of(), List.of(), null);

  public Turn {
    due = List.copyOf(due);
    unsatisfied = List.copyOf(unsatisfied);
    toStop = List.copyOf(toStop);
  }

  /** Nothing to do. */
  public static Turn nothing() {
    return NOTHING;
  }
}

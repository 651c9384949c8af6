package org.maestro.engine.step;

import java.util.List;

/** The answer to an event. */
public sealed interface Decision {

  /**
   * Change the state and do these.
   *
   * @param say goes to the timeline unless empty
   * @param isWarning whether it says so as a warning
   */
  record Move(StepState to, List<StepEffect> effects, String say, boolean isWarning)
      implements Decision {
    public Move {
      effects = List.copyOf(effects);
    }

    /** The same, and the timeline says why. */
    Move saying(String text) {
      return new Move(to, effects, text, false);
    }

    /** The same, and the timeline warns of it. */
    Move warning(String text) {
      return new Move(to, effects, text, true);
    }
  }

  /** Do these; nothing about the attempt changes. */
  record Act(List<StepEffect> effects) implements Decision {
    public Act {
      effects = List.copyOf(effects);
    }
  }

  /** The same state with news from the job: only its artifacts change. */
  record Note() implements Decision {}

  /** A duplicate or late event: normal, without effect. */
  record Ignore(String because) implements Decision {}

  static Move move(StepState to, StepEffect... effects) {
    return new Move(to, List.of(effects), "", false);
  }

  static Decision ignore(String because) {
    return new Ignore(because);
  }
}

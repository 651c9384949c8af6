package org.maestro.engine.step;

import java.util.List;
import org.maestro.engine.step.runtime.StepReport;

/** The answer to an event. */
public sealed interface Decision {

  /** Change the state and do these; {@code say} goes to the timeline unless empty. */
  record Move(StepState to, List<StepEffect> effects, String say) implements Decision {}

  /** The same state with news from the job: only its artifacts change. */
  record Note(StepReport report) implements Decision {}

  /** A duplicate or late event: normal, without effect. */
  record Ignore(String because) implements Decision {}

  static Decision move(StepState to, String say, StepEffect... effects) {
    return new Move(to, List.of(effects), say);
  }

  static Decision ignore(String because) {
    return new Ignore(because);
  }
}

package org.maestro.model.definition;

import java.util.Locale;
import org.maestro.model.instance.RunStatus;

/** When steps of a workflow run that run after the outcome of a run is known. */
public enum HandlerKind {
  /** It has failed, was killed or timed out. */
  ON_FAILURE,
  /** It has succeeded. */
  ON_SUCCESS,
  /** It has ended, however it did. */
  ON_END;

  /** The field of a definition, such as {@code on_failure}. */
  public String field() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its steps run after a run that ended so. */
  public boolean runsAfter(RunStatus status) {
    return switch (this) {
      case ON_FAILURE -> status == RunStatus.FAILED || status == RunStatus.TIMED_OUT;
      case ON_SUCCESS -> status == RunStatus.SUCCEEDED;
      case ON_END -> status.isTerminal();
    };
  }
}

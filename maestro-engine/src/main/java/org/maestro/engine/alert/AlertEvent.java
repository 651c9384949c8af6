package org.maestro.engine.alert;

import org.maestro.model.instance.RunStatus;

/** What somebody can be told about a run. */
public enum AlertEvent {
  /** It failed, was killed or stopped after it had begun, or timed out. */
  FAILURE("STEP_FAILURE", "run.failed"),
  /** It succeeded. */
  SUCCESS("RUN_SUCCESS", "run.succeeded"),
  /** It was not complete at the time that its workflow promises. */
  LATE("TCT_VIOLATION", "run.late");

  private final String type;
  private final String label;

  AlertEvent(String type, String label) {
    this.type = type;
    this.label = label;
  }

  /** Its name among the {@code type_configs} of the alerting property. */
  public String type() {
    return type;
  }

  /** Its name in messages: the type of a webhook's body. */
  public String label() {
    return label;
  }

  /**
   * What the end of a run that had begun is.
   *
   * @throws IllegalArgumentException if no run ends so
   */
  public static AlertEvent ofEnd(RunStatus as) {
    return switch (as) {
      case SUCCEEDED -> SUCCESS;
      case FAILED, STOPPED, TIMED_OUT -> FAILURE;
      case CREATED, IN_PROGRESS, PAUSED ->
          throw new IllegalArgumentException("expected a status that a run ends with, found " + as);
    };
  }
}

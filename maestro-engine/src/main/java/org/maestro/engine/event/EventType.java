package org.maestro.engine.event;

/** What is published, as the last part of a CloudEvents type behind {@code org.maestro.}. */
public enum EventType {
  /** A run has come to another status. */
  RUN_STATUS("workflow-instance-status-change"),
  /** A step attempt has come to another status. */
  STEP_STATUS("step-instance-status-change"),
  /** A version was pushed. */
  VERSION("workflow-version-change"),
  /** Another version is the active one. */
  ACTIVATION("workflow-activation-change"),
  /** No version is active any more. */
  DEACTIVATION("workflow-deactivation-change"),
  /** What belongs to all versions has changed. */
  PROPERTIES("workflow-properties-change"),
  /** The workflow was paused. */
  PAUSED("workflow-paused-change"),
  /** The workflow goes on. */
  RESUMED("workflow-resumed-change"),
  /** The workflow is gone. */
  DELETED("workflow-deleted-change");

  /** Before every type. */
  public static final String PREFIX = "org.maestro.";

  private final String label;

  EventType(String label) {
    this.label = label;
  }

  /** The last part of the CloudEvents type. */
  public String label() {
    return label;
  }
}

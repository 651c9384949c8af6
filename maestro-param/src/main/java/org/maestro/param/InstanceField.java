package org.maestro.param;

import java.util.Arrays;
import org.maestro.sel.SelException;

/** What {@code params.getFromInstance} knows of this instance. */
public enum InstanceField {
  /** The zone of the time trigger that started it; null if none did. */
  INITIATOR_TIMEZONE("INITIATOR_TIMEZONE"),
  /** What started it, such as {@code MANUAL}, {@code TIME} or {@code SIGNAL}. */
  INITIATOR_TYPE("INITIATOR_TYPE"),
  /** Who started it; null if nobody did. */
  INITIATOR_RUNNER_NAME("INITIATOR_RUNNER_NAME"),
  /** Which steps this run is about: a restart policy. */
  RUN_POLICY("RUN_POLICY"),
  /** The workflow's owner. */
  OWNER("owner"),
  /** The zone of the definition's first time trigger; null if it has none. */
  FIRST_TIME_TRIGGER_TIMEZONE("FIRST_TIME_TRIGGER_TIMEZONE"),
  /** The workflow's id. */
  WORKFLOW_ID("workflow_id"),
  /** The instance's number. */
  WORKFLOW_INSTANCE_ID("workflow_instance_id"),
  /** The run's number, from 1. */
  WORKFLOW_RUN_ID("workflow_run_id");

  private final String label;

  InstanceField(String label) {
    this.label = label;
  }

  /** As expressions write it. */
  public String label() {
    return label;
  }

  /**
   * The field of a name.
   *
   * @throws SelException if there is none
   */
  static InstanceField of(String name) {
    return Arrays.stream(values())
        .filter(one -> one.label.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new SelException("there is no field " + name + " of a workflow instance"));
  }
}

package org.maestro.param;

import java.util.Arrays;
import org.maestro.sel.SelException;

/** What {@code params.getFromStep} knows of this step's attempt. */
public enum StepField {
  /** Its id in the definition. */
  STEP_ID("step_id"),
  /** Its number in this run. */
  STEP_INSTANCE_ID("step_instance_id"),
  /** An id that no other attempt has. */
  STEP_INSTANCE_UUID("step_instance_uuid"),
  /** Which attempt it is, from 1. */
  STEP_ATTEMPT_ID("step_attempt_id"),
  /** Its type, with its sub-type behind a colon. */
  STEP_TYPE_INFO("step_type_info"),
  /** How often it has been tried again after its own errors. */
  MAESTRO_STEP_ERROR_RETRIES("MAESTRO_STEP_ERROR_RETRIES");

  private final String label;

  StepField(String label) {
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
  static StepField of(String name) {
    return Arrays.stream(values())
        .filter(one -> one.label.equals(name))
        .findFirst()
        .orElseThrow(() -> new SelException("there is no field " + name + " of a step attempt"));
  }
}

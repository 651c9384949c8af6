package org.maestro.model.start;

/** Which steps a run executes. */
public enum RestartPolicy {
  /** The first run of an instance. */
  START_FRESH_NEW_RUN,
  /** Steps that are not complete, and whatever follows them. */
  RESTART_FROM_INCOMPLETE,
  /** The whole DAG. */
  RESTART_FROM_BEGINNING,
  /** One step and whatever follows it. */
  RESTART_FROM_SPECIFIC,
  /** A fresh run over a chosen part of the DAG. */
  START_CUSTOMIZED_RUN,
  /** Another run over a chosen part of the DAG. */
  RESTART_CUSTOMIZED_RUN
}

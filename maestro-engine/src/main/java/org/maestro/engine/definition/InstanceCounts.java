package org.maestro.engine.definition;

/** What is known of a workflow's instances by those who run them. */
public interface InstanceCounts {

  /** How many instances there are by status; may read the database, inside a transaction or not. */
  Counts of(String workflowId);

  /**
   * Live instances and those that failed.
   *
   * @param failed instances whose latest run is FAILED
   */
  record Counts(long created, long inProgress, long paused, long failed) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);

    public long nonTerminal() {
      return created + inProgress + paused;
    }
  }
}

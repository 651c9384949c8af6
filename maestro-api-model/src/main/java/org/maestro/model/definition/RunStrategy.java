package org.maestro.model.definition;

import org.jspecify.annotations.Nullable;

/**
 * Which instances of a workflow may run at the same time.
 *
 * @param workflowConcurrency null means the rule's default: 20 for PARALLEL, 1 otherwise
 */
public record RunStrategy(Rule rule, @Nullable Long workflowConcurrency) {
  public static final RunStrategy DEFAULT = new RunStrategy(Rule.SEQUENTIAL, null);

  /** The rules of admission. */
  public enum Rule {
    /** One at a time, in the order of their starts; a failed one holds back nothing. */
    SEQUENTIAL,
    /**
     * One at a time, and none begins behind one that has failed until that is mended or unblocked.
     */
    STRICT_SEQUENTIAL,
    /** While one runs, a new start is refused: its instance is born STOPPED. */
    FIRST_ONLY,
    /** A new start stops the one that runs and takes its place. */
    LAST_ONLY,
    /** Several at a time. */
    PARALLEL,
    /** One at a time; of those that wait only the latest remains, the others are stopped. */
    SERIAL_LATEST_ONLY
  }

  /** How many instances run at the same time at most. */
  public long concurrency() {
    if (workflowConcurrency != null) {
      return workflowConcurrency;
    }
    return rule == Rule.PARALLEL ? 20 : 1;
  }
}

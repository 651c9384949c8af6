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
    SEQUENTIAL,
    STRICT_SEQUENTIAL,
    FIRST_ONLY,
    LAST_ONLY,
    PARALLEL,
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

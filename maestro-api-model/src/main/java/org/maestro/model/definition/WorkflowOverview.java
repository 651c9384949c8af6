package org.maestro.model.definition;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow with its instances in numbers.
 *
 * @param defaultVersionId the active version, or the latest where none is active
 * @param stepConcurrency how many steps of an instance may run at a time
 * @param nonterminalInstances instances that have not ended, by status: CREATED, IN_PROGRESS,
 *     PAUSED
 * @param failedInstances instances that have failed and were neither restarted nor unblocked;
 *     counted up to 1,000
 * @param pause who paused it and when; null if it is not paused
 */
public record WorkflowOverview(
    String workflowId,
    @Nullable Long activeVersionId,
    long latestVersionId,
    long defaultVersionId,
    PropertiesView propertiesSnapshot,
    long stepConcurrency,
    Map<String, Long> nonterminalInstances,
    long failedInstances,
    long latestInstanceId,
    @Nullable Pause pause) {

  /** How many failed instances are counted: with more, it says so many. */
  public static final int MOST_FAILED = 1_000;

  /** Who paused it, and when. */
  public record Pause(String by, long at) {}
}

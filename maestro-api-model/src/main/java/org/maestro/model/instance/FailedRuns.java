package org.maestro.model.instance;

import java.util.List;

/**
 * Runs that failed last and have not been restarted, those together that failed in the same way.
 *
 * @param groups what went wrong, the latest first
 * @param count how many runs these are together
 * @param complete whether no more have failed: false where only the latest were looked at
 */
public record FailedRuns(List<Group> groups, long count, boolean complete) {
  public FailedRuns {
    groups = List.copyOf(groups);
  }

  /**
   * Runs of one workflow that failed in the same way. Times are epoch milliseconds.
   *
   * @param signature what went wrong, without what differs from one to the next
   * @param message what the latest of them said; cut where it is long
   * @param count how many
   * @param firstSeen when the first of them ended
   * @param lastSeen when the last of them ended
   * @param runs the latest of them; all where one signature was asked for
   */
  public record Group(
      String workflowId,
      String signature,
      String message,
      long count,
      long firstSeen,
      long lastSeen,
      List<RunSummary> runs) {
    public Group {
      runs = List.copyOf(runs);
    }
  }
}

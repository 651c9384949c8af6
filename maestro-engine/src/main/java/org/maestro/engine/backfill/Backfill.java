package org.maestro.engine.backfill;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.run.RunKey;
import org.maestro.model.backfill.BackfillStatus;
import org.maestro.model.instance.RunStatus;

/**
 * A back-fill as it is kept. Times are epoch milliseconds.
 *
 * @param internalId of the workflow: tells a deleted one from its successor of the same id
 * @param revision counts the changes; who changes it names the one that it has read
 * @param createdBy who asked for it, and starts its runs
 * @param total how many values it runs
 */
public record Backfill(
    String id,
    String workflowId,
    long internalId,
    BackfillStatus status,
    long revision,
    String createdBy,
    long createTime,
    long modifyTime,
    @Nullable Long endTime,
    long total,
    BackfillSpec spec,
    BackfillProgress progress) {

  /** A run of one of its values: the latest one of the instance. */
  public record Standing(RunKey run, RunStatus status) {}

  /** Whether there is something to do for it without anybody asking. */
  boolean isLive() {
    return status == BackfillStatus.RUNNING || !progress.open().isEmpty();
  }

  /** What has been seen of its runs; a back-fill without anything left has come to its end. */
  Backfill saw(Map<Long, Standing> standings, long now) {
    var seen = progress;
    for (var standing : standings.entrySet()) {
      seen = seen.saw(standing.getKey(), standing.getValue().status());
    }
    var next = seen.equals(progress) ? this : with(status, seen.sampled(now), now);
    return next.completedIfDone(now).pausedIfTooManyFailed(now);
  }

  private Backfill pausedIfTooManyFailed(long now) {
    var most = spec.mostFailures(total);
    return status == BackfillStatus.RUNNING && progress.failures() > most
        ? with(
            BackfillStatus.PAUSED,
            progress.paused(
                "%d of its %d values did not succeed, and max_failures %s allows for %d; resume it to go on with the rest, or run them again with restart-failed first"
                    .formatted(progress.failures(), total, spec.maxFailures(), most)),
            now)
        : this;
  }

  private Backfill completedIfDone(long now) {
    return status == BackfillStatus.RUNNING && progress.isComplete(total)
        ? with(BackfillStatus.COMPLETED, progress, now)
        : this;
  }

  /** Claims what there is room for, if it runs. */
  Backfill claimed(long room, long now) {
    if (status != BackfillStatus.RUNNING) {
      return this;
    }
    var claimed = progress.claim(total, room);
    return claimed.open().equals(progress.open())
        ? this
        : with(status, claimed.samples().isEmpty() ? claimed.sampled(now) : claimed, now);
  }

  /** As it is after it has been saved. */
  Backfill saved() {
    return new Backfill(
        id,
        workflowId,
        internalId,
        status,
        revision + 1,
        createdBy,
        createTime,
        modifyTime,
        endTime,
        total,
        spec,
        progress);
  }

  Backfill with(BackfillStatus newStatus, BackfillProgress newProgress, long now) {
    var over =
        switch (newStatus) {
          case RUNNING, PAUSED -> false;
          case STOPPED, COMPLETED -> true;
        };
    return new Backfill(
        id,
        workflowId,
        internalId,
        newStatus,
        revision,
        createdBy,
        createTime,
        now,
        over ? (endTime == null ? (Long) now : endTime) : null,
        total,
        spec,
        newProgress);
  }
}

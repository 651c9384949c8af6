package org.maestro.engine.backfill;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.model.backfill.BackfillStatus;
import org.maestro.model.backfill.BackfillView;
import org.maestro.model.backfill.BackfillView.Counts;
import org.maestro.model.backfill.BackfillView.ValueRun;

/** Back-fills as REST shows them. */
final class BackfillViews {
  private BackfillViews() {}

  /** In a list: one row that can't be read is shown as such, and hides no other. */
  static BackfillView of(BackfillStore.Listed listed, long now) {
    return of(listed.backfill(), null, null, listed.unreadable(), now);
  }

  /** What the row says; the values only where they are at hand. */
  static BackfillView of(
      Backfill backfill,
      @Nullable List<RangeValues.Value> values,
      @Nullable List<ValueRun> failures,
      long now) {
    return of(backfill, values, failures, null, now);
  }

  private static BackfillView of(
      Backfill backfill,
      @Nullable List<RangeValues.Value> values,
      @Nullable List<ValueRun> failures,
      @Nullable String unreadable,
      long now) {
    var spec = backfill.spec();
    var progress = backfill.progress();
    var counts =
        new Counts(
            backfill.total(),
            spec.skipped().size(),
            backfill.total() - progress.ended() - progress.open().size(),
            progress.open().size(),
            progress.succeeded(),
            progress.failed().size(),
            progress.timedOut().size(),
            progress.stopped().size());
    var rate = backfill.status() == BackfillStatus.RUNNING ? progress.rate(now) : 0;
    var left = counts.waiting() + counts.running();
    return new BackfillView(
        backfill.id(),
        backfill.workflowId(),
        spec.version(),
        backfill.status(),
        progress.problem(),
        backfill.createdBy(),
        backfill.createTime(),
        backfill.modifyTime(),
        backfill.endTime(),
        spec.range(),
        spec.param(),
        spec.order(),
        spec.concurrency(),
        spec.maxFailures(),
        spec.runParams(),
        values == null ? null : values.getFirst().text(),
        values == null ? null : values.getLast().text(),
        counts,
        Math.round(rate * 1_000) / 1_000.0,
        rate > 0 && left > 0 ? (Long) (now + (long) (left / rate * 1_000)) : null,
        failures,
        unreadable);
  }
}

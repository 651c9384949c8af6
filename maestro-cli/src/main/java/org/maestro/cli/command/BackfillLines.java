package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Words;
import org.maestro.model.backfill.BackfillView;
import org.maestro.model.backfill.BackfillView.Counts;

/** A back-fill as text. Pure. */
final class BackfillLines {
  private static final int BAR = 24;

  private BackfillLines() {}

  /** How many values did not succeed. */
  static long unsuccessful(Counts counts) {
    return counts.failed() + counts.timedOut() + counts.stopped();
  }

  /** Such as {@code RUNNING [######..] 63/366 ok 60 failed 3 running 4 2.1/s eta 2m24s}. */
  static String line(BackfillView backfill, Style style, long now) {
    var counts = backfill.counts();
    var failed = unsuccessful(counts);
    var ended = counts.succeeded() + failed;
    var full = (int) (counts.total() == 0 ? 0 : ended * BAR / counts.total());
    var line =
        new StringBuilder(style.status(Words.of(backfill.status())))
            .append("  [%s%s] ".formatted("#".repeat(full), ".".repeat(BAR - full)))
            .append("%,d/%,d  ok %,d".formatted(ended, counts.total(), counts.succeeded()));
    if (failed > 0) {
      line.append("  failed %,d".formatted(failed));
    }
    if (counts.running() > 0) {
      line.append("  running %,d".formatted(counts.running()));
    }
    if (backfill.runsPerSecond() > 0) {
      line.append("  %s/s".formatted(backfill.runsPerSecond()));
    }
    if (backfill.etaMillis() != null) {
      line.append("  eta ").append(Times.took(Math.max(0, backfill.etaMillis() - now)));
    }
    return line.toString();
  }

  /** All about it, for people. */
  static List<String> page(BackfillView backfill, Style style, long now) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s  %s@%s  %s..%s as %s, %d at a time"
            .formatted(
                backfill.id(),
                backfill.workflowId(),
                backfill.version(),
                backfill.firstValue(),
                backfill.lastValue(),
                backfill.param(),
                backfill.concurrency()));
    lines.add(line(backfill, style, now));
    if (backfill.problem() != null) {
      lines.add("paused by itself: " + Style.harmless(backfill.problem()));
    }
    if (backfill.failures() != null) {
      for (var run : backfill.failures()) {
        lines.add(
            "  %s  %s  %s#%d"
                .formatted(
                    Style.harmless(run.value()),
                    style.status(Words.of(run.status())),
                    backfill.workflowId(),
                    run.workflowInstanceId()));
      }
    }
    return lines;
  }
}

package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Tree;

/** A back-fill as text. Pure. */
final class BackfillLines {
  private static final int BAR = 24;

  private BackfillLines() {}

  /** How many values did not succeed. */
  static long unsuccessful(Tree counts) {
    return counts.at("failed").number(0)
        + counts.at("timed_out").number(0)
        + counts.at("stopped").number(0);
  }

  /** Such as {@code RUNNING [######..] 63/366 ok 60 failed 3 running 4 2.1/s eta 2m24s}. */
  static String line(Tree backfill, Style style, long now) {
    var counts = backfill.at("counts");
    var total = counts.at("total").number(0);
    var failed = unsuccessful(counts);
    var ended = counts.at("succeeded").number(0) + failed;
    var full = (int) (total == 0 ? 0 : ended * BAR / total);
    var status = backfill.at("status").text("?");
    var line =
        new StringBuilder(style.status(status))
            .append("  [%s%s] ".formatted("#".repeat(full), ".".repeat(BAR - full)))
            .append("%,d/%,d  ok %,d".formatted(ended, total, counts.at("succeeded").number(0)));
    if (failed > 0) {
      line.append("  failed %,d".formatted(failed));
    }
    if (counts.at("running").number(0) > 0) {
      line.append("  running %,d".formatted(counts.at("running").number(0)));
    }
    var rate = backfill.at("runs_per_second").text("0");
    if (!rate.equals("0") && !rate.equals("0.0")) {
      line.append("  %s/s".formatted(rate));
    }
    var eta = backfill.at("eta_millis").number();
    if (eta != null) {
      line.append("  eta ").append(Times.took(Math.max(0, eta - now)));
    }
    return line.toString();
  }

  /** All about it, for people. */
  static List<String> page(Tree backfill, Style style, long now) {
    var lines = new ArrayList<String>();
    lines.add(
        "%s  %s@%s  %s..%s as %s, %s at a time"
            .formatted(
                backfill.at("id").text("?"),
                backfill.at("workflow_id").text("?"),
                backfill.at("version").text("?"),
                backfill.at("first_value").text("?"),
                backfill.at("last_value").text("?"),
                backfill.at("param").text("?"),
                backfill.at("concurrency").text("?")));
    lines.add(line(backfill, style, now));
    var problem = backfill.at("problem").text();
    if (problem != null) {
      lines.add("paused by itself: " + Style.harmless(problem));
    }
    for (var run : backfill.at("failures").list()) {
      lines.add(
          "  %s  %s  %s#%s"
              .formatted(
                  Style.harmless(run.at("value").text("?")),
                  style.status(run.at("status").text("?")),
                  backfill.at("workflow_id").text("?"),
                  run.at("workflow_instance_id").text("?")));
    }
    return lines;
  }
}

package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Words;
import org.maestro.model.loop.FailureGroup;
import org.maestro.model.loop.IterationStatus;
import org.maestro.model.loop.LoopStrip;
import org.maestro.model.loop.LoopSummary;

/** A loop in a few lines: numbers, a strip, failures by what they say. Pure. */
final class LoopLines {
  private static final int LONGEST_SIGNATURE = 100;
  private static final int SAMPLES = 3;

  private LoopLines() {}

  /** All of it. */
  static List<String> page(
      String name, LoopSummary summary, LoopStrip strip, List<FailureGroup> groups, Style style) {
    var lines = new ArrayList<String>();
    lines.add(style.bold(name) + "  " + counts(summary));
    if (strip.total() > 0) {
      lines.add("[" + strip(strip, style) + "]");
    }
    var pace = pace(summary);
    if (!pace.isEmpty()) {
      lines.add(style.dim(pace));
    }
    for (var i = 0; i < groups.size(); i++) {
      lines.add(group(i + 1, groups.get(i), style));
    }
    return lines;
  }

  /** Such as {@code 63,120 of 100,000 ended: 63,001 succeeded, 119 failed, 800 running}. */
  static String counts(LoopSummary summary) {
    var counts = new EnumMap<IterationStatus, Long>(IterationStatus.class);
    counts.putAll(summary.counts());
    var ended =
        counts.entrySet().stream()
            .filter(entry -> entry.getKey().isEnded())
            .mapToLong(Map.Entry::getValue)
            .sum();
    var parts =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> "%,d %s".formatted(entry.getValue(), Words.plain(entry.getKey())))
            .collect(Collectors.joining(", "));
    return "%,d of %s ended%s%s"
        .formatted(
            ended,
            Words.count(summary.total(), "iteration", "iterations"),
            parts.isEmpty() ? "" : ": " + parts,
            summary.takenOver() == 0
                ? ""
                : "; %,d taken over, %,d to run"
                    .formatted(summary.takenOver(), summary.total() - summary.takenOver()));
  }

  /** A character for each piece: what its owner should look at comes first. */
  static String strip(LoopStrip strip, Style style) {
    var line = new StringBuilder();
    for (var bucket : strip.buckets()) {
      line.append(sign(bucket.counts(), style));
    }
    return line.toString();
  }

  private static String sign(Map<IterationStatus, Long> counts, Style style) {
    for (var bad :
        List.of(
            IterationStatus.FAILED,
            IterationStatus.TIMED_OUT,
            IterationStatus.QUARANTINED,
            IterationStatus.STOPPED)) {
      if (counts.getOrDefault(bad, 0L) > 0) {
        return style.red("✗");
      }
    }
    if (counts.getOrDefault(IterationStatus.RUNNING, 0L) > 0) {
      return style.cyan("●");
    }
    return counts.getOrDefault(IterationStatus.SUCCEEDED, 0L) > 0 ? style.green("✓") : "·";
  }

  private static String pace(LoopSummary summary) {
    var parts = new ArrayList<String>();
    if (summary.live()) {
      parts.add("%,d at a time".formatted(summary.concurrency()));
    }
    if (summary.ratePerSecond() != null) {
      parts.add("%,.1f per second".formatted(summary.ratePerSecond()));
    }
    if (summary.etaMs() != null) {
      parts.add(Times.took(summary.etaMs()) + " left");
    }
    if (summary.durationMs() != null) {
      var quantiles = new ArrayList<String>();
      summary
          .durationMs()
          .forEach((name, millis) -> {
            quantiles.add("%s %s".formatted(name, Times.took(millis)));
          });
      parts.add("each takes " + String.join(", ", quantiles));
    }
    return String.join("; ", parts);
  }

  private static String group(int number, FailureGroup group, Style style) {
    var signature = Style.harmless(group.signature());
    var samples =
        group.samples().stream()
            .limit(SAMPLES)
            .map(sample -> "[" + sample + "]")
            .collect(Collectors.joining(", "));
    return "  %d. %s %s  %s"
        .formatted(
            number,
            style.red("%,d ×".formatted(group.count())),
            signature.length() <= LONGEST_SIGNATURE
                ? signature
                : signature.substring(0, LONGEST_SIGNATURE) + "…",
            style.dim(samples.isEmpty() ? "" : "such as " + samples));
  }
}

package org.maestro.cli.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Times;
import org.maestro.cli.watch.RunState.Loop;
import org.maestro.cli.watch.RunState.Step;

/** A run as text: a picture to be redrawn, or a line for each change. Pure. */
final class RunLines {
  private static final int BAR = 24;
  private static final int LEAST_STEPS_SHOWN = 3;

  private final Style style;
  private final Times times;
  private final LoopRate rate;

  RunLines(Style style, Times times, LoopRate rate) {
    this.style = style;
    this.times = times;
    this.rate = rate;
  }

  /** A piece of a line and its colour. */
  private record Piece(String text, UnaryOperator<String> colour) {
    static Piece plain(String text) {
      return new Piece(text, UnaryOperator.identity());
    }
  }

  /**
   * The whole run on at most {@code height} lines of at most {@code width} characters.
   *
   * @param now what is to be shown as the time
   */
  List<String> picture(RunState run, int width, int height, long now) {
    var lines = new ArrayList<String>();
    lines.add(fit(heading(run, now), width));
    var room = Math.max(LEAST_STEPS_SHOWN, height - 3);
    var shown = run.steps().size() <= room ? run.steps() : mostTelling(run.steps(), room - 1);
    var longest = shown.stream().mapToInt(step -> step.id().length()).max().orElse(0);
    shown.forEach(step -> lines.add(fit(line(step, Math.min(longest, width / 2), now), width)));
    if (shown.size() < run.steps().size()) {
      lines.add(
          fit(
              List.of(
                  new Piece(
                      "    … and %d more steps".formatted(run.steps().size() - shown.size()),
                      style::dim)),
              width));
    }
    return lines;
  }

  private List<Piece> heading(RunState run, long now) {
    return List.of(
        new Piece(run.ref().toString(), style::bold),
        Piece.plain("  "),
        new Piece(run.status(), text -> style.status(run.status(), text)),
        Piece.plain("  " + Times.took(run.start(), run.end(), now)),
        new Piece("  " + counts(run), style::dim));
  }

  /** Such as {@code 4 steps: 2 succeeded, 1 running, 1 not created}. */
  static String counts(RunState run) {
    var byStatus = new LinkedHashMap<String, Integer>();
    run.steps().forEach(step -> byStatus.merge(words(step.status()), 1, Integer::sum));
    var parts = new ArrayList<String>();
    byStatus.forEach((status, count) -> parts.add(count + " " + status));
    return "%d %s%s"
        .formatted(
            run.steps().size(),
            run.steps().size() == 1 ? "step" : "steps",
            parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  private static String words(String status) {
    return status.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** What failed and what is at work comes first; among equals the order of the definition. */
  private static List<Step> mostTelling(List<Step> steps, int room) {
    var chosen =
        steps.stream().sorted(Comparator.comparingInt(RunLines::importance)).limit(room).toList();
    return steps.stream().filter(chosen::contains).toList();
  }

  private static int importance(Step step) {
    if (RunState.isFailure(step.status())) {
      return 0;
    }
    if (RunState.isAlive(step.status())) {
      return 1;
    }
    return step.status().equals("NOT_CREATED") ? 2 : 3;
  }

  private List<Piece> line(Step step, int idWidth, long now) {
    var pieces = new ArrayList<Piece>();
    UnaryOperator<String> colour = text -> style.status(step.status(), text);
    pieces.add(new Piece("  " + sign(step.status()) + " ", colour));
    pieces.add(Piece.plain(("%-" + Math.max(1, idWidth) + "s").formatted(step.id()) + "  "));
    pieces.add(new Piece("%-14s".formatted(step.status()), colour));
    if (step.start() != null) {
      pieces.add(Piece.plain("  " + Times.took(step.start(), step.end(), now)));
    }
    if (step.retryAt() != null) {
      pieces.add(new Piece("  " + retry(step.retryAt()), style::dim));
    }
    var loop = step.loop();
    if (loop != null) {
      pieces.add(Piece.plain("  " + bar(loop)));
      pieces.add(new Piece(progress(step.id(), loop), text -> text));
    }
    return pieces;
  }

  private String retry(long at) {
    return "next attempt at " + times.clock(at);
  }

  private static String sign(String status) {
    if (status.equals("SUCCEEDED") || status.equals("COMPLETED_WITH_ERROR")) {
      return "✓";
    }
    if (RunState.isFailure(status)) {
      return "✗";
    }
    return RunState.isAlive(status) ? "●" : "·";
  }

  private static String bar(Loop loop) {
    var total = loop.total();
    if (total == null || total == 0) {
      return "";
    }
    var full = (int) Math.min(BAR, loop.ended() * BAR / total);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
  }

  /**
   * Such as {@code 63,120/100,000 ok 63,001 fail 119 412/s eta 1m29s}; of one that goes on {@code
   * 195 taken over, 5 to run: 2/5 ok 2}.
   */
  String progress(String stepId, Loop loop) {
    var text = new StringBuilder();
    if (loop.takenOver() > 0) {
      text.append("%,d taken over".formatted(loop.takenOver()));
      if (loop.total() != null) {
        text.append(", %,d to run".formatted(loop.total() - loop.takenOver()));
      }
      text.append(": ");
    }
    text.append("%,d".formatted(loop.ended() - loop.takenOver()));
    if (loop.total() != null) {
      text.append("/%,d".formatted(loop.total() - loop.takenOver()));
    }
    text.append("  ok %,d".formatted(loop.count("SUCCEEDED") - loop.takenOver()));
    var failed = loop.ended() - loop.count("SUCCEEDED");
    if (failed > 0) {
      text.append("  fail %,d".formatted(failed));
    }
    var running = loop.counts().values().stream().mapToLong(Long::longValue).sum() - loop.ended();
    if (running > 0) {
      text.append("  running %,d".formatted(running));
    }
    var perSecond = rate.perSecond(stepId);
    var remaining = rate.remainingMillis(stepId, loop);
    if (perSecond != null && running > 0) {
      text.append(
          perSecond < 10 ? "  %.1f/s".formatted(perSecond) : "  %,.0f/s".formatted(perSecond));
    }
    if (remaining != null && remaining > 0) {
      text.append("  eta ").append(Times.took(remaining));
    }
    return text.toString();
  }

  private static String fit(List<Piece> pieces, int width) {
    var line = new StringBuilder();
    var room = width;
    for (var piece : pieces) {
      var text = Style.harmless(piece.text());
      if (text.length() > room) {
        line.append(piece.colour().apply(text.substring(0, Math.max(0, room - 1)))).append('…');
        return line.toString();
      }
      room -= text.length();
      line.append(piece.colour().apply(text));
    }
    return line.toString().stripTrailing();
  }

  /**
   * A line for everything that changed.
   *
   * @param before null if nothing was shown yet
   * @param loops the steps whose loops may be shown now, so that they don't flood the output
   */
  List<String> changes(@Nullable RunState before, RunState now, Set<String> loops) {
    var lines = new ArrayList<String>();
    if (before == null) {
      lines.add(line(now.seenAt(), now.ref().toString(), now.status(), counts(now)));
    }
    var old = before == null ? Map.<String, Step>of() : byId(before);
    for (var step : now.steps()) {
      var was = old.get(step.id());
      var status = was == null ? "NOT_CREATED" : was.status();
      if (!step.status().equals(status)) {
        lines.add(change(step, now.seenAt()));
      } else if (step.loop() != null
          && loops.contains(step.id())
          && (was == null || !step.loop().equals(was.loop()))) {
        lines.add(line(now.seenAt(), step.id(), step.status(), progress(step.id(), step.loop())));
      }
    }
    if (before != null && !before.status().equals(now.status())) {
      lines.add(
          line(
              now.end() == null ? now.seenAt() : now.end(),
              now.ref().toString(),
              now.status(),
              now.hasEnded() ? Times.took(now.start(), now.end(), now.seenAt()) : ""));
    }
    return lines;
  }

  private String change(Step step, long seenAt) {
    var at = step.end() != null ? step.end() : step.start() != null ? step.start() : seenAt;
    var loop = step.loop();
    var took =
        step.end() == null || step.start() == null ? "" : Times.took(step.end() - step.start());
    var more = loop == null ? took : (took + "  " + progress(step.id(), loop)).strip();
    return line(
        at,
        step.id(),
        step.status(),
        step.retryAt() == null ? more : (more + "  " + retry(step.retryAt())).strip());
  }

  private String line(long at, String name, String status, String more) {
    return "%s  %-20s  %s"
        .formatted(
            style.dim(times.clock(at)),
            Style.harmless(name),
            more.isEmpty()
                ? style.status(status)
                : style.status(status, "%-12s".formatted(status)) + "  " + more);
  }

  private static Map<String, Step> byId(RunState run) {
    var byId = new LinkedHashMap<String, Step>();
    run.steps().forEach(step -> byId.put(step.id(), step));
    return byId;
  }
}

package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Records;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.Why;

/** The answer to "why is it not running?". */
final class Explanation {
  private static final int SHOWN = 5;

  private Explanation() {}

  static Route route(Session session, Ref ref) {
    if (ref.step() == null) {
      return ref.run() == null
          ? Route.instance(ref.workflow(), ref.instanceNumber(), "why")
          : Instances.run(ref).below("why");
    }
    return Instances.run(ref).below("steps", Instances.step(session, ref).step(), "why");
  }

  static List<String> lines(Why why, Style style) {
    var lines = new ArrayList<String>();
    lines.add(why.running() ? style.cyan("running") : style.yellow("not running"));
    add(why.reasons(), "  ", lines, style);
    return lines;
  }

  /** What failed first, with what it printed last; nothing where the server doesn't say. */
  static List<String> failedFirst(Why why, Style style) {
    var lines = new ArrayList<String>();
    add(
        why.reasons().stream().filter(reason -> reason.code() == Why.Code.FAILED_FIRST).toList(),
        "",
        lines,
        style);
    return lines;
  }

  /** What a reason says of what it is about. */
  private record Details(
      String stepId,
      List<Why.Reason> childReasons,
      List<Iteration> iterations,
      List<Signal> signals) {}

  /** A signal that is waited for. */
  private record Signal(String name) {}

  /** An iteration that a loop waits for. */
  private record Iteration(long index, String status, List<Why.Reason> reasons) {}

  /** The reasons, and below each what it waits for, down to the last; those alike once. */
  private static void add(
      List<Why.Reason> reasons, String indent, List<String> lines, Style style) {
    var alike = new LinkedHashMap<List<String>, Integer>();
    for (var reason : reasons) {
      alike.merge(block(reason, indent, style), 1, Integer::sum);
    }
    alike.forEach((block, times) -> {
      lines.add(
          block.getFirst() + (times == 1 ? "" : style.dim("  (%d like it)".formatted(times))));
      lines.addAll(block.subList(1, block.size()));
    });
  }

  private static List<String> block(Why.Reason reason, String indent, Style style) {
    var lines = new ArrayList<String>();
    var details = Records.read(Details.class, reason.details());
    lines.add(
        "%s%s %s%s"
            .formatted(
                indent,
                style.bold(Words.of(reason.code())),
                details.stepId().isEmpty() ? "" : Style.harmless(details.stepId()) + ": ",
                Style.harmless(first(reason))));
    reason
        .message()
        .lines()
        .skip(1)
        .forEach(line -> lines.add(indent + "  " + Style.harmless(line)));
    details
        .signals()
        .forEach(signal ->
            lines.add(
                "%s  %s: maestro signal ls %2$s shows what has come, maestro signal send %2$s announces one"
                    .formatted(indent, Style.harmless(signal.name()))));
    add(details.childReasons(), indent + "  ", lines, style);
    addIterations(details.iterations(), indent + "  ", lines, style);
    return lines;
  }

  private static String first(Why.Reason reason) {
    return reason.message().lines().findFirst().orElse("");
  }

  private static void addIterations(
      List<Iteration> iterations, String indent, List<String> lines, Style style) {
    var alike = new LinkedHashMap<List<String>, List<Long>>();
    for (var iteration : iterations) {
      var block = new ArrayList<String>();
      block.add(Style.harmless(iteration.status()));
      add(iteration.reasons(), indent + "  ", block, style);
      alike.computeIfAbsent(block, _ -> new ArrayList<>()).add(iteration.index());
    }
    alike.forEach((block, numbers) -> {
      lines.add("%s%s %s".formatted(indent, numbered(numbers), block.getFirst()));
      lines.addAll(block.subList(1, block.size()));
    });
  }

  /** Such as {@code iterations 3, 4, 5 and 17 more}. */
  private static String numbered(List<Long> numbers) {
    var some = numbers.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
    var more = numbers.size() - SHOWN;
    return "%s %s%s"
        .formatted(
            numbers.size() == 1 ? "iteration" : "iterations",
            some,
            more > 0 ? " and %d more".formatted(more) : "");
  }
}

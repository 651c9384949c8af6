package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Records;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.Why;

/** The answer to "why is it not running?". */
final class Explanation {
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

  /** What a reason says of what it is about. */
  private record Details(
      String stepId, List<Why.Reason> childReasons, List<Iteration> iterations) {}

  /** An iteration that a loop waits for. */
  private record Iteration(long index, String status, List<Why.Reason> reasons) {}

  /** The reasons, and below each what it waits for, down to the last. */
  private static void add(
      List<Why.Reason> reasons, String indent, List<String> lines, Style style) {
    for (var reason : reasons) {
      var details = Records.read(Details.class, reason.details());
      lines.add(
          "%s%s %s%s"
              .formatted(
                  indent,
                  style.bold(Words.of(reason.code())),
                  details.stepId().isEmpty() ? "" : Style.harmless(details.stepId()) + ": ",
                  Style.harmless(reason.message())));
      add(details.childReasons(), indent + "  ", lines, style);
      for (var iteration : details.iterations()) {
        lines.add(
            "%s  iteration %d %s"
                .formatted(indent, iteration.index(), Style.harmless(iteration.status())));
        add(iteration.reasons(), indent + "    ", lines, style);
      }
    }
  }
}

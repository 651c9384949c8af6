package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;

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

  static List<String> lines(Tree why, Style style) {
    var lines = new ArrayList<String>();
    lines.add(why.at("running").isTrue() ? style.cyan("running") : style.yellow("not running"));
    add(why.at("reasons"), "  ", lines, style);
    return lines;
  }

  /** The reasons, and below each what it waits for, down to the last. */
  private static void add(Tree reasons, String indent, List<String> lines, Style style) {
    for (var reason : reasons.list()) {
      var step = reason.at("step_id").text("");
      lines.add(
          "%s%s %s%s"
              .formatted(
                  indent,
                  style.bold(Style.harmless(reason.at("code").text("?"))),
                  step.isEmpty() ? "" : Style.harmless(step) + ": ",
                  Style.harmless(reason.at("message").text(""))));
      add(reason.at("child_reasons"), indent + "  ", lines, style);
      for (var iteration : reason.at("iterations").list()) {
        lines.add(
            "%s  iteration %s %s"
                .formatted(
                    indent,
                    Style.harmless(iteration.at("index").text("?")),
                    Style.harmless(iteration.at("status").text(""))));
        add(iteration.at("reasons"), indent + "    ", lines, style);
      }
    }
  }
}

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
    for (var reason : why.at("reasons").list()) {
      lines.add(
          "  %s %s"
              .formatted(
                  style.bold(Style.harmless(reason.at("code").text("?"))),
                  Style.harmless(reason.at("message").text(""))));
    }
    return lines;
  }
}

package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Tree;

/** Tells what an action came to. */
final class Acted {
  private Acted() {}

  /** The subject, its status if the answer tells one, and what the server says. */
  static void tell(Session session, Ref ref, Tree answer) {
    var status = answer.at("workflow_instance_status").text(answer.at("status").text(""));
    var info =
        answer
            .at("info")
            .text(answer.at("timeline_event", "message").text(answer.at("message").text("")));
    var style = session.console().style();
    var line = new StringBuilder(ref.toString());
    if (!status.isEmpty()) {
      line.append("  ").append(style.status(status));
    }
    if (!info.isEmpty()) {
      line.append("  ").append(Style.harmless(info));
    }
    session.report().one(ref.toString(), answer.value(), List.of(line.toString()));
  }
}

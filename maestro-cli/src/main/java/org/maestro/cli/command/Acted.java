package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.model.definition.VersionChange;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunActionAnswer;
import org.maestro.model.instance.StepActionAnswer;

/** Tells what an action came to: the subject, where it stands, and what the server says. */
final class Acted {
  private Acted() {}

  /** An action on all instances of a workflow, or on the workflow itself. */
  static void onWorkflow(Session session, Ref ref, Answer<TimelineEvent> answer) {
    tell(session, ref, "", answer.body().message(), answer);
  }

  static void onVersion(Session session, Ref ref, Answer<VersionChange> answer) {
    tell(session, ref, "", answer.body().timelineEvent().message(), answer);
  }

  static void onRun(Session session, Ref ref, Answer<RunActionAnswer> answer) {
    var status = answer.body().workflowInstanceStatus();
    tell(session, ref, status == null ? "" : status.name(), answer.body().info(), answer);
  }

  static void onStep(Session session, Ref ref, Answer<StepActionAnswer> answer) {
    var status = answer.body().status();
    tell(
        session,
        ref,
        status == null ? "" : Words.of(status),
        answer.body().timelineEvent().message(),
        answer);
  }

  private static void tell(Session session, Ref ref, String status, String info, Answer<?> answer) {
    var style = session.console().style();
    var line = new StringBuilder(ref.toString());
    if (!status.isEmpty()) {
      line.append("  ").append(style.status(status));
    }
    if (!info.isEmpty()) {
      line.append("  ").append(Style.harmless(info));
    }
    session.report().one(ref.toString(), answer.tree(), List.of(line.toString()));
  }
}

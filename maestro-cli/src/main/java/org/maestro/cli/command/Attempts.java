package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.StepView;

/** Lists what was tried of a step in a run. */
final class Attempts {
  private static final int LONGEST = 80;

  private final Session session;

  Attempts(Session session) {
    this.session = session;
  }

  void list(Ref ref, String step) {
    var found =
        session.server().all(Instances.run(ref).below("steps", step, "attempts"), StepView.class);
    if (found.isEmpty() && session.isTable()) {
      session
          .console()
          .talk("%s has not been reached; to see why: maestro explain %s".formatted(ref, ref));
    }
    session
        .report()
        .list(
            found.stream().map(this::item).toList(),
            "ATTEMPT",
            "STATUS",
            "STARTED",
            "TOOK",
            "LAST EVENT");
  }

  private Item item(Answer<StepView> answer) {
    var attempt = answer.body();
    var state = attempt.runtimeState();
    var name =
        new Ref(
                attempt.workflowId(),
                null,
                attempt.workflowInstanceId(),
                attempt.workflowRunId(),
                attempt.stepId())
            + "."
            + attempt.stepAttemptId();
    return Item.of(
        name,
        answer.tree(),
        Cell.of(name),
        session.statusCell(Words.of(state.status())),
        Cell.of(session.times().at(state.startTime())),
        Cell.of(Times.took(state.startTime(), state.endTime(), session.now())),
        Cell.of(last(attempt.timeline())));
  }

  private static String last(List<TimelineEvent> timeline) {
    if (timeline.isEmpty()) {
      return "";
    }
    var message = timeline.getLast().message().lines().findFirst().orElse("");
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
  }
}

package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Route;
import org.maestro.cli.watch.RunReader;
import org.maestro.cli.watch.RunState;
import org.maestro.cli.watch.RunWatcher;
import org.maestro.model.instance.StepView;
import org.maestro.model.instance.Why;

/** Follows a run for a command, tells how it ended, and lets go on Ctrl-C. */
final class Watching {
  private static final int MOST_REASONS = 5;

  private final Session session;

  Watching(Session session) {
    this.session = session;
  }

  /** Returns when the run has ended. */
  ExitCode until(Ref ref) {
    var reader = RunReader.of(session.server(), session.around().clock(), ref);
    var run = reader.ref();
    try (var _ = session.around().interrupts().onInterrupt(() -> detached(run))) {
      var watcher =
          new RunWatcher(reader, session.around().clock(), session.pause(), session.timeout());
      var end = watcher.watch(view());
      tell(end);
      return end.hasSucceeded() ? ExitCode.OK : ExitCode.NEGATIVE;
    }
  }

  private RunWatcher.View view() {
    var console = session.console();
    if (!session.isTable()) {
      return RunWatcher.lines(console, session.times(), true);
    }
    return console.outIsTerminal()
        ? RunWatcher.picture(console, session.times(), session.screen(), session.around().clock())
        : RunWatcher.lines(console, session.times(), false);
  }

  /** Never stops the run: only the watching ends. */
  private void detached(Ref run) {
    session.console().error("");
    session.console().error("%s goes on; to come back: maestro watch %s".formatted(run, run));
  }

  private void tell(RunState end) {
    var console = session.console();
    if (!session.isTable()) {
      var run =
          session
              .server()
              .tree(
                  Route.instance(
                          end.ref().workflow(),
                          end.ref().instanceNumber(),
                          "runs",
                          String.valueOf(end.ref().run()))
                      .with("aggregated", true));
      session.report().one(end.ref().toString(), run, List.of());
    }
    if (end.hasSucceeded()) {
      return;
    }
    var style = console.talkStyle();
    FailedSteps.of(session, end.ref()).stream()
        .limit(MOST_REASONS)
        .forEach(step -> {
          var status = Words.of(step.attempt().runtimeState().status());
          var reason = reason(step.attempt());
          console.talk(
              "%s %s%s%s"
                  .formatted(
                      style.status(status, step.name()),
                      style.status(status),
                      reason.isEmpty() ? "" : ": " + Style.harmless(reason),
                      step.more() == 0 ? "" : " (and %,d like it)".formatted(step.more())));
        });
    var name = end.ref();
    session
        .server()
        .find(Explanation.route(session, name), Why.class)
        .map(answer -> Explanation.failedFirst(answer.body(), style))
        .orElse(List.of())
        .forEach(console::talk);
    console.talk(
        style.dim(
            "what failed printed: maestro logs %s --failed; to go on from it: maestro restart %s, in a mended version that was pushed: with --version latest"
                .formatted(name, new Ref(name.workflow(), null, name.instance(), null, null))));
  }

  /** The last thing that the attempt's timeline says. */
  private static String reason(StepView attempt) {
    return attempt.timeline().isEmpty() ? "" : attempt.timeline().getLast().message();
  }
}

package org.maestro.cli.command;

import java.time.Duration;
import java.util.List;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Times;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;

/** Follows a back-fill, and lets go on Ctrl-C: a line that is redrawn, or one per change. */
final class BackfillWatching {
  private static final Duration OFTEN = Duration.ofMillis(500);
  private static final Duration RARELY = Duration.ofSeconds(3);

  private final Session session;

  BackfillWatching(Session session) {
    this.session = session;
  }

  /** Returns when it starts no more runs and has none under way. */
  ExitCode until(String id) {
    var began = session.now();
    try (var _ = session.around().interrupts().onInterrupt(() -> detached(id))) {
      var shown = "";
      var wait = OFTEN;
      while (true) {
        var now = session.server().get(Route.of("backfills", id));
        var line = BackfillLines.line(now, session.console().style(), session.now());
        wait = line.equals(shown) && wait.compareTo(RARELY) < 0 ? wait.multipliedBy(2) : OFTEN;
        if (!line.equals(shown)) {
          show(line, !shown.isEmpty());
          shown = line;
        }
        if (stands(now)) {
          return ended(id, now);
        }
        requireTime(began, id);
        session.pause().of(wait);
        if (Thread.currentThread().isInterrupted()) {
          throw new CommandFailure(ExitCode.INTERRUPTED, "interrupted");
        }
      }
    }
  }

  private void show(String line, boolean again) {
    var console = session.console();
    if (!session.isTable()) {
      console.talk(line);
    } else if (console.outIsTerminal()) {
      console.raw((again ? "\u001b[1A\r\u001b[J" : "") + line + "\n");
    } else {
      console.data(line);
    }
    console.flush();
  }

  private static boolean stands(Tree backfill) {
    var status = backfill.at("status").text("?");
    return !status.equals("RUNNING") && backfill.at("counts", "running").number(0) == 0;
  }

  private ExitCode ended(String id, Tree end) {
    var page = BackfillLines.page(end, session.console().style(), session.now());
    if (session.isTable()) {
      page.subList(2, page.size()).forEach(session.console()::talk);
    } else {
      session.report().one(id, end.value(), List.of());
    }
    return end.at("status").text("?").equals("COMPLETED")
            && BackfillLines.unsuccessful(end.at("counts")) == 0
        ? ExitCode.OK
        : ExitCode.NEGATIVE;
  }

  private void requireTime(long began, String id) {
    var timeout = session.timeout();
    if (timeout != null && session.now() - began >= timeout.toMillis()) {
      throw new CommandFailure(
          ExitCode.TIMEOUT,
          "back-fill %s goes on after %s".formatted(id, Times.took(timeout.toMillis())),
          List.of("to come back: maestro backfill watch " + id));
    }
  }

  private void detached(String id) {
    session.console().error("");
    session
        .console()
        .error("back-fill %s goes on; to come back: maestro backfill watch %s".formatted(id, id));
  }
}

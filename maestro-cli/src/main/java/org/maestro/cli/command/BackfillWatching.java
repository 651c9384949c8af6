package org.maestro.cli.command;

import java.time.Duration;
import java.util.List;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Times;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.backfill.BackfillStatus;
import org.maestro.model.backfill.BackfillView;

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
        var now = session.server().get(Route.of("backfills", id), BackfillView.class);
        var line = BackfillLines.line(now.body(), session.console().style(), session.now());
        wait = line.equals(shown) && wait.compareTo(RARELY) < 0 ? wait.multipliedBy(2) : OFTEN;
        if (!line.equals(shown)) {
          show(line, !shown.isEmpty());
          shown = line;
        }
        if (stands(now.body())) {
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

  private static boolean stands(BackfillView backfill) {
    return backfill.status() != BackfillStatus.RUNNING && backfill.counts().running() == 0;
  }

  private ExitCode ended(String id, Answer<BackfillView> end) {
    var page = BackfillLines.page(end.body(), session.console().style(), session.now());
    if (session.isTable()) {
      page.subList(2, page.size()).forEach(session.console()::talk);
    } else {
      session.report().one(id, end.tree(), List.of());
    }
    return end.body().status() == BackfillStatus.COMPLETED
            && BackfillLines.unsuccessful(end.body().counts()) == 0
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

package org.maestro.cli.command;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
      var pace = new Pace();
      var wait = OFTEN;
      while (true) {
        var now = session.server().get(Route.of("backfills", id), BackfillView.class);
        var line = BackfillLines.line(now.body(), session.console().style(), session.now());
        wait = line.equals(shown) && wait.compareTo(RARELY) < 0 ? wait.multipliedBy(2) : OFTEN;
        if (!line.equals(shown)
            && (session.isTerminal() || pace.isDue(now.body(), session.now()))) {
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

  /** Elsewhere than on a terminal a line says something new, or stands for a while. */
  private static final class Pace {
    private static final long LINE_MILLIS = 10_000;
    private static final long PARTS = 20;

    private @Nullable BackfillView shown;
    private long at;

    boolean isDue(BackfillView now, long millis) {
      var before = shown;
      var due =
          before == null
              || now.status() != before.status()
              || stands(now)
              || BackfillLines.unsuccessful(now.counts())
                  != BackfillLines.unsuccessful(before.counts())
              || part(now) != part(before)
              || millis - at >= LINE_MILLIS;
      if (due) {
        shown = now;
        at = millis;
      }
      return due;
    }

    private static long part(BackfillView backfill) {
      var counts = backfill.counts();
      var ended = counts.succeeded() + BackfillLines.unsuccessful(counts);
      return counts.total() == 0 ? 0 : ended * PARTS / counts.total();
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

package org.maestro.cli.command;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
import org.maestro.model.deadletter.DeadLetter;
import org.maestro.model.deadletter.DeadLetterView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Messages that could not be dealt with. */
@Command(
    name = "dead-letter",
    description = {
      "Messages that a service could not deal with. For administrators.",
      "They hold nothing up; each says what is wrong with it."
    })
final class DeadLetterCommand {
  private static final int NOT_FOUND = 404;
  private static final String OF_SIGNALS = "dead-letters";
  private static final String OF_ENGINE = "engine-dead-letters";

  /** Lists them. */
  @Command(name = "ls", description = "Lists them, newest first.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    @Mixin final LimitOption most = new LimitOption();

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var letters =
          Stream.concat(
                  session
                      .server()
                      .list(Route.of(OF_SIGNALS), DeadLetterView.class, most.limit)
                      .stream()
                      .map(this::ofSignals),
                  session.server().list(Route.of(OF_ENGINE), DeadLetter.class, most.limit).stream()
                      .map(this::ofEngine))
              .sorted(Comparator.comparingLong(Letter::createTime).reversed())
              .toList();
      if (letters.isEmpty() && session.isTable()) {
        session.console().talk("no dead letters");
      }
      session
          .report()
          .list(
              letters.stream().map(Letter::item).toList(),
              "ID",
              "KIND",
              "ABOUT",
              "REASON",
              "PARKED");
      return ExitCode.OK.number();
    }

    /** One of either service. */
    private record Letter(long createTime, Item item) {}

    private Letter ofSignals(Answer<DeadLetterView> answer) {
      var letter = answer.body();
      return letter(
          letter.id(),
          answer.tree(),
          Words.of(letter.kind()),
          letter.key(),
          letter.reason(),
          letter.createTime());
    }

    private Letter ofEngine(Answer<DeadLetter> answer) {
      var letter = answer.body();
      return letter(
          letter.id(),
          answer.tree(),
          "ENGINE_REQUEST",
          letter.key(),
          letter.reason(),
          letter.createTime());
    }

    private Letter letter(
        String id,
        @Nullable Object tree,
        String kind,
        String about,
        String reason,
        long createTime) {
      return new Letter(
          createTime,
          Item.of(
              id,
              tree,
              Cell.of(id),
              Cell.of(kind),
              Cell.of(about),
              Cell.of(reason),
              Cell.of(session.times().at(createTime))));
    }
  }

  private static int act(Session session, String id, String action, String done) {
    try {
      session.server().send("POST", Route.of(OF_SIGNALS, id, "actions", action), null);
    } catch (ServerProblem e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      session.server().send("POST", Route.of(OF_ENGINE, id, "actions", action), null);
    }
    session.report().one(id, null, List.of(id + "  " + done));
    return ExitCode.OK.number();
  }

  /** Tries one again. */
  @Command(name = "replay", description = "Sends one once more, after its cause has been mended.")
  static final class Replay implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Replay(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, id, "replay", "sent once more");
    }
  }

  /** Throws one away. */
  @Command(name = "discard", description = "Throws one away.")
  static final class Discard implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Discard(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, id, "discard", "thrown away");
    }
  }
}

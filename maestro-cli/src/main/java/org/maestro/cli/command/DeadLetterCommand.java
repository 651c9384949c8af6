package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
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
      var letters = new ArrayList<>(session.server().list(Route.of(OF_SIGNALS), most.limit));
      letters.addAll(session.server().list(Route.of(OF_ENGINE), most.limit));
      letters.sort(Comparator.comparingLong((Tree l) -> l.at("create_time").number(0)).reversed());
      if (letters.isEmpty() && session.isTable()) {
        session.console().talk("no dead letters");
      }
      session
          .report()
          .list(
              letters.stream().map(this::item).toList(), "ID", "KIND", "ABOUT", "REASON", "PARKED");
      return ExitCode.OK.number();
    }

    private Item item(Tree letter) {
      var id = letter.at("id").text("?");
      return Item.of(
          id,
          letter.map(),
          Cell.of(id),
          Cell.of(letter.at("kind").text("ENGINE_REQUEST")),
          Cell.of(letter.at("key").text("")),
          Cell.of(letter.at("reason").text("")),
          Cell.of(session.times().at(letter.at("create_time").number())));
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

package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Style;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.permit.TagPermit;
import org.maestro.model.permit.TagPermitBody;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** How many steps with a tag may run at a time. */
@Command(
    name = "permit",
    description = {
      "How many step attempts with a tag may run at a time, over all workflows.",
      "A tag without a limit holds nothing back. Who waits for one: maestro explain NAME."
    })
final class PermitCommand {

  /** With all its subcommands. */
  static CommandLine tree(Session session) {
    var tree = new CommandLine(new PermitCommand());
    tree.addSubcommand(new Ls(session));
    tree.addSubcommand(new Get(session));
    tree.addSubcommand(new Set(session));
    tree.addSubcommand(new Rm(session));
    return tree;
  }

  private static Route route(String tag) {
    return Route.of("tag-permits").with("tag", tag);
  }

  private static String limit(TagPermit permit) {
    return permit.maxAllowed() == 0 ? "0 (paused)" : String.valueOf(permit.maxAllowed());
  }

  /** Lists limits. */
  @Command(name = "ls", description = "Lists the limits.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    @Mixin final LimitOption most = new LimitOption();

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var found = session.server().list(Route.of("tag-permits"), TagPermit.class, most.limit);
      if (found.isEmpty() && session.isTable()) {
        session.console().talk("no limits; to set one: maestro permit set TAG N");
      }
      session
          .report()
          .list(found.stream().map(this::item).toList(), "TAG", "AT A TIME", "CHANGED", "BY");
      return ExitCode.OK.number();
    }

    private Item item(Answer<TagPermit> answer) {
      var permit = answer.body();
      var last = permit.timeline().isEmpty() ? null : permit.timeline().getLast();
      return Item.of(
          permit.tag(),
          answer.tree(),
          Cell.of(permit.tag()),
          Cell.of(limit(permit)),
          Cell.of(session.times().at(last == null ? null : (Long) last.timestamp())),
          Cell.of(last == null || last.author() == null ? "-" : last.author()));
    }
  }

  /** Shows one. */
  @Command(name = "get", description = "Shows a limit and who changed it.")
  static final class Get implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TAG")
    String tag = "";

    Get(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var found = session.server().list(route(tag), TagPermit.class, 1);
      if (found.isEmpty()) {
        throw CommandFailure.notFound(
            "tag \"%s\" has no limit".formatted(tag), "maestro permit ls shows what there is");
      }
      var permit = found.getFirst();
      var lines = new ArrayList<String>();
      lines.add("%s  %s at a time".formatted(tag, limit(permit.body())));
      permit
          .body()
          .timeline()
          .forEach(event ->
              lines.add(
                  "  %s  %s"
                      .formatted(
                          session.times().at(event.timestamp()), Style.harmless(event.message()))));
      session.report().one(tag, permit.tree(), lines);
      return ExitCode.OK.number();
    }
  }

  /** Sets one. */
  @Command(
      name = "set",
      description = "Sets a limit, or changes it; 0 lets no step with the tag begin.")
  static final class Set implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TAG", index = "0")
    String tag = "";

    @Parameters(paramLabel = "N", index = "1", description = "so many at a time")
    long limit;

    Set(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      if (limit < 0) {
        throw CommandFailure.usage("expected a limit of 0 or more, found " + limit);
      }
      var body = new TagPermitBody(tag, limit, Map.of());
      session.server().sendRepeatable("POST", Route.of("tag-permits"), body);
      session
          .report()
          .one(tag, body(tag, limit), List.of("%s  %d at a time".formatted(tag, limit)));
      return ExitCode.OK.number();
    }

    private static Object body(String tag, long limit) {
      return org.maestro.cli.output.Report.members("tag", tag, "max_allowed", limit);
    }
  }

  /** Removes one. */
  @Command(name = "rm", description = "Removes a limit: the tag holds nothing back any more.")
  static final class Rm implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "TAG", arity = "1..*")
    List<String> tags = List.of();

    Rm(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return Each.of(session, tags, this::one);
    }

    private void one(String tag) {
      var removed = session.server().send("DELETE", route(tag), null, TagPermit.class);
      session.report().one(tag, removed.tree(), List.of(tag + "  has no limit any more"));
    }
  }
}

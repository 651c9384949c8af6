package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Route;
import org.maestro.model.notification.NotificationView;
import org.maestro.model.notification.RunNotifications;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What people are told about runs. */
@Command(
    name = "notification",
    description = "What people are told about runs: who, by which channel, and what came of it.")
final class NotificationCommand {
  private static final String ALL = "notifications";

  /** Lists those of a run, or those that were given up. */
  @Command(
      name = "ls",
      description = "Lists whom a run has told or tells; without a name, what was given up.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    @Parameters(
        paramLabel = "NAME",
        arity = "0..1",
        description = "such as hello#12, hello#12.1, or hello: its latest instance")
    @Nullable String name;

    @Mixin final LimitOption most = new LimitOption();

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      if (name == null) {
        var failed =
            session.server().list(Route.of(ALL), NotificationView.class, most.limit).stream()
                .map(answer -> item(answer.body(), answer.tree()))
                .toList();
        list(failed, "nothing was given up");
      } else {
        ofRun(
            Instances.latest(
                session, Named.by(session, name, Ref.Kind.INSTANCE, Ref.Kind.WORKFLOW)));
      }
      return ExitCode.OK.number();
    }

    private void ofRun(Ref ref) {
      var all = session.server().get(Instances.run(ref).below(ALL), RunNotifications.class);
      list(
          all.elements(ALL, NotificationView.class).stream()
              .map(answer -> item(answer.body(), answer.tree()))
              .toList(),
          "it has told nobody");
      all.body().untold().forEach(line -> session.console().talk("not told: " + line));
    }

    private void list(List<Item> items, String none) {
      if (items.isEmpty() && session.isTable()) {
        session.console().talk(none);
      }
      session
          .report()
          .list(items, "ID", "RUN", "EVENT", "RECEIVER", "STATUS", "ATTEMPTS", "AT", "ERROR");
    }

    private Item item(NotificationView one, @Nullable Object tree) {
      var at = one.endTime() == null ? one.dueTime() : one.endTime();
      return Item.of(
          one.id(),
          tree,
          Cell.of(one.id()),
          Cell.of(
              "%s#%d.%d"
                  .formatted(one.workflowId(), one.workflowInstanceId(), one.workflowRunId())),
          Cell.of(one.event()),
          Cell.of(one.receiver()),
          Cell.of(Words.of(one.status())),
          Cell.of(Long.toString(one.attempts())),
          Cell.of(at == null ? "" : session.times().at(at)),
          Cell.of(one.error() == null ? "" : one.error()));
    }
  }

  /** Sends one again. */
  @Command(
      name = "retry",
      description = "Sends one again that was given up, after its cause has been mended.")
  static final class Retry implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "ID")
    String id = "";

    Retry(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      session.server().send("POST", Route.of(ALL, id, "actions", "retry"), null);
      session.report().one(id, null, List.of(id + "  is sent again"));
      return ExitCode.OK.number();
    }
  }
}

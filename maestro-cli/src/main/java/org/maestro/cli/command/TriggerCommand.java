package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The triggers that start workflows by the clock. */
@Command(
    name = "trigger",
    description = {
      "The triggers that start workflows by the clock.",
      "They belong to the active version: change them with maestro push."
    })
final class TriggerCommand {

  private static Item item(Session session, Tree trigger) {
    var workflow = trigger.at("workflow_id").text("?");
    var next = trigger.at("next_fires").list();
    var soonest = next.isEmpty() ? trigger.at("next_fire_time") : next.getFirst().at("fire_time");
    return Item.of(
        workflow + "/" + trigger.at("index").text("0"),
        trigger.map(),
        Cell.of(workflow),
        Cell.of(rule(trigger.at("trigger"))),
        Cell.of(trigger.at("trigger", "timezone").text("UTC")),
        Cell.of(trigger.at("paused").isTrue() ? "paused" : session.times().at(soonest.number())),
        Cell.of(session.times().at(trigger.at("last_fire_time").number())));
  }

  /** What a person would call the trigger. */
  private static String rule(Tree trigger) {
    return trigger
        .at("cron")
        .text(trigger.at("expression").text("every " + trigger.at("interval").text("?")));
  }

  /** Lists triggers. */
  @Command(name = "ls", description = "Lists the time triggers of a workflow, or of all.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW", arity = "0..1")
    @Nullable String workflow;

    @Mixin final LimitOption most = new LimitOption();

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var found =
          workflow == null
              ? session.server().list(Route.of("triggers", "time"), most.limit)
              : session
                  .server()
                  .get(
                      Route.workflow(
                          session.about(workflow, Ref.Kind.WORKFLOW).workflow(), "triggers"))
                  .at("time_triggers")
                  .list();
      if (found.isEmpty() && session.isTable()) {
        session.console().talk("no time triggers");
      }
      session
          .report()
          .list(
              found.stream().map(trigger -> item(session, trigger)).toList(),
              "WORKFLOW",
              "RULE",
              "ZONE",
              "NEXT",
              "LAST");
      return ExitCode.OK.number();
    }
  }

  /** Shows the next fires. */
  @Command(
      name = "next",
      description = {
        "Shows when a workflow will be started by the clock, or, with --cron, when a cron would fire."
      })
  static final class Next implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW", arity = "0..1")
    @Nullable String workflow;

    @Option(names = "--cron", paramLabel = "CRON", description = "such as \"0 6 * * 1-5\"")
    @Nullable String cron;

    @Option(names = "--zone", paramLabel = "ZONE", description = "of --cron (${DEFAULT-VALUE})")
    String zone = "UTC";

    @Option(names = "--count", paramLabel = "N", description = "so many (${DEFAULT-VALUE})")
    int count = 10;

    Next(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      if ((workflow == null) == (cron == null)) {
        throw CommandFailure.usage(
            "expected a workflow or --cron, found " + (cron == null ? "neither" : "both"));
      }
      var answer =
          workflow == null
              ? session
                  .server()
                  .sendRepeatable(
                      "POST",
                      Route.of("triggers", "time", "preview").with("count", count),
                      org.maestro.cli.output.Report.members(
                          "type", "CRON", "cron", cron, "timezone", zone))
              : session
                  .server()
                  .get(
                      Route.workflow(
                              session.about(workflow, Ref.Kind.WORKFLOW).workflow(),
                              "triggers",
                              "time",
                              "next")
                          .with("count", count));
      var items = new ArrayList<Item>();
      for (var tick : answer.at("next_fires").list()) {
        var local = tick.at("local_time").text("?");
        items.add(
            Item.of(
                local,
                tick.map(),
                Cell.of(local),
                Cell.of(session.times().at(tick.at("fire_time").number()))));
      }
      if (items.isEmpty() && session.isTable()) {
        session.console().talk("it will not fire any more");
      }
      session.report().list(items, "LOCAL TIME", "FIRES");
      return ExitCode.OK.number();
    }
  }

  /** Pauses or resumes the triggers of a workflow. */
  private static int act(Session session, String name, String action) {
    var ref = session.about(name, Ref.Kind.WORKFLOW);
    var answer =
        session
            .server()
            .sendRepeatable(
                "PUT", Route.workflow(ref.workflow(), "triggers", "time", "actions", action), null);
    var state = answer.at("paused").isTrue() ? "paused" : "on";
    session
        .report()
        .one(
            ref.workflow(),
            answer.value(),
            List.of(
                ref.workflow()
                    + "  time triggers "
                    + (answer.at("changed").isTrue() ? state : state + " already")));
    return ExitCode.OK.number();
  }

  /** Lets the clock pass. */
  @Command(
      name = "pause",
      description = "Starts nothing by the clock until maestro trigger resume; runs go on.")
  static final class Pause implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW")
    String workflow = "";

    Pause(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, workflow, "pause");
    }
  }

  /** Listens to the clock again. */
  @Command(
      name = "resume",
      description =
          "Starts by the clock again; what was missed is made up for as the trigger's catch_up says.")
  static final class Resume implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "WORKFLOW")
    String workflow = "";

    Resume(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      return act(session, workflow, "resume");
    }
  }
}

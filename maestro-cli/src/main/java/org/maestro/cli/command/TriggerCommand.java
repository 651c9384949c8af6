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
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Records;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.trigger.ClockAnswer;
import org.maestro.model.trigger.NextFires;
import org.maestro.model.trigger.Tick;
import org.maestro.model.trigger.TriggerPreview;
import org.maestro.model.trigger.TriggerView;
import org.maestro.model.trigger.WorkflowTriggers;
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

  private static Item item(Session session, Answer<TriggerView> answer) {
    var trigger = answer.body();
    var rule = Records.read(TimeTrigger.class, trigger.trigger());
    var next = trigger.nextFires().isEmpty() ? null : trigger.nextFires().getFirst();
    var last = trigger.lastFire();
    return Item.of(
        trigger.workflowId() + "/" + trigger.index(),
        answer.tree(),
        Cell.of(trigger.workflowId()),
        Cell.of(rule(rule)),
        Cell.of(rule.timezone() == null ? "UTC" : rule.timezone()),
        Cell.of(
            trigger.paused()
                ? "paused"
                : session.times().at(next == null ? null : (Long) next.fireTime())),
        Cell.of(session.times().at(last == null ? null : (Long) last.time())));
  }

  /** What a person would call the trigger. */
  private static String rule(TimeTrigger trigger) {
    return trigger.cron() != null
        ? trigger.cron()
        : trigger.expression() != null ? trigger.expression() : "every " + trigger.interval();
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
              ? session.server().list(Route.of("triggers", "time"), TriggerView.class, most.limit)
              : session
                  .server()
                  .get(
                      Route.workflow(
                          session.about(workflow, Ref.Kind.WORKFLOW).workflow(), "triggers"),
                      WorkflowTriggers.class)
                  .elements("time_triggers", TriggerView.class);
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
      var ticks =
          workflow == null
              ? session
                  .server()
                  .sendRepeatable(
                      "POST",
                      Route.of("triggers", "time", "preview").with("count", count),
                      new TimeTrigger(
                          TimeTrigger.Type.CRON, cron, null, null, null, null, null, zone, null),
                      TriggerPreview.class)
                  .elements("next_fires", Tick.class)
              : session
                  .server()
                  .get(
                      Route.workflow(
                              session.about(workflow, Ref.Kind.WORKFLOW).workflow(),
                              "triggers",
                              "time",
                              "next")
                          .with("count", count),
                      NextFires.class)
                  .elements("next_fires", Tick.class);
      var items = new ArrayList<Item>();
      for (var tick : ticks) {
        var local = tick.body().localTime();
        items.add(
            Item.of(
                local,
                tick.tree(),
                Cell.of(local),
                Cell.of(session.times().at(tick.body().fireTime()))));
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
                "PUT",
                Route.workflow(ref.workflow(), "triggers", "time", "actions", action),
                null,
                ClockAnswer.class);
    var state = answer.body().paused() ? "paused" : "on";
    session
        .report()
        .one(
            ref.workflow(),
            answer.tree(),
            List.of(
                ref.workflow()
                    + "  time triggers "
                    + (answer.body().changed() ? state : state + " already")));
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

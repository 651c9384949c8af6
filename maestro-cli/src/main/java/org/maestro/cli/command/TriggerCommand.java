package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.PropertiesChange;
import org.maestro.model.definition.TimeTrigger;
import org.maestro.model.trigger.ClockAnswer;
import org.maestro.model.trigger.NextFires;
import org.maestro.model.trigger.Tick;
import org.maestro.model.trigger.TriggerPreview;
import org.maestro.model.trigger.TriggerView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What starts workflows by itself: the clock and signals. */
@Command(
    name = "trigger",
    description = {
      "What starts workflows by itself: the clock and signals.",
      "Triggers belong to the active version: change them with maestro push."
    })
final class TriggerCommand {

  /** Lists triggers. */
  @Command(
      name = "ls",
      description = "Lists the triggers of a workflow, or the time triggers of all.")
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
      var items =
          workflow == null
              ? session
                  .server()
                  .list(Route.of("triggers", "time"), TriggerView.class, most.limit)
                  .stream()
                  .map(trigger -> Triggers.item(session, trigger))
                  .toList()
              : Triggers.of(session, Named.by(session, workflow, Ref.Kind.WORKFLOW).workflow());
      if (session.isTable()) {
        if (items.isEmpty()) {
          session.console().talk(workflow == null ? "no time triggers" : "no triggers");
        }
        if (workflow == null) {
          session
              .console()
              .talk("time triggers only; with a workflow's name its signal triggers, too");
        }
      }
      session.report().list(items, Triggers.HEADINGS);
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
                              Named.by(session, workflow, Ref.Kind.WORKFLOW).workflow(),
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

  /** Pauses or resumes the triggers of workflows. */
  abstract static sealed class Switch implements Callable<Integer> permits Pause, Resume {
    private final Session session;
    private final boolean pause;

    @Parameters(paramLabel = "WORKFLOW", arity = "1..*")
    List<String> workflows = List.of();

    @Option(names = "--time", description = "its time triggers only")
    boolean time;

    @Option(names = "--signal", description = "its signal triggers only")
    boolean signal;

    private Switch(Session session, boolean pause) {
      this.session = session;
      this.pause = pause;
    }

    @Override
    public Integer call() {
      return Each.of(session, workflows, this::one);
    }

    private void one(String name) {
      var workflow = Named.by(session, name, Ref.Kind.WORKFLOW).workflow();
      var active = Triggers.active(session, workflow);
      var hasSignals = active.isPresent() && !Triggers.signalTriggers(active.get()).isEmpty();
      var hasTime = time || (!signal && !Triggers.time(session, workflow).isEmpty());
      var said = new ArrayList<String>();
      var changed = false;
      if (hasTime || (!signal && !hasSignals)) {
        var answer = clock(workflow);
        said.add(said("time", answer.changed()));
        changed = answer.changed();
      }
      if (signal || (hasSignals && !time)) {
        var differs = active.isEmpty() || Triggers.areSignalsDisabled(active.get()) != pause;
        session
            .server()
            .sendRepeatable(
                "POST",
                Route.workflow(workflow, "properties"),
                new PropertiesChange(null, null, null, Map.of("signal_trigger_disabled", pause)));
        said.add(said("signal", differs));
        changed |= differs;
      }
      session
          .report()
          .one(
              workflow,
              Report.members("workflow_id", workflow, "paused", pause, "changed", changed),
              List.of(workflow + "  " + String.join(", ", said)));
    }

    private ClockAnswer clock(String workflow) {
      var action = pause ? "pause" : "resume";
      return session
          .server()
          .sendRepeatable(
              "PUT",
              Route.workflow(workflow, "triggers", "time", "actions", action),
              null,
              ClockAnswer.class)
          .body();
    }

    private String said(String kind, boolean changed) {
      return "%s triggers %s%s".formatted(kind, pause ? "paused" : "on", changed ? "" : " already");
    }
  }

  /** Lets the clock pass, and signals. */
  @Command(
      name = "pause",
      description = {
        "Starts nothing by the clock or by signals until maestro trigger resume; runs go on.",
        "Signals that come meanwhile start nothing later."
      })
  static final class Pause extends Switch {
    Pause(Session session) {
      super(session, true);
    }
  }

  /** Listens again. */
  @Command(
      name = "resume",
      description = {
        "Starts by the clock and by signals again.",
        "What the clock missed is made up for as the trigger's catch_up says."
      })
  static final class Resume extends Switch {
    Resume(Session session) {
      super(session, false);
    }
  }
}

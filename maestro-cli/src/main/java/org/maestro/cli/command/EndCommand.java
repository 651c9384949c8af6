package org.maestro.cli.command;

import java.util.concurrent.Callable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunActionAnswer;
import org.maestro.model.instance.StepActionAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a step, a run, or all runs of a workflow before their time. */
abstract sealed class EndCommand implements Callable<Integer>
    permits EndCommand.Stop, EndCommand.Kill {
  private final Session session;
  private final String action;

  @Parameters(
      paramLabel = "NAME",
      description = "such as hello#12, hello#12.2, hello#12/load, or hello with --all")
  String name = "";

  @Option(names = "--all", description = "for a workflow: all of its instances that are live")
  boolean all;

  private EndCommand(Session session, String action) {
    this.session = session;
    this.action = action;
  }

  /** Ends as STOPPED. */
  @Command(
      name = "stop",
      description = {"Ends a run or a step as STOPPED.", "Its jobs are told to end first."})
  static final class Stop extends EndCommand {
    Stop(Session session) {
      super(session, "stop");
    }
  }

  /** Ends as failed. */
  @Command(
      name = "kill",
      description = {
        "Ends a run or a step as failed.",
        "A run as FAILED, a step as FATALLY_FAILED, so that its failure mode applies. Its jobs are",
        "told to end first."
      })
  static final class Kill extends EndCommand {
    Kill(Session session) {
      super(session, "kill");
    }
  }

  @Override
  public Integer call() {
    var ref = session.about(name, Ref.Kind.INSTANCE, Ref.Kind.STEP_OF_RUN, Ref.Kind.WORKFLOW);
    var server = session.server();
    var route = route(ref);
    switch (ref.kind()) {
      case STEP_OF_RUN, STEP ->
          Acted.onStep(
              session, ref, server.sendRepeatable("PUT", route, null, StepActionAnswer.class));
      case INSTANCE ->
          Acted.onRun(
              session, ref, server.sendRepeatable("PUT", route, null, RunActionAnswer.class));
      case WORKFLOW, VERSION ->
          Acted.onWorkflow(
              session, ref, server.sendRepeatable("PUT", route, null, TimelineEvent.class));
    }
    return ExitCode.OK.number();
  }

  private Route route(Ref ref) {
    return switch (ref.kind()) {
      case STEP_OF_RUN, STEP ->
          Route.instance(
              ref.workflow(),
              ref.instanceNumber(),
              "steps",
              LatestRun.step(session, ref),
              "actions",
              action);
      case INSTANCE ->
          ref.run() == null
              ? Route.instance(ref.workflow(), ref.instanceNumber(), "actions", action)
              : Instances.run(ref).below("actions", action);
      case WORKFLOW, VERSION -> {
        if (!all) {
          throw CommandFailure.usage(
              "%s would %s every live instance of \"%s\"".formatted(ref, action, ref.workflow()),
              "one of them: maestro %s %s#12".formatted(action, ref.workflow()),
              "all of them: maestro %s %s --all".formatted(action, ref.workflow()));
        }
        yield Route.workflow(ref.workflow(), "actions", action);
      }
    };
  }
}

package org.maestro.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.server.Route;
import org.maestro.model.event.TimelineEvent;
import org.maestro.model.instance.RunActionAnswer;
import org.maestro.model.instance.StepActionAnswer;
import org.maestro.model.loop.LoopAction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a step, a run, or all runs of a workflow before their time. */
abstract sealed class EndCommand implements Callable<Integer>
    permits EndCommand.Stop, EndCommand.Kill {
  private final Session session;
  private final LoopAction loopAction;
  private final String action;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description =
          "such as hello#12, hello#12.2 or hello#12/load; hello with --all or a filter; a loop"
              + " such as hello#12/each with a filter")
  List<String> names = List.of();

  @Option(names = "--all", description = "for a workflow: all of its instances that are live")
  boolean all;

  @Mixin final ManyOptions many = new ManyOptions();

  private EndCommand(Session session, LoopAction loopAction) {
    this.session = session;
    this.loopAction = loopAction;
    this.action = loopAction.name().toLowerCase(Locale.ROOT);
  }

  /** Ends as STOPPED. */
  @Command(
      name = "stop",
      description = {"Ends a run or a step as STOPPED.", "Its jobs are told to end first."})
  static final class Stop extends EndCommand {
    Stop(Session session) {
      super(session, LoopAction.STOP);
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
      super(session, LoopAction.KILL);
    }
  }

  @Override
  public Integer call() {
    if (many.dryRun && !many.isGiven()) {
      throw CommandFailure.usage(
          "expected --dry-run with a filter such as --status running; found none");
    }
    var code = new AtomicInteger();
    var failed =
        Each.of(
            session,
            names,
            name -> {
              if (many.isGiven()) {
                code.compareAndSet(0, several(name));
              } else {
                one(name);
              }
            });
    return failed == 0 ? code.get() : failed;
  }

  private int several(String name) {
    var ref = Named.by(session, name, Ref.Kind.WORKFLOW, Ref.Kind.STEP_OF_RUN, Ref.Kind.INSTANCE);
    return new Many(session, many, loopAction).act(ref, this::one);
  }

  private void one(String name) {
    var ref = Named.by(session, name, Ref.Kind.INSTANCE, Ref.Kind.STEP_OF_RUN, Ref.Kind.WORKFLOW);
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
              "all of them: maestro %s %s --all".formatted(action, ref.workflow()),
              "some of them: maestro %s %s --status in_progress --since 2h --dry-run"
                  .formatted(action, ref.workflow()));
        }
        yield Route.workflow(ref.workflow(), "actions", action);
      }
    };
  }
}

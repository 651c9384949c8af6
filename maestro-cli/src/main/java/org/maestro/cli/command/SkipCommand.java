package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.instance.StepActionAnswer;
import org.maestro.model.instance.StepStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a step as SKIPPED; what follows goes on. */
@Command(
    name = "skip",
    description = {
      "Ends a step as SKIPPED; what follows goes on.",
      "If its run has ended, a new run starts from it.",
      "With --status all steps of a run that have it: maestro skip hello#12 --status paused."
    })
final class SkipCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "STEP",
      arity = "1..*",
      description = "such as hello#12/load; with --status hello#12")
  List<String> names = List.of();

  @Option(names = "--status", paramLabel = "STATUS", description = "all steps of this status")
  @Nullable String status;

  @Option(names = "--dry-run", description = "only say how many they are, and name them")
  boolean dryRun;

  SkipCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (status != null) {
      var word = RunFilter.word(status, StepStatus.class);
      return Each.of(session, names, name -> ofStatus(name, word));
    }
    if (dryRun) {
      throw CommandFailure.usage("expected --dry-run with --status; found none");
    }
    return Each.of(session, names, this::one);
  }

  private void ofStatus(String name, String word) {
    var ref = Named.by(session, name, Ref.Kind.INSTANCE);
    LatestRun.require(session, ref);
    var steps =
        Instances.steps(session, ref).stream()
            .map(Answer::body)
            .filter(step -> Words.of(step.runtimeState().status()).equals(word))
            .map(step -> new Ref(ref.workflow(), null, ref.instance(), null, step.stepId()))
            .map(Ref::toString)
            .toList();
    session
        .console()
        .talk(
            "%s %s skipped"
                .formatted(
                    Words.count(steps.size(), "step", "steps"), dryRun ? "would be" : "to be"));
    if (dryRun) {
      session
          .report()
          .list(
              steps.stream()
                  .map(step -> Item.of(step, Report.members("ref", step), Cell.of(step)))
                  .toList(),
              "STEP");
    } else if (!steps.isEmpty()) {
      Each.of(session, steps, this::one);
    }
  }

  private void one(String name) {
    var ref = Named.by(session, name, Ref.Kind.STEP_OF_RUN);
    var route =
        Route.instance(
            ref.workflow(),
            ref.instanceNumber(),
            "steps",
            LatestRun.step(session, ref),
            "actions",
            "skip");
    Acted.onStep(session, ref, session.server().send("PUT", route, null, StepActionAnswer.class));
  }
}

package org.maestro.cli.command;

import java.util.LinkedHashSet;
import java.util.List;
import org.maestro.cli.definition.Outline;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.name.StepName;
import org.maestro.cli.server.Answer;
import org.maestro.cli.server.Route;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.instance.InstanceView;
import org.maestro.model.instance.StepView;

/** Finds what names leave open: the latest instance, the run, the step. */
final class Instances {
  private Instances() {}

  /** The instance itself, or the latest one of a workflow. */
  static Ref latest(Session session, Ref ref) {
    if (ref.instance() != null) {
      return ref;
    }
    var latest =
        session
            .server()
            .get(Route.workflow(ref.workflow(), "overview"), WorkflowOverview.class)
            .body()
            .latestInstanceId();
    if (latest == 0) {
      throw CommandFailure.notFound(
          "workflow \"%s\" has never been started".formatted(ref.workflow()),
          "start it: maestro run " + ref.workflow());
    }
    return session.about(new Ref(ref.workflow(), null, latest, null, ref.step()));
  }

  /** The path of a run; of the latest one if none is named. */
  static Route run(Ref ref) {
    return Route.instance(
        ref.workflow(),
        ref.instanceNumber(),
        "runs",
        ref.run() == null ? "latest" : ref.run().toString());
  }

  /** The number of the run that is named, or of the latest. */
  static long runNumber(Session session, Ref ref) {
    return ref.run() != null
        ? ref.run()
        : session.server().get(run(ref), InstanceView.class).body().workflowRunId();
  }

  /** What a step is, such as {@code foreach}; empty if nobody knows. */
  static String kind(Session session, Ref ref, String step) {
    var run = session.server().get(run(ref).with("enriched", true), InstanceView.class).body();
    return Outline.of(run.runtimeWorkflow()).kinds().getOrDefault(step, "");
  }

  static boolean isForeach(String kind) {
    return kind.equalsIgnoreCase("foreach");
  }

  /** The attempts of a run's steps, the latest of each. */
  static List<Answer<StepView>> steps(Session session, Ref ref) {
    return session.server().all(run(ref).below("steps"), StepView.class);
  }

  /** The ids of all steps of a run's definition, and of those that it has reached. */
  static List<String> stepIds(Session session, Ref ref) {
    var run = session.server().get(run(ref).with("enriched", true), InstanceView.class).body();
    var ids = new LinkedHashSet<>(Outline.of(run.runtimeWorkflow()).kinds().keySet());
    if (run.runtimeDag() != null) {
      ids.addAll(run.runtimeDag().keySet());
    }
    return List.copyOf(ids);
  }

  /** The step that is meant. */
  static StepName step(Session session, Ref ref) {
    return StepName.resolve(ref.stepText(), stepIds(session, ref), ref.withoutStep().toString());
  }
}

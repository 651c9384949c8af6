package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.cli.name.StepName;
import org.maestro.cli.output.Tree;
import org.maestro.cli.server.Route;

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
            .get(Route.workflow(ref.workflow(), "overview"))
            .at("latest_instance_id")
            .number(0);
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

  /** The attempts of a run's steps, the latest of each. */
  static List<Tree> steps(Session session, Ref ref) {
    return session.server().get(run(ref).below("steps")).list();
  }

  /** The ids of all steps of a run's definition, and of those that it has reached. */
  static List<String> stepIds(Session session, Ref ref) {
    var ids = new ArrayList<String>();
    var run = session.server().get(run(ref).with("enriched", true));
    ids.addAll(org.maestro.cli.watch.RunReader.kinds(run.at("runtime_workflow")).keySet());
    run.at("runtime_dag").members().keySet().stream()
        .filter(id -> !ids.contains(id))
        .forEach(ids::add);
    return ids;
  }

  /** The step that is meant. */
  static StepName step(Session session, Ref ref) {
    return StepName.resolve(ref.stepText(), stepIds(session, ref), ref.withoutStep().toString());
  }
}

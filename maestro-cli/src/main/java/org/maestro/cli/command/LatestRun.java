package org.maestro.cli.command;

import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.name.Ref;
import org.maestro.model.instance.InstanceView;

/** The server restarts an instance's latest run only, and acts on steps of that one. */
final class LatestRun {
  private LatestRun() {}

  /**
   * The id of the step, whose latest attempt is meant.
   *
   * @throws CommandFailure if another run or attempt is named
   */
  static String step(Session session, Ref ref) {
    require(session, ref);
    var step = Instances.step(session, ref);
    if (step.attempt() != null) {
      throw CommandFailure.usage(
          "expected a step without an attempt, found %s".formatted(ref),
          "an action is about the latest attempt: leave .%d out".formatted(step.attempt()));
    }
    return step.step();
  }

  /**
   * Nothing, if no run is named or the latest.
   *
   * @throws CommandFailure if an earlier one is
   */
  static void require(Session session, Ref ref) {
    if (ref.run() != null) {
      var latest =
          session
              .server()
              .get(
                  Instances.run(new Ref(ref.workflow(), null, ref.instance(), null, null)),
                  InstanceView.class)
              .body()
              .workflowRunId();
      if (latest != ref.run()) {
        throw CommandFailure.usage(
            "only the latest run can be acted on, which is %s.%d; found %s"
                .formatted(new Ref(ref.workflow(), null, ref.instance(), null, null), latest, ref));
      }
    }
  }
}

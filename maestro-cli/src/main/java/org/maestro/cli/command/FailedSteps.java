package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.Words;
import org.maestro.cli.server.Records;
import org.maestro.cli.server.ServerProblem;
import org.maestro.cli.watch.RunState;
import org.maestro.model.instance.StepView;
import org.maestro.model.loop.IterationView;
import org.maestro.model.loop.LoopFailures;

/**
 * The steps that made a run fail: down through children, and of a loop those of one iteration for
 * each failure group.
 */
final class FailedSteps {
  private static final int DEEPEST = 8;
  private static final int MOST = 25;

  private final Session session;
  private final List<Found> found = new ArrayList<>();

  private FailedSteps(Session session) {
    this.session = session;
  }

  /**
   * A step that failed by itself.
   *
   * @param name as a person finds it, such as {@code hello#12.1/each[17]/copy}
   * @param run whose step it is
   * @param more how many others failed in the same way
   */
  record Found(String name, Ref run, StepView attempt, long more) {}

  static List<Found> of(Session session, Ref run) {
    var steps = new FailedSteps(session);
    steps.look(run, run.toString(), 0, 0);
    return List.copyOf(steps.found);
  }

  private void look(Ref run, String name, long more, int depth) {
    for (var answer : Instances.steps(session, run)) {
      var step = answer.body();
      if (found.size() < MOST && RunState.isFailure(Words.of(step.runtimeState().status()))) {
        look(run, step, name + "/" + step.stepId(), more, depth);
      }
    }
  }

  private void look(Ref run, StepView step, String name, long more, int depth) {
    var before = found.size();
    if (depth < DEEPEST) {
      lookBelow(run, step, name, more, depth + 1);
    }
    if (found.size() == before) {
      found.add(new Found(name, run, step, more));
    }
  }

  /** Not everybody may read what is below, and it may have been deleted. */
  private void lookBelow(Ref run, StepView step, String name, long more, int depth) {
    try {
      var child = child(step);
      if (child != null) {
        look(child, child.toString(), more, depth);
      } else if (step.artifacts().containsKey("maestro_foreach")) {
        lookIntoLoop(run, step, name, depth);
      }
    } catch (ServerProblem e) {
      if (e.exitCode() != ExitCode.NOT_ALLOWED && e.exitCode() != ExitCode.NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Of the artifact {@code maestro_subworkflow}. */
  private record Child(String subworkflowId, long subworkflowInstanceId, long subworkflowRunId) {}

  private static @Nullable Ref child(StepView step) {
    var child = Records.read(Child.class, step.artifacts().get("maestro_subworkflow"));
    return child.subworkflowId().isEmpty()
        ? null
        : Ref.run(child.subworkflowId(), child.subworkflowInstanceId(), child.subworkflowRunId());
  }

  private void lookIntoLoop(Ref run, StepView step, String name, int depth) {
    var loop = new Ref(run.workflow(), null, run.instance(), step.workflowRunId(), step.stepId());
    var failures =
        session.server().find(Iterations.route(loop).below("failures"), LoopFailures.class);
    if (failures.isEmpty()) {
      return;
    }
    for (var group : failures.get().body().groups()) {
      if (!group.samples().isEmpty()) {
        var index = group.samples().getFirst();
        var iteration =
            session.server().get(Iterations.route(loop).below(index), IterationView.class).body();
        if (iteration.workflowId() != null
            && iteration.workflowInstanceId() != null
            && iteration.workflowRunId() != null) {
          look(
              Ref.run(
                  iteration.workflowId(),
                  iteration.workflowInstanceId(),
                  iteration.workflowRunId()),
              name + "[" + index + "]",
              group.count() - 1,
              depth);
        }
      }
    }
  }
}

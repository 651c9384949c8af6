package org.maestro.engine.start;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.maestro.engine.step.StepAttempt;
import org.maestro.model.definition.Step;
import org.maestro.model.definition.StepType;
import org.maestro.model.definition.Workflow;
import org.maestro.model.param.Param;
import org.maestro.model.param.ParamSource;

/**
 * What it means for an instance that its next run is one of another version. What has run stays
 * what it is: its steps are there in the new version, and what is kept of them leads to where it
 * led. Pure.
 *
 * @param before the version of the run before
 * @param after that of the next run
 * @param number that of the next run, as people see it
 */
record VersionChange(Workflow before, Workflow after, long number) {

  /**
   * Why the next run can't be one of the new version, one sentence each; empty if it can.
   *
   * @param reached the latest attempts of the steps that any run of the instance has reached
   * @param again the steps that the next run executes
   * @param goesOn whether iterations that have succeeded stay as they are
   */
  List<String> problems(Map<String, StepAttempt> reached, Set<String> again, boolean goesOn) {
    var problems = new ArrayList<String>();
    var now = byId(after.steps());
    for (var step : before.steps()) {
      var attempt = reached.get(step.id());
      var next = now.get(step.id());
      if (attempt == null) {
        continue;
      }
      if (next == null) {
        problems.add(
            "step \"%s\" has run and is not in version %d: keep it, or start a new instance"
                .formatted(step.id(), number));
      } else if (!isSameKind(step, next)) {
        problems.add(otherKind(step, next));
      } else {
        if (!again.contains(step.id()) && attempt.status().isComplete()) {
          addLostEdges(step, next, attempt, problems);
        }
        if (goesOn) {
          addInner(step, next, problems);
        }
      }
    }
    return problems;
  }

  private void addLostEdges(Step step, Step next, StepAttempt attempt, List<String> problems) {
    var successors = next.common().transition().successors().keySet();
    for (var taken : attempt.taken() == null ? Set.<String>of() : attempt.taken()) {
      if (!successors.contains(taken)) {
        problems.add(
            "step \"%s\" has led to step \"%s\", which does not follow it in version %d: restart from \"%s\" or from the beginning"
                .formatted(step.id(), taken, number, step.id()));
      }
    }
  }

  /** Iterations that are kept, and what is kept within others, have to fit among the new ones. */
  private void addInner(Step step, Step next, List<String> problems) {
    var inner = byId(next.inner());
    for (var old : step.inner()) {
      var now = inner.get(old.id());
      if (now == null) {
        problems.add(
            "step \"%s\" in loop \"%s\" is not in version %d, and iterations have run it: keep it, or restart from the beginning"
                .formatted(old.id(), step.id(), number));
        continue;
      }
      if (!isSameKind(old, now)) {
        problems.add(otherKind(old, now));
        continue;
      }
      var successors = now.common().transition().successors().keySet();
      for (var led : old.common().transition().successors().keySet()) {
        if (!successors.contains(led)) {
          problems.add(
              "step \"%s\" in loop \"%s\" leads to step \"%s\", and not any more in version %d: keep that, or restart from the beginning"
                  .formatted(old.id(), step.id(), led, number));
        }
      }
      addInner(old, now, problems);
    }
  }

  private static Map<String, Step> byId(List<Step> steps) {
    var byId = new LinkedHashMap<String, Step>();
    steps.forEach(step -> byId.put(step.id(), step));
    return byId;
  }

  private String otherKind(Step step, Step next) {
    return "step \"%s\" has run as %s and is %s in version %d: give the new one another id, or start a new instance"
        .formatted(step.id(), words(step.stepType()), words(next.stepType()), number);
  }

  private static String words(StepType type) {
    return type.isLeaf() ? "a job" : "a " + type.label();
  }

  /** Jobs are alike: what runs again runs as what it is now. */
  private static boolean isSameKind(Step step, Step next) {
    return step.stepType().isLeaf() ? next.stepType().isLeaf() : step.stepType() == next.stepType();
  }

  /**
   * The params of the run before that hold in the next one: those that its version defines as
   * before, and those that somebody gave. The others are taken from the new version.
   *
   * @param given the names that come with the restart
   * @param problems gets a sentence for each param whose value is of another type now
   */
  Map<String, Param> kept(Map<String, Param> previous, Set<String> given, List<String> problems) {
    var kept = new LinkedHashMap<String, Param>();
    previous.forEach((name, param) -> {
      var then = before.params().get(name);
      var now = after.params().get(name);
      if (param.source() == ParamSource.DEFINITION) {
        if (Objects.equals(then, now)) {
          kept.put(name, param);
        }
      } else if (now == null || now.type() == param.type()) {
        kept.put(name, param);
      } else if (!given.contains(name)) {
        problems.add(
            "param \"%s\" was given as %s, and is %s in version %d: give it again"
                .formatted(name, param.type(), now.type(), number));
      }
    });
    return kept;
  }
}

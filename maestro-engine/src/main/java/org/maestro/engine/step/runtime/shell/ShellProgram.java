package org.maestro.engine.step.runtime.shell;

import java.util.List;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.LocalProgram;
import org.maestro.model.definition.StepType;

/**
 * Shell steps: the parameter {@code script} (STRING) or {@code command} (STRING_ARRAY), with {@code
 * env} (STRING_MAP).
 *
 * @param shell runs scripts that don't begin with {@code #!}
 */
public record ShellProgram(String shell) implements LocalProgram {

  @Override
  public StepType type() {
    return StepType.SHELL;
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return ShellJob.problems(step);
  }

  @Override
  public Job of(Launch launch) {
    return ShellJob.of(launch, shell);
  }
}

package org.maestro.engine.step.runtime.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobInput;
import org.maestro.engine.step.runtime.job.LocalProgram;

/**
 * What a Shell step asks for, checked.
 *
 * @param script its text; empty if the step has a {@code command}
 * @param command the arguments to execute; empty if the step has a {@code script}
 * @param environment what the step adds to the environment
 * @param shell of scripts that name none
 */
record ShellJob(
    Optional<String> script, List<String> command, Map<String, String> environment, String shell)
    implements LocalProgram.Job {
  /**
   * Reads a step's parameters.
   *
   * @throws InvalidJobException saying what was expected and what was found
   */
  static ShellJob of(Launch launch, String shell) {
    var script = launch.params().get(ShellParam.SCRIPT.label());
    var command = launch.params().get(ShellParam.COMMAND.label());
    requireOne(script != null, command != null);
    var job =
        new ShellJob(
            Optional.ofNullable(script).map(ShellJob::text),
            command == null ? List.of() : JobInput.words("command", command),
            JobInput.environment("env", launch.params().get(ShellParam.ENV.label())),
            shell);
    JobInput.refuseWhatNoProcessCanTake(job.command(), job.environment());
    return job;
  }

  /** What is wrong with what is there literally. */
  static List<StepProblem> problems(LiteralStep step) {
    var problems = new ArrayList<StepProblem>();
    var script = step.values().get(ShellParam.SCRIPT.label());
    var command = step.values().get(ShellParam.COMMAND.label());
    var hasScript = script != null || step.isOpen("/" + ShellParam.SCRIPT.label());
    var hasCommand = command != null || step.isOpen("/" + ShellParam.COMMAND.label());
    attempt("", problems, () -> requireOne(hasScript, hasCommand));
    attempt(
        "/" + ShellParam.COMMAND.label(),
        problems,
        () ->
            JobInput.refuseWhatNoProcessCanTake(
                command == null ? List.of() : JobInput.words(ShellParam.COMMAND.label(), command),
                Map.of()));
    attempt(
        "/" + ShellParam.ENV.label(),
        problems,
        () ->
            JobInput.refuseWhatNoProcessCanTake(
                List.of(), JobInput.environment("env", step.values().get(ShellParam.ENV.label()))));
    problems.removeIf(problem -> step.isOpen(problem.field()));
    return problems;
  }

  private static void attempt(String field, List<StepProblem> problems, Runnable check) {
    try {
      check.run();
    } catch (InvalidJobException e) {
      problems.add(new StepProblem(field, String.valueOf(e.getMessage()), false));
    }
  }

  private static void requireOne(boolean hasScript, boolean hasCommand) {
    if (hasScript == hasCommand) {
      throw new InvalidJobException(
          "expected either the parameter \"script\" (STRING) or \"command\" (STRING_ARRAY), found "
              + (hasScript ? "both" : "neither"));
    }
  }

  private static String text(Object script) {
    if (!(script instanceof String text)) {
      throw new InvalidJobException("expected the parameter \"script\" to be a STRING");
    }
    return text;
  }

  @Override
  public List<String> arguments(AttemptFolder folder, Optional<String> user) {
    if (script.isEmpty()) {
      return command;
    }
    var file = folder.script().toString();
    return script.get().startsWith("#!") ? List.of(file) : List.of(shell, file);
  }
}

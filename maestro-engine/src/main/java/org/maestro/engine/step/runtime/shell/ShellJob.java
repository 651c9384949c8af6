package org.maestro.engine.step.runtime.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.InvalidJobException;
import org.maestro.engine.step.runtime.job.JobInput;

/**
 * What a Shell step asks for, checked.
 *
 * @param script its text; empty if the step has a {@code command}
 * @param command the arguments to execute; empty if the step has a {@code script}
 * @param environment what the step adds to the environment
 */
record ShellJob(Optional<String> script, List<String> command, Map<String, String> environment) {
  /**
   * Reads a step's parameters.
   *
   * @throws InvalidJobException saying what was expected and what was found
   */
  static ShellJob of(Launch launch) {
    var script = launch.params().get(ShellParam.SCRIPT.label());
    var command = launch.params().get(ShellParam.COMMAND.label());
    if ((script == null) == (command == null)) {
      throw new InvalidJobException(
          "expected either the parameter \"script\" (STRING) or \"command\" (STRING_ARRAY), found "
              + (script == null ? "neither" : "both"));
    }
    var job =
        new ShellJob(
            Optional.ofNullable(script).map(ShellJob::text),
            command == null ? List.of() : JobInput.words("command", command),
            JobInput.environment("env", launch.params().get(ShellParam.ENV.label())));
    JobInput.refuseWhatNoProcessCanTake(job.command(), job.environment());
    return job;
  }

  private static String text(Object script) {
    if (!(script instanceof String text)) {
      throw new InvalidJobException("expected the parameter \"script\" to be a STRING");
    }
    return text;
  }

  /** The arguments to execute. */
  List<String> arguments(AttemptFolder folder, ShellSettings settings) {
    if (script.isEmpty()) {
      return command;
    }
    var file = folder.script().toString();
    return script.get().startsWith("#!") ? List.of(file) : List.of(settings.shell(), file);
  }
}

package org.maestro.engine.step.runtime.job;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.model.definition.StepType;

/** How the steps of one type become processes of this machine. */
public interface LocalProgram {
  StepType type();

  /** What is wrong with what a step says literally, all of it. */
  List<StepProblem> problems(LiteralStep step);

  /**
   * What a step asks for.
   *
   * @throws InvalidJobException if it can't be run, saying what was expected and what was found
   */
  Job of(Launch launch);

  /** A process to be. */
  interface Job {
    /** What is written to {@link AttemptFolder#script} before. */
    Optional<String> script();

    /** What is written to {@link AttemptFolder#input} before. */
    default Optional<String> input() {
      return Optional.empty();
    }

    /** What the step adds to the environment. */
    Map<String, String> environment();

    /**
     * The program and its arguments.
     *
     * @param user whom it runs as; empty for the engine's own
     */
    List<String> arguments(AttemptFolder folder, Optional<String> user) throws IOException;
  }
}

package org.maestro.engine.step.runtime.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.maestro.engine.step.runtime.Launch;
import org.maestro.engine.step.runtime.LiteralStep;
import org.maestro.engine.step.runtime.StepProblem;
import org.maestro.engine.step.runtime.job.AttemptFolder;
import org.maestro.engine.step.runtime.job.LocalProgram;
import org.maestro.model.definition.StepType;

/**
 * Notebook steps: papermill executes the notebook, in an environment as Python steps have it. What
 * the engine writes down, a driver reads in the job's own process; its text is this package's
 * resource {@code notebook.py}.
 */
public final class NotebookProgram implements LocalProgram {
  private final NotebookSettings settings;
  private final PythonHome home;
  private final Path driver;

  /**
   * @param dataDir where the driver and the environments are kept
   * @throws UncheckedIOException if it can't be written to
   */
  public NotebookProgram(PythonSettings python, NotebookSettings settings, Path dataDir) {
    this.settings = settings;
    this.home = new PythonHome(python, dataDir);
    home.install("driver.py"); // whose functions it uses
    home.install("maestro_step.py", "step");
    this.driver = home.install("notebook.py");
  }

  @Override
  public StepType type() {
    return StepType.NOTEBOOK;
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return NotebookJob.problems(step);
  }

  @Override
  public Job of(Launch launch) {
    return NotebookJob.of(launch, this);
  }

  /** What the operator has installed for every step. */
  List<String> requirements() {
    return settings.requirements();
  }

  /** The driver's command line. */
  List<String> command(AttemptFolder folder, Optional<String> user) throws IOException {
    return home.command(driver, folder, user);
  }
}

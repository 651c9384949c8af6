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
 * Python steps ({@link PythonParam}). What the engine writes down, a driver reads in the job's own
 * process: it installs the requirements, into a folder that belongs to the user the job runs as,
 * and runs the script or the function. Its text is this package's resource {@code driver.py}.
 */
public final class PythonProgram implements LocalProgram {
  private final PythonHome home;
  private final Path driver;

  /**
   * @param dataDir where the driver and the environments are kept
   * @throws UncheckedIOException if it can't be written to
   */
  public PythonProgram(PythonSettings settings, Path dataDir) {
    this.home = new PythonHome(settings, dataDir);
    this.driver = home.install("driver.py");
  }

  @Override
  public StepType type() {
    return StepType.PYTHON;
  }

  @Override
  public List<StepProblem> problems(LiteralStep step) {
    return PythonJob.problems(step);
  }

  @Override
  public Job of(Launch launch) {
    return PythonJob.of(launch, this);
  }

  /** The driver's command line. */
  List<String> command(AttemptFolder folder, Optional<String> user) throws IOException {
    return home.command(driver, folder, user);
  }
}

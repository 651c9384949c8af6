package org.maestro.engine.step.runtime.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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
  private final PythonSettings settings;
  private final Path root;
  private final Path driver;

  /**
   * @param dataDir where the driver and the environments are kept
   * @throws UncheckedIOException if it can't be written to
   */
  public PythonProgram(PythonSettings settings, Path dataDir) {
    this.settings = settings;
    this.root = dataDir.resolve("python").toAbsolutePath();
    this.driver = install();
  }

  private Path install() {
    try (var text = PythonProgram.class.getResourceAsStream("driver.py")) {
      if (text == null) {
        throw new IllegalStateException("driver.py is missing from this build");
      }
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
      var fresh = Files.createTempFile(root, "driver", ".new");
      Files.copy(text, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      return Files.move(fresh, root.resolve("driver.py"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to the data directory of " + root, e);
    }
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
    return List.of(
        settings.interpreter(),
        "-u",
        driver.toString(),
        folder.input().toString(),
        folder.script().toString(),
        environments(user).toString(),
        Long.toString(settings.keepEnvironments().toSeconds()));
  }

  /** Where environments of a user are: nobody else may write what the user's jobs execute. */
  private Path environments(Optional<String> user) throws IOException {
    var folder = root.resolve(user.map(name -> "user-" + name).orElse("own"));
    if (!Files.exists(folder)) {
      var fresh = Files.createTempDirectory(root, "environments");
      if (user.isPresent()) {
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(fresh, users.lookupPrincipalByName(user.get()));
      }
      try {
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) { // another job's was sooner, and isn't empty any more
        Files.delete(fresh);
        if (!Files.exists(folder)) {
          throw e;
        }
      }
    }
    return folder;
  }
}

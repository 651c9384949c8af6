package org.maestro.engine.step.runtime.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.maestro.engine.step.runtime.job.AttemptFolder;

/** Where the drivers of steps in Python are kept, and the environments that they make. */
final class PythonHome {
  private final PythonSettings settings;
  private final Path root;

  /**
   * @param dataDir belongs to one machine
   * @throws UncheckedIOException if it can't be written to
   */
  PythonHome(PythonSettings settings, Path dataDir) {
    this.settings = settings;
    this.root = dataDir.resolve("python").toAbsolutePath();
    try {
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to the data directory of " + root, e);
    }
  }

  /** Puts a resource of this package where jobs can read it, by its name. */
  Path install(String resource) {
    return install(resource, root);
  }

  /** The same in a folder of its own, which jobs can import from. */
  Path install(String resource, String folder) {
    var place = root.resolve(folder);
    try {
      Files.createDirectories(place);
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to the data directory of " + root, e);
    }
    return install(resource, place);
  }

  private Path install(String resource, Path folder) {
    try (var text = PythonHome.class.getResourceAsStream(resource)) {
      if (text == null) {
        throw new IllegalStateException(resource + " is missing from this build");
      }
      var fresh = Files.createTempFile(root, "driver", ".new");
      Files.copy(text, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
      return Files.move(fresh, folder.resolve(resource), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to the data directory of " + root, e);
    }
  }

  /** A driver's command line. */
  List<String> command(Path driver, AttemptFolder folder, Optional<String> user)
      throws IOException {
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

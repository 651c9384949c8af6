package org.maestro.engine.step.runtime.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folders of all attempts on this machine, {@code <data-dir>/attempts/ab/cd/<uuid>}, the folder
 * in which wrappers announce what happens, and the wrapper script itself.
 */
public final class AttemptFolders {
  private static final Pattern UUID_FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
  private final Path root;

  public AttemptFolders(Path dataDir) {
    this.root = dataDir.toAbsolutePath().normalize();
  }

  /**
   * The folder of an attempt, whether it exists or not.
   *
   * @throws IllegalArgumentException if {@code uuid} has characters that no uuid has
   */
  public AttemptFolder of(String uuid) {
    if (!UUID_FORM.matcher(uuid).matches()) {
      throw new IllegalArgumentException("expected an attempt's uuid, found \"" + uuid + "\"");
    }
    // Spread by hash: uuids of our own making may well begin alike.
    var hash = Integer.toHexString(uuid.hashCode() * 0x9E3779B9 | 0x10000000);
    return new AttemptFolder(
        root.resolve("attempts")
            .resolve(hash.substring(4, 6))
            .resolve(hash.substring(6, 8))
            .resolve(uuid));
  }

  /** The folders that there are. */
  List<AttemptFolder> all() {
    var attempts = root.resolve("attempts");
    if (!Files.isDirectory(attempts)) {
      return List.of();
    }
    try (var found = Files.find(attempts, 3, (path, file) -> file.isDirectory())) {
      return found
          .filter(path -> attempts.relativize(path).getNameCount() == 3)
          .map(AttemptFolder::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the data directory " + root, e);
    }
  }

  /**
   * Deletes the folder of an attempt that has ended and is forgotten; nothing if there is none, or
   * its process still lives.
   */
  public void forget(String uuid) {
    var folder = of(uuid);
    try {
      if (folder.exists() && folder.endedAt().isPresent()) {
        folder.delete();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't delete " + folder.path(), e);
    }
  }

  /** A file of an attempt by the path under which another machine or container sees it. */
  public Path asSeenFrom(@Nullable Path dataDirThere, Path file) {
    return dataDirThere == null ? file : dataDirThere.resolve(root.relativize(file));
  }

  /** Where a file named like the attempt appears for a moment when something has changed. */
  public Path events() throws IOException {
    return Files.createDirectories(root.resolve("events"));
  }

  /** Puts the wrapper script in place; running wrappers keep the one they were started from. */
  public Path installWrapper() {
    try (var script = AttemptFolders.class.getResourceAsStream("attempt.sh")) {
      if (script == null) {
        throw new IllegalStateException("attempt.sh is missing from this build");
      }
      var folder = Files.createDirectories(root.resolve("bin"));
      var fresh = Files.createTempFile(folder, "attempt", ".new");
      Files.copy(script, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
      return Files.move(fresh, folder.resolve("attempt.sh"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("can't write to the data directory " + root, e);
    }
  }

  /** Tokens under a key that only this installation knows, made at the first call. */
  public AttemptTokens newTokens() {
    try {
      Files.createDirectories(root);
      var file = root.resolve("attempt-token.key");
      if (!Files.exists(file)) {
        var owner =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var fresh = Files.createTempFile(root, "attempt-token", ".new", owner);
        Files.writeString(fresh, UUID.randomUUID().toString() + UUID.randomUUID());
        try {
          Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
          // Another engine on this machine was first: its key counts.
        }
        Files.delete(fresh);
      }
      return new AttemptTokens(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("can't keep a key in the data directory " + root, e);
    }
  }
}

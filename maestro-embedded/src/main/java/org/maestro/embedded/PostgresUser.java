package org.maestro.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Under which identity PostgreSQL's programs run: they refuse to run as root. As root they run in a
 * user namespace of their own, or, where that is forbidden, as {@code nobody}.
 */
enum PostgresUser {
  OURS,
  NAMESPACE,
  NOBODY;

  static PostgresUser suitable() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return OURS;
    }
    if (NAMESPACE.works()) {
      return NAMESPACE;
    }
    if (NOBODY.works()) {
      return NOBODY;
    }
    throw new EmbeddedStartException(
        "PostgreSQL does not run as root, and this machine allows neither unshare nor setpriv; run Maestro as another user.");
  }

  private boolean works() {
    try {
      return new ProcessBuilder(command(List.of("true"))).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  List<String> command(List<String> program) {
    return Stream.concat(prefix().stream(), program.stream()).toList();
  }

  private List<String> prefix() {
    return switch (this) {
      case OURS -> List.of();
      case NAMESPACE -> List.of("unshare", "-U");
      case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    };
  }

  /** Where programs and data may lie so that this user can reach them. */
  Path cache() {
    String home = System.getProperty("user.home");
    return this == NOBODY
        ? Path.of(System.getProperty("java.io.tmpdir"), "maestro-embedded")
        : Path.of(home, ".cache", "maestro");
  }

  /** Gives a folder to this user, if it isn't ours. */
  void own(Path folder) {
    if (this != NOBODY) {
      return;
    }
    try {
      new ProcessBuilder("chown", "-R", "65534:65534", folder.toString()).start().waitFor();
    } catch (IOException e) {
      throw new EmbeddedStartException("The folder " + folder + " can't be handed to nobody.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

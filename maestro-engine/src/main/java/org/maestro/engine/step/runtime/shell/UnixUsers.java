package org.maestro.engine.step.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.maestro.engine.step.runtime.job.InvalidJobException;

/**
 * As which Unix user of this machine a job runs. Outside of development mode never as the engine's
 * own: a job that did could read the engine's passwords and keys, and other jobs' folders.
 */
public final class UnixUsers {
  private final Map<String, String> byOwner;
  private final boolean isDevelopment;
  private final String own = System.getProperty("user.name");
  private final Map<String, String> groups = new ConcurrentHashMap<>();

  /**
   * Users by owner, {@code *} for all others.
   *
   * @param isDevelopment whether jobs run as the engine's own user where there are none
   */
  public UnixUsers(Map<String, String> byOwner, boolean isDevelopment) {
    this.byOwner = Map.copyOf(byOwner);
    this.isDevelopment = isDevelopment;
  }

  /**
   * As whom an owner's jobs run; empty for the engine's own user.
   *
   * @throws InvalidJobException if they may not run, saying what is to be set
   */
  Optional<String> of(String owner) {
    if (byOwner.isEmpty() && isDevelopment) {
      return Optional.empty();
    }
    if (byOwner.isEmpty()) {
      throw new InvalidJobException(
          "a job may not run as the engine's own user; ask the operator to set"
              + " maestro.step.shell.users, or run the step in a container");
    }
    var user = byOwner.getOrDefault(owner, byOwner.get("*"));
    if (user == null) {
      throw new InvalidJobException(
          "owner \"%s\" has no unix user; ask the operator to add it to maestro.step.shell.users"
              .formatted(owner));
    }
    if (!isDevelopment && user.equals(own)) {
      throw new InvalidJobException(
          "owner \"%s\" has the engine's own unix user \"%s\" in maestro.step.shell.users; ask the operator for another one"
              .formatted(owner, user));
    }
    if (!own.equals("root")) {
      throw new InvalidJobException(
          "expected the engine to run as root, which alone can start jobs as the users of maestro.step.shell.users, found \"%s\""
              .formatted(own));
    }
    return Optional.of(user);
  }

  /** Whether jobs run as root, for whom the system counts no processes. */
  boolean areRoot() {
    return own.equals("root") && byOwner.isEmpty();
  }

  /**
   * The words before a command that is to run as the user: with the user's groups, without a
   * privilege, and without a way to get one.
   *
   * @throws InvalidJobException if there is no such user here
   */
  List<String> become(String user, String path) throws IOException, InterruptedException {
    var group = groups.get(user);
    if (group == null) {
      group = primaryGroup(user, path);
      groups.put(user, group);
    }
    return List.of(
        "setpriv",
        "--reuid=" + user,
        "--regid=" + group,
        "--init-groups",
        "--inh-caps=-all",
        "--no-new-privs",
        "--");
  }

  private static String primaryGroup(String user, String path)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder("id", "-g", "--", user).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new InvalidJobException(
          "the unix user \"%s\" of maestro.step.shell.users isn't known here: %s"
              .formatted(user, said));
    }
    return said;
  }
}

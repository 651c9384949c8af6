package org.maestro.engine.step.runtime.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.maestro.engine.step.runtime.job.InvalidJobException;

/** How a process becomes a Unix user of this machine. */
final class UnixUsers {
  private final Map<String, String> groups = new ConcurrentHashMap<>();

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

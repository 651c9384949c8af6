package org.maestro.cli.command;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.server.Pause;
import org.maestro.cli.watch.Screen;

/**
 * Everything that a command takes from the process around it.
 *
 * @param here the folder against which relative paths are read
 * @param ids makes request ids
 */
public record Surroundings(
    Streams streams,
    User user,
    Path here,
    InstantSource clock,
    ZoneId zone,
    Pause pause,
    Supplier<String> ids,
    Interrupts interrupts) {

  /** Where a command reads and writes, and whether a person is there. */
  public record Streams(
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean outIsTerminal,
      boolean errIsTerminal,
      Screen screen) {}

  /**
   * Who called.
   *
   * @param name of the account; null if unknown
   */
  public record User(Map<String, String> environment, Path home, @Nullable String name) {
    public User {
      environment = Map.copyOf(environment);
    }
  }

  /** What happens on Ctrl-C. */
  @FunctionalInterface
  public interface Interrupts {
    /** Does this, and then the process ends with 130; until the handle is closed. */
    Handle onInterrupt(Runnable action);
  }

  /** Ends what was registered. */
  @FunctionalInterface
  public interface Handle extends AutoCloseable {
    @Override
    void close();
  }
}

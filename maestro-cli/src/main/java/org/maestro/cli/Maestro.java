package org.maestro.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import org.maestro.cli.command.Commands;
import org.maestro.cli.command.Surroundings;
import org.maestro.cli.server.Pause;
import org.maestro.zones.Zones;

/** The command line: takes in the process around it, and ends it with the command's exit code. */
public final class Maestro {
  private Maestro() {}

  /** The command {@code maestro}. */
  public static void main(String[] arguments) {
    Zones.install();
    var terminal = new Terminal();
    var around =
        new Surroundings(
            new Surroundings.Streams(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                terminal.isTerminal(1),
                terminal.isTerminal(2),
                terminal),
            new Surroundings.User(
                System.getenv(),
                Path.of(System.getProperty("user.home", ".")),
                System.getProperty("user.name")),
            Path.of("").toAbsolutePath(),
            InstantSource.system(),
            ZoneId.systemDefault(),
            Pause::really,
            () -> UUID.randomUUID().toString(),
            Maestro::onInterrupt);
    var code = Commands.execute(around, arguments);
    // Also ends followers that still wait for the server.
    Runtime.getRuntime().halt(code);
  }

  private static Surroundings.Handle onInterrupt(Runnable action) {
    var hook = new Thread(action, "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        // The process ends already, and the action is being done.
      }
    };
  }
}

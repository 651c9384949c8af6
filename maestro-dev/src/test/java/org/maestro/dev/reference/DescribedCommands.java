package org.maestro.dev.reference;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.maestro.cli.command.Commands;
import org.maestro.cli.command.Surroundings;
import org.maestro.cli.watch.Screen;
import picocli.CommandLine.Model.CommandSpec;

/** All commands of the command line, to be described and not called. */
public final class DescribedCommands {
  private DescribedCommands() {}

  public static CommandSpec all() {
    return Commands.described(nobody());
  }

  private static Surroundings nobody() {
    return new Surroundings(
        new Surroundings.Streams(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            OutputStream.nullOutputStream(),
            false,
            false,
            new Screen() {
              @Override
              public int width() {
                return 80;
              }

              @Override
              public int height() {
                return 24;
              }
            }),
        new Surroundings.User(Map.of(), Path.of("/nonexistent"), "nobody"),
        Path.of(""),
        InstantSource.system(),
        ZoneOffset.UTC,
        _ -> {},
        () -> "",
        _ -> () -> {});
  }
}

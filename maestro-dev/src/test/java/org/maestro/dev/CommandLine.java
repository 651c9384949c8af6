package org.maestro.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.maestro.cli.Maestro;

/** The command line as people use it: a process of its own, in a folder, against a server. */
final class CommandLine {
  private static final long PATIENCE_SECONDS = 180;

  private final Path folder;
  private final int port;

  CommandLine(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** What a process came to. */
  record Outcome(int code, String out, String err) {
    @Override
    public String toString() {
      return "exit code " + code + "\nout:\n" + out + "\nerr:\n" + err;
    }
  }

  /** One call of {@code maestro}. */
  Outcome maestro(String... arguments) {
    var command = new ArrayList<>(java());
    command.addAll(List.of(arguments));
    return outcome(start(command));
  }

  /** A call of {@code maestro} that goes on, and takes Ctrl-C even if this process ignores it. */
  Process startMaestro(String... arguments) {
    var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(java());
    command.addAll(List.of(arguments));
    return start(command);
  }

  /**
   * A shell script in a folder where {@code ./maestro} is the command line; {@code ./maestro dev}
   * is there already and says nothing.
   */
  Outcome script(String script) throws IOException {
    var maestro = folder.resolve("maestro");
    Files.writeString(
        maestro,
        "#!/bin/sh\n[ \"$1\" != dev ] || exit 0\nexec %s \"$@\"\n"
            .formatted(String.join(" ", java().stream().map(CommandLine::quoted).toList())));
    if (!maestro.toFile().setExecutable(true)) {
      throw new IOException("can't make " + maestro + " executable");
    }
    return outcome(start(List.of("bash", "-eu", "-c", script)));
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Maestro.class.getName());
  }

  private Process start(List<String> command) {
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("MAESTRO_SERVER", "http://127.0.0.1:" + port);
    builder.environment().put("MAESTRO_CONFIG", folder.resolve("config.yaml").toString());
    builder.environment().put("MAESTRO_USER", "ann");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of a process. */
  static Outcome outcome(Process process) {
    try (var err = process.getErrorStream();
        var out = process.getInputStream()) {
      process.getOutputStream().close();
      var errText = new ArrayList<String>();
      var errReader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  errText.add(new String(err.readAllBytes(), StandardCharsets.UTF_8));
                } catch (IOException e) {
                  errText.add(e.toString());
                }
              });
      var outText = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("the command goes on and on; it said\n" + outText);
      }
      errReader.join();
      return new Outcome(process.exitValue(), outText, String.join("", errText));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

package org.maestro.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maestro.service.setting.SettingNames;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the command line asks for.
 *
 * @param port where the API and the UI are served on 127.0.0.1
 * @param dataDir the folder that holds everything durable
 * @param httpAllow hosts or {@code host:port} that HTTP steps may reach, separated by commas;
 *     {@code *} is any public address, empty allows none
 * @param engineOptions further settings of the engine, as {@code name=value}
 */
record DevOptions(int port, Path dataDir, String httpAllow, List<String> engineOptions) {

  static final String USAGE =
      """
      usage: ./maestro dev [options]
        --port N            where to serve the UI and the API on 127.0.0.1 (8080)
        --data-dir FOLDER   where to keep everything (.maestro)
        --http-allow HOSTS  hosts that HTTP steps may reach, as host or host:port, separated by
                            commas; * is any public address (127.0.0.1,localhost,*); Maestro
                            itself is reached if 127.0.0.1 and its port are among them
        --set NAME=VALUE    any further setting of the engine; may be repeated\
      """;

  /** What further settings may begin with: those of the framework that have a meaning here. */
  private static final List<String> OTHERS =
      List.of("logging.", "management.", "server.", "spring.");

  DevOptions {
    engineOptions = List.copyOf(engineOptions);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static DevOptions parse(List<String> arguments) {
    var line = new CommandLine(CommandLine.getCommandMethods(DevOptions.class, "of").getFirst());
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    try {
      new RunLast().execute(line.parseArgs(arguments.toArray(String[]::new)));
      return Objects.requireNonNull(line.<DevOptions>getExecutionResult());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IllegalArgumentException told ? told : e;
    } catch (UnmatchedArgumentException e) {
      throw new IllegalArgumentException(
          "Expected one of --port, --data-dir, --http-allow, --set; found \"%s\"."
              .formatted(e.getUnmatched().getFirst()),
          e);
    } catch (MissingParameterException e) {
      throw new IllegalArgumentException(
          "Option %s needs a value."
              .formatted(((OptionSpec) e.getMissing().getFirst()).longestName()),
          e);
    }
  }

  @Command
  static DevOptions of(
      @Option(names = "--port", defaultValue = "8080") String port,
      @Option(names = "--data-dir", defaultValue = ".maestro") Path dataDir,
      @Option(names = "--http-allow", defaultValue = "127.0.0.1,localhost,*") String httpAllow,
      @Option(names = "--set") @Nullable List<String> settings) {
    return new DevOptions(
        port(port),
        dataDir.toAbsolutePath().normalize(),
        httpAllow,
        settings == null ? List.of() : settings.stream().map(DevOptions::setting).toList());
  }

  /**
   * The same without ports of ours: what calls the API on this machine is an administrator, and no
   * step should be one unless somebody has named that very port.
   */
  String httpAllowBut(int... ours) {
    if (httpAllow.isBlank()) {
      return httpAllow;
    }
    var named = Stream.of(httpAllow.split(",", -1)).map(String::strip).toList();
    var list = new StringBuilder(httpAllow);
    for (int port : ours) {
      if (!named.contains("127.0.0.1:" + port)) {
        list.append(",!127.0.0.1:").append(port);
      }
    }
    return list.toString();
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "Expected --port to be a number from 1 to 65535, found \"" + value + "\".");
  }

  private static String setting(String value) {
    if (value.indexOf('=') < 1) {
      throw new IllegalArgumentException(
          "Expected --set to be NAME=VALUE, found \"" + value + "\".");
    }
    var name = value.substring(0, value.indexOf('='));
    var problem = Holder.NAMES.problem(name);
    if (problem != null) {
      throw new IllegalArgumentException("--set: " + problem);
    }
    if (!name.startsWith("maestro.") && OTHERS.stream().noneMatch(name::startsWith)) {
      throw new IllegalArgumentException(
          "--set: expected a setting that begins with maestro. or one of %s, found \"%s\"."
              .formatted(String.join(" ", OTHERS), name));
    }
    return value;
  }

  /** Read when it is needed: few starts need it. */
  private static final class Holder {
    static final SettingNames NAMES = SettingNames.ofReference();
  }
}

package org.maestro.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

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

  DevOptions {
    engineOptions = List.copyOf(engineOptions);
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  static DevOptions parse(List<String> arguments) {
    int port = 8080;
    Path dataDir = Path.of(".maestro");
    String httpAllow = "127.0.0.1,localhost,*";
    List<String> engineOptions = new java.util.ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = arguments.get(i);
      String value = null;
      int equals = name.indexOf('=');
      if (equals > 0) {
        value = name.substring(equals + 1);
        name = name.substring(0, equals);
      } else if (i + 1 < arguments.size()) {
        value = arguments.get(++i);
      }
      if (value == null) {
        throw new IllegalArgumentException("Option " + name + " needs a value.");
      }
      switch (name) {
        case "--port" -> port = port(value);
        case "--data-dir" -> dataDir = Path.of(value);
        case "--http-allow" -> httpAllow = value;
        case "--set" -> engineOptions.add(setting(value));
        default ->
            throw new IllegalArgumentException(
                "Expected one of --port, --data-dir, --http-allow, --set; found \"" + name + "\".");
      }
    }
    return new DevOptions(port, dataDir.toAbsolutePath().normalize(), httpAllow, engineOptions);
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
    return value;
  }
}

package org.maestro.cli.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maestro.cli.watch.Screen;

/** One call of the command line in this process: its surroundings, and what came of it. */
final class CommandCall {
  private final Path here;
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Duration> pauses = new ArrayList<>();
  private OutputStream stdout = out;
  private String stdin = "";
  private boolean terminal;
  private int code = -1;

  CommandCall(Path here) {
    this.here = here;
    environment.put("MAESTRO_CONFIG", here.resolve("config.yaml").toString());
  }

  CommandCall server(StubServer server) {
    return with("MAESTRO_SERVER", server.address());
  }

  CommandCall with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CommandCall stdin(String text) {
    stdin = text;
    return this;
  }

  CommandCall onTerminal() {
    terminal = true;
    return this;
  }

  CommandCall writingTo(OutputStream stream) {
    stdout = stream;
    return this;
  }

  CommandCall run(String... arguments) {
    code =
        Commands.execute(
            new Surroundings(
                new Surroundings.Streams(
                    new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                    stdout,
                    err,
                    terminal,
                    terminal,
                    new SmallScreen()),
                new Surroundings.User(environment, here, "ann"),
                here,
                InstantSource.system(),
                ZoneOffset.UTC,
                pauses::add,
                () -> "request-1",
                _ -> () -> {}),
            arguments);
    return this;
  }

  private static final class SmallScreen implements Screen {
    @Override
    public int width() {
      return 80;
    }

    @Override
    public int height() {
      return 24;
    }
  }

  int code() {
    return code;
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  List<Duration> pauses() {
    return pauses;
  }
}

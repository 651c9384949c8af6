package org.maestro.cli.context;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Yaml;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file of contexts: {@code $MAESTRO_CONFIG}, or {@code maestro/config.yaml} in {@code
 * $XDG_CONFIG_HOME} or {@code ~/.config}. It may hold tokens, so only its owner can read it, and it
 * is replaced as a whole.
 */
public final class ContextFile {
  private final Path file;

  public ContextFile(Path file) {
    this.file = file;
  }

  /** The file that this environment names. */
  public static ContextFile of(Map<String, String> environment, Path home) {
    var named = environment.get("MAESTRO_CONFIG");
    if (named != null && !named.isEmpty()) {
      return new ContextFile(Path.of(named));
    }
    var xdg = environment.get("XDG_CONFIG_HOME");
    var folder = xdg == null || xdg.isEmpty() ? home.resolve(".config") : Path.of(xdg);
    return new ContextFile(folder.resolve("maestro").resolve("config.yaml"));
  }

  public Path path() {
    return file;
  }

  /** What is saved; none if there is no file. */
  public Contexts read() {
    if (!Files.exists(file)) {
      return Contexts.NONE;
    }
    try {
      var tree = Yaml.read(Files.readString(file));
      var contexts = new LinkedHashMap<String, Context>();
      tree.at("contexts")
          .members()
          .forEach((name, context) -> {
            var server = context.at("server").text();
            if (server == null) {
              throw bad("the context \"" + name + "\" has no server");
            }
            contexts.put(
                name,
                new Context(
                    name,
                    server,
                    context.at("user").text(),
                    context.at("token").text(),
                    context.at("token_file").text()));
          });
      return new Contexts(tree.at("current").text(), contexts);
    } catch (YAMLException | IOException e) {
      throw bad(firstLine(e));
    }
  }

  private CommandFailure bad(String because) {
    return CommandFailure.usage(
        "expected contexts in %s: %s".formatted(file, because), "correct the file, or remove it");
  }

  private static String firstLine(Exception e) {
    var message = e.getMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse(message);
  }

  /** Replaces the file, readable by its owner only. */
  public void write(Contexts contexts) {
    var saved = new LinkedHashMap<String, Object>();
    contexts
        .sorted()
        .forEach((name, context) ->
            saved.put(
                name,
                Report.members(
                    "server", context.server(),
                    "user", context.user(),
                    "token", context.token(),
                    "token_file", context.tokenFile())));
    var text = Yaml.write(Report.members("current", contexts.current(), "contexts", saved));
    try {
      var folder = file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var written =
          Files.createTempFile(
              folder,
              ".config",
              ".yaml",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(written, text, StandardCharsets.UTF_8);
      Files.move(
          written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "can't write %s: %s".formatted(file, e),
          List.of("set MAESTRO_CONFIG to a file that can be written"));
    }
  }

  /** Whether others than the owner can read it. */
  public boolean isOpenToOthers() {
    try {
      return Files.exists(file)
          && Files.getPosixFilePermissions(file).stream()
              .anyMatch(permission -> !permission.name().startsWith("OWNER"));
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }

  /** The first line of a file with a token. */
  public static String token(Path tokenFile) {
    try {
      var token = Files.readString(tokenFile).lines().findFirst().orElse("").strip();
      if (token.isEmpty()) {
        throw CommandFailure.usage(
            "expected a token in the first line of %s, found none".formatted(tokenFile));
      }
      return token;
    } catch (IOException e) {
      throw CommandFailure.usage("can't read the token file %s: %s".formatted(tokenFile, e));
    }
  }

  /** A token or null, as text that doesn't tell it. */
  public static String shown(@Nullable Context context) {
    if (context == null) {
      return "-";
    }
    return context.token() != null
        ? "saved"
        : context.tokenFile() != null ? "in " + context.tokenFile() : "-";
  }
}

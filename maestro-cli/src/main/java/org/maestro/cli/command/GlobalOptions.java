package org.maestro.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.context.Settings;
import org.maestro.cli.output.OutputFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code maestro} itself and the options that every command takes. */
@Command(
    name = "maestro",
    description = "Pushes, starts, watches and explains workflows.",
    footer = {
      "",
      "Names: hello (workflow), hello@3 (version), hello#12 (instance), hello#12.2 (run),",
      "hello#12/load (step), hello#12/load.2 (attempt), hello#12/each[17] or",
      "hello#12/each[day=20260101] (iteration), hello#12/each[17]/copy (a step of it).",
      "",
      "Exit codes: 0 done, 1 a watched run failed or diff found a difference, 2 usage,",
      "3 not valid, 4 not allowed, 5 not found, 6 conflict, 7 server or network, 8 timeout.",
      "",
      "Environment: MAESTRO_SERVER, MAESTRO_USER, MAESTRO_TOKEN, MAESTRO_TOKEN_FILE,",
      "MAESTRO_CONTEXT, MAESTRO_CONFIG, NO_COLOR.",
      "",
      "In a checkout also: ./maestro dev runs everything on this machine; ./maestro help lists",
      "verify, benchmark and jdk."
    })
public final class GlobalOptions {

  @Option(
      names = {"-o", "--output"},
      scope = ScopeType.INHERIT,
      paramLabel = "FORMAT",
      description = "table, json, jsonl, yaml or name")
  @Nullable OutputFormat output;

  @Option(
      names = "--server",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "the server's address (" + Settings.DEFAULT_SERVER + ")")
  @Nullable String server;

  @Option(
      names = "--context",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "a saved context, see maestro context")
  @Nullable String context;

  @Option(
      names = "--user",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "who you are for a server in development mode (the account's name)")
  @Nullable String user;

  @Option(
      names = "--token",
      scope = ScopeType.INHERIT,
      paramLabel = "TOKEN",
      description = "an API token; others on this machine may see it here: better --token-file")
  @Nullable String token;

  @Option(
      names = "--token-file",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "a file with an API token")
  @Nullable Path tokenFile;

  @Option(
      names = "--timeout",
      scope = ScopeType.INHERIT,
      paramLabel = "TIME",
      description = "how long to watch or follow, such as 90s or 1h30m (for ever)")
  @Nullable String timeout;

  @Option(
      names = "--no-color",
      scope = ScopeType.INHERIT,
      description = "no colours, as with NO_COLOR")
  boolean noColor;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "nothing but data and errors")
  boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "tell every request")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "this text")
  boolean help;

  Settings settings() {
    return new Settings(context, server, user, token, tokenFile);
  }
}

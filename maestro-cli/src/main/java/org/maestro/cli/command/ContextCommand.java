package org.maestro.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.context.Context;
import org.maestro.cli.context.ContextFile;
import org.maestro.cli.context.Settings;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Report;
import org.maestro.cli.output.Report.Item;
import org.maestro.cli.output.Table.Cell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Servers under names. */
@Command(
    name = "context",
    description = {
      "Saves servers under names.",
      "What is on the command line or in the environment wins over a",
      "context. The file is $MAESTRO_CONFIG, or maestro/config.yaml in $XDG_CONFIG_HOME or ~/.config;",
      "only its owner can read it."
    })
final class ContextCommand {

  /** Lists contexts. */
  @Command(name = "ls", description = "Lists the saved contexts; tokens are never shown.")
  static final class Ls implements Callable<Integer> {
    private final Session session;

    Ls(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var file = session.contextFile();
      var contexts = file.read();
      if (contexts.byName().isEmpty() && session.isTable()) {
        session.console().talk("no contexts; to save one: maestro context add NAME --server URL");
      }
      if (file.isOpenToOthers()) {
        session.console().talk("others can read %s; better: chmod 600".formatted(file.path()));
      }
      session
          .report()
          .list(
              contexts.sorted().values().stream()
                  .map(context -> item(context, context.name().equals(contexts.current())))
                  .toList(),
              "CURRENT",
              "NAME",
              "SERVER",
              "USER",
              "TOKEN");
      return ExitCode.OK.number();
    }

    private static Item item(Context context, boolean current) {
      return Item.of(
          context.name(),
          Report.members(
              "name", context.name(),
              "current", current,
              "server", context.server(),
              "user", context.user(),
              "has_token", context.token() != null || context.tokenFile() != null),
          Cell.of(current ? "*" : ""),
          Cell.of(context.name()),
          Cell.of(context.server()),
          Cell.of(context.user() == null ? "-" : context.user()),
          Cell.of(ContextFile.shown(context)));
    }
  }

  /** Chooses one. */
  @Command(name = "use", description = "Makes a context the one that is used.")
  static final class Use implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME")
    String name = "";

    Use(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var file = session.contextFile();
      var contexts = file.read();
      if (!contexts.byName().containsKey(name)) {
        throw Settings.unknown(name, contexts);
      }
      file.write(contexts.using(name));
      session.console().talk("context " + name);
      return ExitCode.OK.number();
    }
  }

  /** Saves one. */
  @Command(
      name = "add",
      description = {
        "Saves a server under a name.",
        "With --server URL, and --user NAME for one in development mode or a token for any other.",
        "The first one that is saved is used."
      })
  static final class Add implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME")
    String name = "";

    @Option(names = "--token-stdin", description = "read a token from standard input and save it")
    boolean tokenStdin;

    Add(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var options = session.options();
      if (options.server == null) {
        throw CommandFailure.usage("expected --server URL, found none");
      }
      if (name.isBlank() || !name.equals(name.strip())) {
        throw CommandFailure.usage("expected a name, found \"%s\"".formatted(name));
      }
      var server = Settings.address(options.server).toString();
      var file = session.contextFile();
      var tokenFile =
          options.tokenFile == null
              ? null
              : session.around().here().resolve(options.tokenFile).toAbsolutePath().toString();
      var context = new Context(name, server, options.user, token(), tokenFile);
      var before = file.read();
      file.write(before.with(context));
      session
          .console()
          .talk(
              "%s %s → %s%s"
                  .formatted(
                      before.byName().containsKey(name) ? "replaced" : "saved",
                      name,
                      server,
                      before.current() == null
                          ? ", in use"
                          : "; to use it: maestro context use " + name));
      return ExitCode.OK.number();
    }

    private @Nullable String token() {
      if (!tokenStdin) {
        return session.options().token;
      }
      try {
        var token =
            new String(session.around().streams().in().readAllBytes(), StandardCharsets.UTF_8)
                .strip();
        if (token.isEmpty()) {
          throw CommandFailure.usage("expected a token on standard input, found none");
        }
        return token;
      } catch (IOException e) {
        throw CommandFailure.usage("can't read standard input: " + e);
      }
    }
  }

  /** Forgets one. */
  @Command(name = "rm", description = "Forgets a context.")
  static final class Rm implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME")
    String name = "";

    Rm(Session session) {
      this.session = session;
    }

    @Override
    public Integer call() {
      var file = session.contextFile();
      var contexts = file.read();
      if (!contexts.byName().containsKey(name)) {
        throw Settings.unknown(name, contexts);
      }
      file.write(contexts.without(name));
      session.console().talk("forgotten " + name);
      return ExitCode.OK.number();
    }
  }
}

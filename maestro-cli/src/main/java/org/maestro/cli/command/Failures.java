package org.maestro.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.name.Ref;
import org.maestro.cli.output.BrokenPipe;
import org.maestro.cli.server.MaestroServer;
import org.maestro.cli.server.Route;
import org.maestro.cli.server.ServerProblem;
import org.maestro.model.definition.WorkflowOverview;
import org.maestro.model.definition.WorkflowSummary;
import org.maestro.sel.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where failures become messages and exit codes. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int MOST_IDS = 2_000;

  private final Session session;
  private final Set<String> commandNames;

  /**
   * Tells failures of a session.
   *
   * @param commandNames of all commands; of the tree only those are built that were named
   */
  Failures(Session session, Set<String> commandNames) {
    this.session = session;
    this.commandNames = Set.copyOf(commandNames);
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
    return switch (e) {
      case BrokenPipe _ -> ExitCode.BROKEN_PIPE.number();
      case CommandFailure failure -> {
        tell(failure);
        yield failure.exitCode().number();
      }
      default -> {
        var trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        print(
            "this program has a mistake: " + e,
            session.options().verbose
                ? trace.toString().lines().toList()
                : List.of("--verbose shows where; please report it"));
        yield ExitCode.BUG.number();
      }
    };
  }

  /** Says what went wrong and what to do. */
  void tell(CommandFailure failure) {
    print(failure.text(), hints(failure));
  }

  private void print(String message, List<String> hints) {
    var console = session.console();
    console.error(console.talkStyle().red("error") + ": " + message);
    hints.forEach(hint -> console.error("  " + hint));
  }

  private List<String> hints(CommandFailure failure) {
    var hints = new ArrayList<>(failure.hints());
    if (failure instanceof ServerProblem problem && problem.status() == 404) {
      var near = near(session.subject());
      if (near != null) {
        hints.add(near);
      }
    }
    if (failure instanceof ServerProblem problem && problem.status() == 401) {
      hints.add(
          "give a token: MAESTRO_TOKEN, --token-file, or maestro context add NAME --token-file FILE");
    }
    return hints;
  }

  /** What there is instead of what was not found; null if nothing helps. */
  private @Nullable String near(@Nullable Ref ref) {
    var server = session.serverInUse();
    if (ref == null || server == null) {
      return null;
    }
    try {
      return near(ref, server);
    } catch (CommandFailure _) {
      return null; // the first failure is the one to tell
    }
  }

  private static @Nullable String near(Ref ref, MaestroServer server) {
    var overview = server.find(Route.workflow(ref.workflow(), "overview"), WorkflowOverview.class);
    if (overview.isEmpty()) {
      var ids =
          server.list(Route.of("workflows"), WorkflowSummary.class, MOST_IDS).stream()
              .map(workflow -> workflow.body().workflowId())
              .toList();
      var nearest = Spelling.nearestOrBeginning(ref.workflow(), ids);
      return nearest != null
          ? "did you mean \"%s\"?".formatted(nearest)
          : ids.isEmpty()
              ? "there are no workflows yet: maestro push FILE makes one"
              : "maestro ls shows what there is";
    }
    var found = overview.get().body();
    var latest = found.latestInstanceId();
    if (ref.instance() != null && ref.instance() > latest) {
      return latest == 0
          ? "it has never been started: maestro run " + ref.workflow()
          : "its latest instance is %s#%d".formatted(ref.workflow(), latest);
    }
    if (ref.version() != null || ref.instance() == null) {
      return "its latest version is %s@%s%s"
          .formatted(
              ref.workflow(),
              found.latestVersionId(),
              found.activeVersionId() != null
                  ? ""
                  : "; none is active, so name one, or activate it: maestro activate "
                      + ref.workflow());
    }
    return null;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    var hints = new ArrayList<String>();
    var command = e.getCommandLine();
    var message = e.getMessage() == null ? "the arguments make no sense" : e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      var word = unmatched.getUnmatched().getFirst();
      var isOption = word.startsWith("-");
      var known = isOption ? beginningAs(word, options(command)) : commands(command);
      var isCommand = !isOption && !known.isEmpty();
      message =
          isOption
              ? "there is no option %s here".formatted(word)
              : isCommand
                  ? "there is no command \"%s\"".formatted(word)
                  : "expected nothing more, found \"%s\"".formatted(word);
      var nearest = Spelling.nearestOrBeginning(word, known);
      if (nearest != null) {
        hints.add("did you mean \"%s\"?".formatted(nearest));
      }
    } else if (e instanceof MissingParameterException) {
      message = Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
    hints.add("%s --help shows what there is".formatted(command.getCommandSpec().qualifiedName()));
    print(message, hints);
    return ExitCode.USAGE.number();
  }

  /** What may have been meant is any of them. */
  private Set<String> commands(CommandLine command) {
    return command.getParent() == null
        ? commandNames
        : Set.copyOf(command.getSubcommands().keySet());
  }

  /** Options are short: another letter at the beginning is another word, not a slip. */
  private static Set<String> beginningAs(String word, Set<String> options) {
    var beginning = word.substring(0, Math.min(3, word.length()));
    return options.stream()
        .filter(option -> option.startsWith(beginning))
        .collect(Collectors.toSet());
  }

  private static Set<String> options(CommandLine command) {
    var names = new TreeSet<String>();
    command.getCommandSpec().options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }
}

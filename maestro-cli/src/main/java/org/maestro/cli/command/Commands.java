package org.maestro.cli.command;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.BrokenPipe;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The tree of commands. */
public final class Commands {
  /** How commands are made, by all of their names; in the order in which help lists them. */
  private static final Map<String, Function<Session, Object>> MAKERS = makers();

  private Commands() {}

  /** Does what the arguments ask for; the exit code. */
  public static int execute(Surroundings around, String... arguments) {
    var options = new GlobalOptions();
    var session = new Session(around, options);
    var commandLine = tree(session, options, named(arguments));
    try {
      var code = commandLine.execute(arguments);
      session.console().flush();
      return code;
    } catch (BrokenPipe _) {
      return ExitCode.BROKEN_PIPE.number();
    } finally {
      session.close();
    }
  }

  /** All commands as they describe themselves; nothing can be done with them. */
  public static CommandLine.Model.CommandSpec described(Surroundings around) {
    var options = new GlobalOptions();
    return tree(new Session(around, options), options).getCommandSpec();
  }

  /** All commands, ready to parse. */
  static CommandLine tree(Session session, GlobalOptions options) {
    return tree(session, options, List.of());
  }

  /**
   * The commands whose names are among the arguments, wherever they stand: to look at all commands
   * would take longer than most commands do. None, which means all of them, if none is named.
   */
  private static Collection<String> named(String... arguments) {
    var words = new HashSet<>(List.of(arguments));
    words.retainAll(MAKERS.keySet());
    return words.contains("completion") ? List.of() : words;
  }

  /** What somebody may have meant. */
  private static Set<String> names() {
    var names = new TreeSet<>(MAKERS.keySet());
    names.remove("names"); // for completions
    return names;
  }

  private static Map<String, Function<Session, Object>> makers() {
    var makers = new LinkedHashMap<String, Function<Session, Object>>();
    makers.put("init", InitCommand::new);
    makers.put("validate", ValidateCommand::new);
    makers.put("fmt", FmtCommand::new);
    makers.put("schema", SchemaCommand::new);
    makers.put("diff", DiffCommand::new);
    makers.put("push", PushCommand::new);
    makers.put("run", RunCommand::new);
    makers.put("watch", WatchCommand::new);
    makers.put("logs", LogsCommand::new);
    makers.put("attempts", AttemptsCommand::new);
    makers.put("explain", ExplainCommand::new);
    makers.put("why", ExplainCommand::new);
    makers.put("ls", LsCommand::new);
    makers.put("get", GetCommand::new);
    makers.put("describe", DescribeCommand::new);
    makers.put("restart", RestartCommand::new);
    makers.put("stop", EndCommand.Stop::new);
    makers.put("kill", EndCommand.Kill::new);
    makers.put("skip", SkipCommand::new);
    makers.put("pause", PauseCommand::new);
    makers.put("resume", ResumeCommand::new);
    makers.put("unpause", ResumeCommand::new);
    makers.put("unblock", UnblockCommand::new);
    makers.put("delete", DeleteCommand::new);
    makers.put("activate", ActivationCommand.Activate::new);
    makers.put("deactivate", ActivationCommand.Deactivate::new);
    makers.put("backfill", BackfillCommand::tree);
    makers.put("permit", PermitCommand::tree);
    makers.put("trigger", Commands::trigger);
    makers.put("signal", Commands::signal);
    makers.put("dead-letter", Commands::deadLetter);
    makers.put("notification", Commands::notification);
    makers.put("context", Commands::context);
    makers.put("version", VersionCommand::new);
    makers.put("completion", CompletionCommand::new);
    makers.put("names", NamesCommand::new);
    return makers;
  }

  private static CommandLine trigger(Session session) {
    var trigger = new CommandLine(new TriggerCommand());
    trigger.addSubcommand(new TriggerCommand.Ls(session));
    trigger.addSubcommand(new TriggerCommand.Next(session));
    trigger.addSubcommand(new TriggerCommand.Pause(session));
    trigger.addSubcommand(new TriggerCommand.Resume(session));
    return trigger;
  }

  private static CommandLine signal(Session session) {
    var signal = new CommandLine(new SignalCommand());
    signal.addSubcommand(new SignalCommand.Send(session));
    signal.addSubcommand(new SignalCommand.Ls(session));
    signal.addSubcommand(new SignalCommand.Get(session));
    signal.addSubcommand(new SignalCommand.Lineage(session));
    return signal;
  }

  private static CommandLine deadLetter(Session session) {
    var letters = new CommandLine(new DeadLetterCommand());
    letters.addSubcommand(new DeadLetterCommand.Ls(session));
    letters.addSubcommand(new DeadLetterCommand.Replay(session));
    letters.addSubcommand(new DeadLetterCommand.Discard(session));
    return letters;
  }

  private static CommandLine notification(Session session) {
    var notification = new CommandLine(new NotificationCommand());
    notification.addSubcommand(new NotificationCommand.Ls(session));
    notification.addSubcommand(new NotificationCommand.Retry(session));
    return notification;
  }

  private static CommandLine context(Session session) {
    var context = new CommandLine(new ContextCommand());
    context.addSubcommand(new ContextCommand.Ls(session));
    context.addSubcommand(new ContextCommand.Use(session));
    context.addSubcommand(new ContextCommand.Add(session));
    context.addSubcommand(new ContextCommand.Rm(session));
    return context;
  }

  private static CommandLine tree(
      Session session, GlobalOptions options, Collection<String> wanted) {
    var root = new CommandLine(options);
    MAKERS.forEach((name, maker) -> {
      // An alias brings its command in under all of its names.
      if ((wanted.isEmpty() || wanted.contains(name)) && !root.getSubcommands().containsKey(name)) {
        var command = maker.apply(session);
        root.addSubcommand(command);
        if (command instanceof CompletionCommand completion) {
          completion.completes(root);
        }
      }
    });
    var failures = new Failures(session, names());
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler(failures);
    root.setExecutionExceptionHandler(failures);
    shorten(root);
    root.setUsageHelpAutoWidth(false);
    root.setUsageHelpWidth(100);
    root.setAbbreviatedOptionsAllowed(false);
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            session.isColouredTerminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    root.setOut(new PrintWriter(new ConsoleWriter(session)));
    return root;
  }

  /** The help of a command tells what is its own; what all take is named in a line. */
  private static void shorten(CommandLine commandLine) {
    commandLine.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    commandLine
        .getSubcommands()
        .values()
        .forEach(command -> {
          command.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, Commands::ownOptions);
          shorten(command);
        });
  }

  private static String ownOptions(CommandLine.Help help) {
    var all = help.commandSpec().options();
    var own = all.stream().filter(option -> !option.inherited()).toList();
    var shared =
        all.stream()
            .filter(OptionSpec::inherited)
            .map(OptionSpec::longestName)
            .collect(Collectors.joining(", "));
    return help.optionListExcludingGroups(own)
        + "Every command takes, see maestro --help:%n  %s%n".formatted(shared);
  }

  /** Help goes where data goes; the console is made when the options are known. */
  private static final class ConsoleWriter extends Writer {
    private final Session session;

    ConsoleWriter(Session session) {
      this.session = session;
    }

    @Override
    public void write(char[] text, int from, int length) {
      session.console().raw(new String(text, from, length));
    }

    @Override
    public void flush() {
      session.console().flush();
    }

    @Override
    public void close() {
      flush();
    }
  }
}

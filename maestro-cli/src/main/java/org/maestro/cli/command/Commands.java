package org.maestro.cli.command;

import java.io.PrintWriter;
import java.io.Writer;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.BrokenPipe;
import picocli.CommandLine;

/** The tree of commands. */
public final class Commands {
  private Commands() {}

  /** Does what the arguments ask for; the exit code. */
  public static int execute(Surroundings around, String... arguments) {
    var options = new GlobalOptions();
    var session = new Session(around, options);
    var commandLine = tree(session, options);
    try {
      var code = commandLine.execute(arguments);
      session.console().flush();
      return code;
    } catch (BrokenPipe _) {
      return ExitCode.BROKEN_PIPE.number();
    }
  }

  /** All commands, ready to parse. */
  static CommandLine tree(Session session, GlobalOptions options) {
    var root = new CommandLine(options);
    add(root, new InitCommand(session));
    add(root, new ValidateCommand(session));
    add(root, new DiffCommand(session));
    add(root, new PushCommand(session));
    add(root, new RunCommand(session));
    add(root, new WatchCommand(session));
    add(root, new LsCommand(session));
    add(root, new GetCommand(session));
    add(root, new DescribeCommand(session));
    add(root, new ExplainCommand(session));
    add(root, new LogsCommand(session));
    add(root, new RestartCommand(session));
    add(root, new EndCommand.Stop(session));
    add(root, new EndCommand.Kill(session));
    add(root, new SkipCommand(session));
    add(root, new PauseCommand(session));
    add(root, new ResumeCommand(session));
    add(root, new UnblockCommand(session));
    add(root, new ActivationCommand.Activate(session));
    add(root, new ActivationCommand.Deactivate(session));
    add(root, new FmtCommand(session));
    var context = new CommandLine(new ContextCommand());
    context.addSubcommand(new ContextCommand.Ls(session));
    context.addSubcommand(new ContextCommand.Use(session));
    context.addSubcommand(new ContextCommand.Add(session));
    context.addSubcommand(new ContextCommand.Rm(session));
    root.addSubcommand(context);
    add(root, new VersionCommand(session));
    var completion = new CompletionCommand(session);
    var completionLine = new CommandLine(completion);
    root.addSubcommand(completionLine);
    completion.completes(root);
    var failures = new Failures(session);
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

  /** The synopsis of a command names what is its own. */
  private static void shorten(CommandLine commandLine) {
    commandLine.getCommandSpec().usageMessage().abbreviateSynopsis(true);
    commandLine.getSubcommands().values().forEach(Commands::shorten);
  }

  private static void add(CommandLine root, Object command) {
    root.addSubcommand(command);
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

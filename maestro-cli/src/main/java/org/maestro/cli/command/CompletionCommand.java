package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options.",
      "To try it in bash and zsh: source <(maestro completion bash); fish: maestro completion fish | source"
    })
final class CompletionCommand implements Callable<Integer> {
  /** What names of things on the server are called in helps. */
  private static final Set<String> LABELS =
      Set.of("NAME", "WORKFLOW", "INSTANCE", "STEP", "RUN", "LOOP", "VERSION");

  /** Commands whose names are those of other things. */
  private static final Set<String> OF_OTHERS = Set.of("context", "signal");

  private final Session session;
  private @Nullable CommandLine root;

  @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish")
  Shell shell = Shell.BASH;

  /** The shells that can be completed for. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  CompletionCommand(Session session) {
    this.session = session;
  }

  /** Names the tree of commands, of which this is one. */
  void completes(CommandLine commands) {
    root = commands;
  }

  @Override
  public Integer call() {
    if (root == null) {
      throw new IllegalStateException("expected the tree of commands");
    }
    switch (shell) {
      case BASH, ZSH -> session.console().raw(AutoComplete.bash("maestro", root) + names(root));
      case FISH -> session.console().data(fish(root));
    }
    return ExitCode.OK.number();
  }

  /** Behind what picocli makes: commands that take names are completed by what the server has. */
  private static String names(CommandLine root) {
    return """

    # Asks once for what begins with a word: whoever types on, or presses the key again, need not wait.
    _maestro_ask() {
      local word=$1 server="$MAESTRO_SERVER $MAESTRO_CONTEXT"
      local rest=${word#"$_maestro_asked"}
      if [[ -z $_maestro_until || $SECONDS -ge $_maestro_until || $server != "$_maestro_server" ||
          $word != "$_maestro_asked"* || $rest == *[#/]* || $_maestro_count -ge 100 ]]; then
        _maestro_known=$(maestro names "$word" 2>/dev/null)
        _maestro_count=$(wc -l <<<"$_maestro_known")
        _maestro_asked=$word _maestro_server=$server _maestro_until=$((SECONDS + 10))
      fi
    }

    _maestro_names() {
      _complete_maestro "$@"
      local word=${COMP_WORDS[COMP_CWORD]} given
      [[ $word == -* ]] && return
      # Behind the name of a group comes one of its commands, which nobody has to ask for.
      case ${COMP_WORDS[COMP_CWORD-1]} in
        %s) return ;;
      esac
      for given in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $given in
          %s)
            _maestro_ask "$word"
            local IFS=$'\\n'
            COMPREPLY+=($(compgen -W "$_maestro_known" -- "$word"))
            return ;;
        esac
      done
    }
    complete -F _maestro_names -o default maestro ./maestro
    """
        .formatted(String.join("|", groups(root)), String.join("|", takers(root)));
  }

  private static List<String> groups(CommandLine root) {
    return root.getSubcommands().entrySet().stream()
        .filter(command -> !command.getValue().getSubcommands().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> takers(CommandLine root) {
    return root.getSubcommands().entrySet().stream()
        .filter(command -> !OF_OTHERS.contains(command.getKey()))
        .filter(command ->
            takesNames(command.getValue())
                || command.getValue().getSubcommands().values().stream()
                    .anyMatch(CompletionCommand::takesNames))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean takesNames(CommandLine command) {
    return command.getCommandSpec().positionalParameters().stream()
        .map(PositionalParamSpec::paramLabel)
        .anyMatch(LABELS::contains);
  }

  private static List<String> fish(CommandLine root) {
    var lines = new ArrayList<String>();
    lines.add("complete -c maestro -f");
    lines.add("complete -c maestro -n __fish_use_subcommand -a 'dev verify jdk'");
    root.getSubcommands()
        .forEach((name, command) -> {
          lines.add(
              "complete -c maestro -n __fish_use_subcommand -a %s -d %s"
                  .formatted(name, quoted(summary(command))));
          var here = "'__fish_seen_subcommand_from " + name + "'";
          command
              .getSubcommands()
              .forEach((below, of) ->
                  lines.add(
                      "complete -c maestro -n %s -a %s -d %s"
                          .formatted(here, below, quoted(summary(of)))));
          command.getCommandSpec().options().forEach(option -> lines.add(option(here, option)));
          if (command.getCommandSpec().positionalParameters().stream()
              .anyMatch(positional -> positional.paramLabel().equals("FILE"))) {
            lines.add("complete -c maestro -n %s -F".formatted(here));
          }
        });
    return lines;
  }

  private static String option(String here, OptionSpec option) {
    var line = new StringBuilder("complete -c maestro -n ").append(here);
    for (var name : option.names()) {
      line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0
        && option.type() != boolean.class
        && option.type() != Boolean.class) {
      line.append(option.paramLabel().equals("FILE") ? " -r -F" : " -x");
    }
    var values = option.type().getEnumConstants();
    if (values != null) {
      var words = new ArrayList<String>();
      for (var value : values) {
        words.add(value.toString().toLowerCase(Locale.ROOT));
      }
      line.append(" -a ").append(quoted(String.join(" ", words)));
    }
    var description = option.description();
    return line.append(" -d ")
        .append(quoted(description.length == 0 ? "" : description[0]))
        .toString();
  }

  private static String summary(CommandLine command) {
    var description = command.getCommandSpec().usageMessage().description();
    return description.length == 0 ? "" : description[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

package org.maestro.benchmark.option;

import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The arguments of a program, as {@code --name value}. */
public final class Arguments {
  private Arguments() {}

  /**
   * Calls the static method {@code of} of a class, which says with annotations of picocli which
   * option each of its parameters is.
   *
   * @throws IllegalArgumentException with one sentence for a person
   */
  public static <T> T read(Class<T> options, List<String> arguments) {
    var line = new CommandLine(CommandLine.getCommandMethods(options, "of").getFirst());
    line.setExpandAtFiles(false);
    line.setOverwrittenOptionsAllowed(true);
    try {
      new RunLast().execute(line.parseArgs(arguments.toArray(String[]::new)));
      return options.cast(Objects.requireNonNull(line.<Object>getExecutionResult()));
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IllegalArgumentException told ? told : e;
    } catch (ParameterException e) {
      throw new IllegalArgumentException(sentence(e), e);
    }
  }

  private static String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return "There is no option \"%s\".".formatted(unmatched.getUnmatched().getFirst());
    }
    if (e instanceof MissingParameterException missing
        && missing.getMissing().getFirst() instanceof OptionSpec option) {
      return "Option %s needs a value.".formatted(option.longestName());
    }
    if (!(e.getArgSpec() instanceof OptionSpec option)) {
      return String.valueOf(e.getMessage());
    }
    return "Expected %s to be %s, found \"%s\"."
        .formatted(
            option.longestName(),
            option.type() == boolean.class ? "true or false" : "a number",
            e.getValue());
  }
}

package org.maestro.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.definition.LocalDefinition;
import org.maestro.cli.definition.LocalDefinitions;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.dsl.yaml.YamlFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes definitions in the one form that keeps differences small. */
@Command(
    name = "fmt",
    description = {
      "Formats definitions in place; standard input goes to standard output.",
      "With --check it changes nothing and ends with 1 if something would change."
    })
final class FmtCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "files, folders, or - for standard input (" + DefaultFile.NAME + ")")
  @Nullable List<String> files;

  @Option(names = "--check", description = "only tell which files would change")
  boolean check;

  FmtCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var definitions = session.definitions();
    var different = 0;
    var problems = new ArrayList<SourceProblem>();
    for (var file : definitions.files(DefaultFile.or(files, session))) {
      var before = new String(definitions.bytes(file), StandardCharsets.UTF_8);
      var formatted = YamlFormat.format(before, LocalDefinitions.nameFor(file, before));
      problems.addAll(formatted.problems());
      if (file.equals(LocalDefinitions.STDIN) && !check) {
        session.console().raw(formatted.text());
      } else if (!before.equals(formatted.text())) {
        different++;
        session.console().data(file);
        if (!check) {
          write(file, formatted.text());
        }
      }
    }
    Diagnostics.print(problems, session.console());
    if (LocalDefinition.errors(problems) > 0) {
      return ExitCode.INVALID.number();
    }
    return (check && different > 0 ? ExitCode.NEGATIVE : ExitCode.OK).number();
  }

  private void write(String file, String text) {
    try {
      Files.writeString(session.around().here().resolve(file), text);
    } catch (IOException e) {
      throw CommandFailure.usage("can't write %s: %s".formatted(file, e));
    }
  }
}

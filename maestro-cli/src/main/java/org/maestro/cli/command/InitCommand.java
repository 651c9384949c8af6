package org.maestro.cli.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.dsl.yaml.Samples;
import org.maestro.sel.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a definition to begin with. */
@Command(
    name = "init",
    description = "Writes a workflow to begin with; never over a file that is there.")
final class InitCommand implements Callable<Integer> {
  private static final String HEADING =
      """
      # Change it, then:
      #   maestro validate     tells what is wrong, and where
      #   maestro diff         shows what a push would change
      #   maestro push         publishes it; pushing the same again changes nothing
      #   maestro run --watch  starts it and follows it to its end
      #
      # ${name} in a text is a parameter, ${name@step} what another step reported, $$ a dollar sign.
      """;

  private final Session session;

  @Parameters(
      paramLabel = "TEMPLATE",
      arity = "0..1",
      description = "hello (default), backfill or nightly")
  String template = "hello";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "where to (" + DefaultFile.NAME + ")")
  String file = DefaultFile.NAME;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "the workflow's id (the template's name)")
  @Nullable String id;

  @Option(names = "--force", description = "replace the file if it is there")
  boolean force;

  InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!Samples.names().contains(template)) {
      var nearest = Spelling.nearestOrBeginning(template, Samples.names());
      throw CommandFailure.usage(
          "there is no template \"%s\"".formatted(template),
          nearest == null
              ? "there is: " + String.join(", ", Samples.names())
              : "did you mean \"%s\"?".formatted(nearest));
    }
    var workflow = id == null ? template : id;
    if (!workflow.matches("[_a-zA-Z0-9][.\\-_a-zA-Z0-9]*")) {
      throw CommandFailure.usage(
          "expected --id to be of letters, digits, _ . and -, found \"%s\"".formatted(workflow));
    }
    var user = session.connection().user();
    var owner = user == null || !user.matches("[\\w.@-]+") ? "me" : user;
    var text =
        HEADING
            + Samples.text(template)
                .replaceFirst("(?m)^  id: .*$", "  id: " + workflow)
                .replaceFirst("(?m)^  owner: .*$", "  owner: " + Matcher.quoteReplacement(owner));
    write(text);
    var console = session.console();
    session
        .report()
        .one(
            file,
            org.maestro.cli.output.Report.members("file", file, "workflow_id", workflow),
            List.of(file));
    console.flush();
    var named = file.equals(DefaultFile.NAME) ? "" : " " + file;
    console.talk(
        console
            .talkStyle()
            .dim("next: maestro push%s, then maestro run %s --watch".formatted(named, workflow)));
    return ExitCode.OK.number();
  }

  private void write(String text) {
    var options =
        force
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.writeString(session.around().here().resolve(file), text, options);
    } catch (FileAlreadyExistsException _) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "%s exists already".formatted(file),
          List.of("another name: --file NAME; to replace it: --force"));
    } catch (IOException e) {
      throw CommandFailure.usage("can't write %s: %s".formatted(file, e));
    }
  }
}

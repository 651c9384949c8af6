package org.maestro.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.maestro.cli.failure.CommandFailure;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Spelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a definition to begin with. */
@Command(
    name = "init",
    description = "Writes a small commented workflow to begin with; never over a file that is there.")
final class InitCommand implements Callable<Integer> {
  private static final List<String> TEMPLATES = List.of("hello");

  private final Session session;

  @Parameters(paramLabel = "TEMPLATE", arity = "0..1", description = "hello (default)")
  String template = "hello";

  @Option(names = "--file", paramLabel = "FILE", description = "where to (" + DefaultFile.NAME + ")")
  String file = DefaultFile.NAME;

  @Option(names = "--id", paramLabel = "ID", description = "the workflow's id (the template's name)")
  @Nullable String id;

  @Option(names = "--force", description = "replace the file if it is there")
  boolean force;

  InitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (!TEMPLATES.contains(template)) {
      var nearest = Spelling.nearest(template, TEMPLATES);
      throw CommandFailure.usage(
          "there is no template \"%s\"".formatted(template),
          nearest == null
              ? "there is: " + String.join(", ", TEMPLATES)
              : "did you mean \"%s\"?".formatted(nearest));
    }
    var workflow = id == null ? template : id;
    if (!workflow.matches("[_a-zA-Z0-9][.\\-_a-zA-Z0-9]*")) {
      throw CommandFailure.usage(
          "expected --id to be of letters, digits, _ . and -, found \"%s\"".formatted(workflow));
    }
    var user = session.connection().user();
    var text =
        template(template)
            .replace("@id@", workflow)
            .replace("@owner@", user == null || !user.matches("[\\w.@-]+") ? "me" : user);
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
            ? new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE}
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

  private static String template(String name) {
    try (InputStream resource = InitCommand.class.getResourceAsStream("/templates/" + name + ".yaml")) {
      if (resource == null) {
        throw new IllegalStateException("expected the template " + name + " in the jar");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the jar can't be read", e);
    }
  }
}

package org.maestro.cli.command;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.dsl.schema.WorkflowSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what editors complete and check definitions with. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of definitions, for editors.",
      "maestro schema > workflow.schema.json, and as the first line of a definition:",
      "# yaml-language-server: $schema=workflow.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "of the yaml form or the json form of definitions (${DEFAULT-VALUE})")
  Form form = Form.YAML;

  /** The forms in which definitions are written. */
  enum Form {
    YAML,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  SchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session
        .console()
        .raw(
            switch (form) {
              case YAML -> WorkflowSchema.yaml();
              case JSON -> WorkflowSchema.json();
            });
    return ExitCode.OK.number();
  }
}

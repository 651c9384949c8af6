package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.definition.LocalDefinition;
import org.maestro.cli.server.Route;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.model.definition.CheckAnswer;

/** Lets the server check a definition without keeping it. */
final class ServerCheck {
  private ServerCheck() {}

  /**
   * What it warns of, at its places.
   *
   * @param body of the push
   * @throws org.maestro.cli.server.ServerProblem if it would refuse the push
   */
  static List<SourceProblem> warnings(Session session, LocalDefinition definition, Object body) {
    return definition.warned(
        session
            .server()
            .sendRepeatable(
                "PUT", Route.of("workflows", "actions", "validate"), body, CheckAnswer.class)
            .body()
            .warnings());
  }
}

package org.maestro.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.maestro.cli.definition.LocalDefinition;
import org.maestro.cli.server.Route;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.model.definition.DefinitionProblem;
import org.maestro.model.event.TimelineEvent;

/** Lets the server check a definition without keeping it. */
final class ServerCheck {
  /** Such as {@code warning: /properties/alerting/webhooks/0: found oops}. */
  private static final Pattern WARNING = Pattern.compile("warning: (|/.*?): (.*)");

  private ServerCheck() {}

  /**
   * What it warns of, at its places.
   *
   * @param body of the push
   * @throws org.maestro.cli.server.ServerProblem if it would refuse the push
   */
  static List<SourceProblem> warnings(Session session, LocalDefinition definition, Object body) {
    var said =
        session
            .server()
            .sendRepeatable(
                "PUT", Route.of("workflows", "actions", "validate"), body, TimelineEvent.class)
            .body();
    var found = new ArrayList<DefinitionProblem>();
    for (var line : said.message().lines().toList()) {
      var warning = WARNING.matcher(line);
      if (warning.matches()) {
        found.add(new DefinitionProblem(warning.group(1), warning.group(2), null));
      }
    }
    return definition.warned(found);
  }
}

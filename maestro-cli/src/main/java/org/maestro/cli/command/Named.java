package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.name.Ref;

/** What a name on the command line is about. */
final class Named {
  private Named() {}

  /**
   * Reads a name and remembers what the command is about.
   *
   * @throws org.maestro.cli.failure.CommandFailure if it is none of these kinds
   */
  static Ref by(Session session, String name, Ref.Kind... kinds) {
    if (!Iterations.isNamedBy(name)) {
      session.came(List.of());
      return session.about(Ref.parse(name).require(kinds));
    }
    var found = Iterations.resolve(session, name);
    session.came(found.way());
    return session.about(Ref.parse(found.name()).require(kinds));
  }
}

package org.maestro.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.maestro.cli.failure.ExitCode;
import org.maestro.cli.output.Report;
import org.maestro.zones.Zones;
import picocli.CommandLine.Command;

/** Which build this is. */
@Command(
    name = "version",
    description = "Prints the version of this program, of its Java and of its time-zone rules.")
final class VersionCommand implements Callable<Integer> {
  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    var java = Runtime.version().toString();
    var rules = Zones.rules();
    session
        .report()
        .one(
            version(),
            Report.members(
                "version",
                version(),
                "java",
                java,
                "zone_rules",
                Report.members("version", rules.version(), "place", rules.place())),
            List.of("maestro " + version() + ", Java " + java, "time-zone rules " + rules));
    return ExitCode.OK.number();
  }

  /** As the jar's manifest says it. */
  static String version() {
    var version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

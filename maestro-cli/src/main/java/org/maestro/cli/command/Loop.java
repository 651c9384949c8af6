package org.maestro.cli.command;

import java.util.List;
import org.maestro.cli.name.Ref;
import org.maestro.model.loop.LoopFailures;
import org.maestro.model.loop.LoopStrip;
import org.maestro.model.loop.LoopSummary;

/** What the server has of a loop as a whole. */
final class Loop {
  private static final int BUCKETS = 64;

  private Loop() {}

  /** Numbers, strip and failure groups. */
  static List<String> lines(Session session, Ref loop) {
    var server = session.server();
    var route = Iterations.route(loop);
    var summary = server.get(route.below("summary"), LoopSummary.class).body();
    var strip = server.get(route.below("strip").with("buckets", BUCKETS), LoopStrip.class).body();
    var groups =
        summary.failures().isEmpty()
            ? summary.failures()
            : server.get(route.below("failures"), LoopFailures.class).body().groups();
    return LoopLines.page(loop.toString(), summary, strip, groups, session.console().style());
  }
}

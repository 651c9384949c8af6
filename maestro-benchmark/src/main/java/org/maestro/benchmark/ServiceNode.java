package org.maestro.benchmark;

import java.io.IOException;
import java.util.Arrays;
import org.maestro.engine.EngineApplication;
import org.maestro.scheduler.SchedulerApplication;
import org.maestro.signal.SignalApplication;
import org.maestro.zones.Zones;

/** A service in a process of its own that ends when whoever started it does. */
final class ServiceNode {

  private ServiceNode() {}

  /** The first argument says which {@link ServiceKind}, the others are the service's own. */
  public static void main(String[] arguments) {
    Zones.install();
    Thread.ofPlatform().name("parent").daemon(true).start(ServiceNode::endWithParent);
    var own = Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (ServiceKind.valueOf(arguments[0])) {
      case ENGINE -> EngineApplication.main(own);
      case SCHEDULER -> SchedulerApplication.main(own);
      case SIGNAL -> SignalApplication.main(own);
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Only the end of the stream means something.
      }
    } catch (IOException e) {
      // As good as the end.
    }
    Runtime.getRuntime().halt(1);
  }
}

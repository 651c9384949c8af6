package org.maestro.benchmark;

import java.io.IOException;
import org.maestro.engine.EngineApplication;

/** An engine in a process of its own that ends when whoever started it does. */
final class EngineNode {

  private EngineNode() {}

  public static void main(String[] arguments) {
    Thread.ofPlatform().name("parent").daemon(true).start(EngineNode::endWithParent);
    EngineApplication.main(arguments);
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

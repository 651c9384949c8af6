package org.maestro.engine;

import org.junit.jupiter.api.Assumptions;
import org.maestro.embedded.EmbeddedPodman;

/** A real engine of containers for tests, which are skipped where there is none. */
public final class TestPodman {
  private TestPodman() {}

  public static EmbeddedPodman get() {
    return EmbeddedPodman.find()
        .orElseGet(() -> Assumptions.abort("no container can be run here; the reason is printed"));
  }
}

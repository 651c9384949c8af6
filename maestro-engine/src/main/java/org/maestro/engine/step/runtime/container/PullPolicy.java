package org.maestro.engine.step.runtime.container;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When an image is fetched from its registry before a container is made of it. */
public enum PullPolicy {
  /** Only if the engine of containers doesn't have it: what steps get that don't say. */
  IF_NOT_PRESENT,
  /** Each time: for tags that move. */
  ALWAYS,
  /** Never: it must be there. */
  NEVER;

  /** As definitions write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a name without regard to case; {@code IfNotPresent} is Kubernetes's spelling. */
  public static Optional<PullPolicy> of(String name) {
    var plain = name.replace("_", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(policy -> policy.label().replace("_", "").equals(plain))
        .findFirst();
  }
}

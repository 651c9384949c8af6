package org.maestro.engine.permit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits that people have set, as this node knows them. Empty until they are first loaded. Who
 * brings them to a ledger holds this object's monitor, so that none gets older ones than are here.
 */
public final class KnownTagLimits implements PermitRules.TagLimits {
  private volatile Map<String, Long> limits = Map.of();

  @Override
  public @Nullable Long limit(String tag) {
    return limits.get(tag);
  }

  @Override
  public boolean isEmpty() {
    return limits.isEmpty();
  }

  void replace(Map<String, Long> loaded) {
    limits = Map.copyOf(loaded);
  }

  Map<String, Long> all() {
    return limits;
  }
}

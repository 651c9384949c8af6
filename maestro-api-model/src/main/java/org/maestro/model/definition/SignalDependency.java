package org.maestro.model.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.model.param.Param;

/** A signal that a step waits for; its name is interpolated. */
public record SignalDependency(String name, Map<String, Match> matchParams) {

  public SignalDependency {
    matchParams = Collections.unmodifiableMap(new LinkedHashMap<>(matchParams));
  }

  /** One condition on a parameter of the signal; STRING or LONG. */
  public record Match(Param param, MatchOperator operator) {}
}

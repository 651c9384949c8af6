package org.maestro.param;

import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.maestro.model.param.Param;

/**
 * What an installation decides about parameters.
 *
 * @param executionEnvironment answers {@code params.getExecutionEnvironment()}
 * @param siteDefaults put over the built-in defaults: by {@code workflow}, {@code step}, {@code
 *     dry-run}, or a step type in lower case
 * @param alwaysPassedDown workflow parameters that a subworkflow gets even with explicit params
 * @param uniqueIds answers {@code params.nextUniqueId()}: positive, never the same twice
 */
public record ParamSettings(
    String executionEnvironment,
    Map<String, Map<String, Param>> siteDefaults,
    Set<String> alwaysPassedDown,
    LongSupplier uniqueIds) {
  public ParamSettings {
    siteDefaults = Map.copyOf(siteDefaults);
    alwaysPassedDown = Set.copyOf(alwaysPassedDown);
  }
}

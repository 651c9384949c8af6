package org.maestro.param;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maestro.model.definition.StepType;
import org.maestro.model.param.Param;

/** The parameters that are there without being written, for those who want to look them up. */
public final class DefaultParams {
  private static final StepDefaults BUILT_IN = new StepDefaults(Map.of());

  private DefaultParams() {}

  /** Those of every run, by name. */
  public static Map<String, Param> ofRuns() {
    return WorkflowDefaults.DEFINITIONS;
  }

  /** What those are in a run of which nothing but these facts is known. */
  public static Map<String, Object> valuesInRun(InstanceFacts facts) {
    var values = new LinkedHashMap<String, Object>();
    for (var name : WorkflowDefaults.DEFINITIONS.keySet()) {
      values.put(name, valueInRun(name, facts));
    }
    return Collections.unmodifiableMap(values);
  }

  private static Object valueInRun(String name, InstanceFacts facts) {
    return WorkflowDefaults.value(name, facts, other -> valueInRun(other, facts));
  }

  /** What the parameters of a step of this type are put over, by name. */
  public static Map<String, Param> ofSteps(StepType type) {
    return BUILT_IN.of(type);
  }

  /** Names that a step of this type has by itself and nobody can give a value. */
  public static Map<String, Param> reservedOfSteps(StepType type) {
    return StepDefaults.reserved(type);
  }
}

package org.maestro.param;

import java.util.Map;
import org.maestro.model.param.Param;

/**
 * What is merged with the params that a step's definition has.
 *
 * @param template the schema of the step's job template
 * @param run given for this step when the run was started
 * @param restart given for this step when the run or the step was restarted
 */
public record StepLayers(
    Map<String, Param> template, Map<String, Param> run, Map<String, Param> restart) {
  public static final StepLayers NONE = new StepLayers(Map.of(), Map.of(), Map.of());

  boolean isEmpty() {
    return template.isEmpty() && run.isEmpty() && restart.isEmpty();
  }
}

package org.maestro.param;

import java.util.Map;
import org.maestro.model.document.Limit;
import org.maestro.model.param.Param;
import org.maestro.sel.ExpressionCache;
import org.maestro.sel.SelRuntime;

/**
 * What evaluations have in common.
 *
 * @param workflowDefaults of the site, as definitions
 * @param dryRun whether there is no run yet, so that what only a run knows is no error
 */
record EvaluationSettings(
    ExpressionCache expressions,
    SelRuntime runtime,
    ParamSettings site,
    Map<String, Param> workflowDefaults,
    boolean dryRun) {

  /** Characters of all evaluated params of a run or of a step as JSON. */
  @Limit(
      value = "all evaluated parameters of a run, and those of a step, as JSON",
      unit = "characters")
  static final int LONGEST = 750_000;

  EvaluationSettings forDryRun(Map<String, Param> defaults) {
    return new EvaluationSettings(expressions, runtime, site, defaults, true);
  }
}

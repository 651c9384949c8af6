package org.maestro.engine.instance;

import java.util.Map;
import org.maestro.model.definition.Step;
import org.maestro.model.param.Param;
import org.maestro.param.InstanceFacts;
import org.maestro.param.StepFacts;

/** Adds the default parameters that are not stored, when somebody looks. */
public interface CompleteParams {

  /** Stored workflow params with all the defaults. */
  Map<String, Param> ofRun(Map<String, Param> lean, InstanceFacts facts);

  /** Stored step params with all the defaults. */
  Map<String, Param> ofStep(
      Step step, Map<String, Param> lean, InstanceFacts facts, StepFacts stepFacts);
}
